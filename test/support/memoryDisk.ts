/** A disk in memory that several windows share. A test can delay or fail the operations of each window. */
import { basename, dirname } from 'node:path';
import type { Disk } from '../../src/platform/storage/disk';

type Operation = Exclude<keyof Disk, 'watch'>;
/**
 * Called before each operation of a window. It throws to make the operation fail, or waits to suspend the
 * window.
 */
export type Before = (operation: Operation, path: string) => Promise<void> | void;

const failure = (code: string) => Object.assign(new Error(code), { code });

export class MemoryDisk {
  readonly files = new Map<string, Buffer>();
  /** The times of the last write in milliseconds since 1970; without one, 0. */
  readonly modified = new Map<string, number>();
  readonly #folders = new Set<string>();
  readonly #watchers = new Set<{ readonly folder: string; listener(name: string): void }>();

  texts(part: string): readonly string[] {
    return [...this.files].filter(([path]) => path.includes(part)).map(([, bytes]) => bytes.toString());
  }

  put(path: string, content: string | Buffer): void {
    this.files.set(path, Buffer.from(content));
    this.#tell(path);
  }

  vanish(path: string): void {
    this.files.delete(path);
    this.#tell(path);
  }

  /** @param watched true if this window is notified of changes */
  window(before: Before = () => undefined, watched = true): Disk {
    const read = (path: string) => {
      const bytes = this.files.get(path);
      if (bytes === undefined) throw failure('ENOENT');
      return bytes;
    };
    return {
      makeFolder: async (path) => {
        await before('makeFolder', path);
        this.#folders.add(path);
      },
      list: async (path) => {
        await before('list', path);
        if (!this.#folders.has(path)) throw failure('ENOENT');
        return [...this.files.keys()].filter((file) => dirname(file) === path).map((file) => basename(file));
      },
      read: async (path) => {
        await before('read', path);
        return read(path);
      },
      write: async (path, text, flag) => {
        await before('write', path);
        if (flag === 'wx' && this.files.has(path)) throw failure('EEXIST');
        this.put(path, text);
      },
      rename: async (from, to) => {
        await before('rename', from);
        const bytes = read(from);
        this.files.delete(from);
        this.files.set(to, bytes);
        this.#tell(from);
        this.#tell(to);
      },
      remove: async (path) => {
        await before('remove', path);
        if (this.files.delete(path)) this.#tell(path);
      },
      modified: async (path) => {
        await before('modified', path);
        read(path);
        return this.modified.get(path) ?? 0;
      },
      watch: (folder, listener) => {
        if (!watched) throw failure('ENOSPC');
        const watcher = { folder, listener };
        this.#watchers.add(watcher);
        return { dispose: () => void this.#watchers.delete(watcher) };
      },
    };
  }

  #tell(path: string): void {
    for (const watcher of this.#watchers)
      if (watcher.folder === dirname(path))
        setImmediate(() => this.#watchers.has(watcher) && watcher.listener(basename(path)));
  }
}
