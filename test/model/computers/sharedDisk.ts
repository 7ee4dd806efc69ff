/**
 * A disk that several windows share. Each operation of a window is one event of the scheduler, and watch events arrive
 * late or never. The files are in memory, or in a real folder.
 */
import { basename, dirname } from 'node:path';
import type { Disposable } from '../../../src/base/event';
import type { Disk } from '../../../src/platform/storage/disk';
import { failure, type Medium } from './medium';
import type { Scheduler } from './scheduler';

interface Watcher {
  readonly owner: string;
  readonly folder: string;
  readonly listener: (name: string) => void;
}

export interface DiskManner {
  /** The delivery of watch events to a window. */
  readonly watching: 'prompt' | 'late' | 'never';
  /** The offset of the file server's clock from the wall clock in milliseconds. */
  readonly skew: number;
}

export class SharedDisk {
  /** Increases with each change, so that checks that read all files can skip an unchanged disk. */
  version = 0;
  /** The times until which the disk refuses writes, and reads. */
  fullUntil = 0;
  unreadableUntil = 0;
  /** Called after each operation of a window. */
  afterOperation: (owner: string) => void = () => undefined;
  readonly #scheduler: Scheduler;
  readonly #manner: DiskManner;
  readonly #watchers = new Set<Watcher>();
  readonly #writing = new Map<string, { readonly path: string; readonly text: string }>();
  readonly #medium: Medium;

  constructor(scheduler: Scheduler, manner: DiskManner, medium: Medium) {
    this.#scheduler = scheduler;
    this.#manner = manner;
    this.#medium = medium;
  }

  /** The text of each file. */
  get files(): ReadonlyMap<string, string> {
    return this.#medium.files;
  }

  /** Returns the disk as one window accesses it. */
  of(owner: string): Disk {
    const medium = this.#medium;
    const operation = <T>(label: string, work: () => T | Promise<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        this.#scheduler.at(owner, this.#scheduler.latency(owner, 0, 3), label, () => {
          this.afterOperation(owner);
          if (this.#scheduler.isDead(owner)) return undefined;
          try {
            const done = work();
            if (done instanceof Promise) return done.then(resolve, reject);
            resolve(done);
          } catch (error) {
            reject(error);
          }
          return undefined;
        });
      });
    const told = (work: void | Promise<void>, ...paths: readonly string[]) => {
      const tell = () => {
        for (const path of paths) this.#tell(path);
      };
      return work instanceof Promise ? work.then(tell) : tell();
    };
    return {
      makeFolder: async (path) => medium.makeFolder(path),
      list: (path) =>
        operation(`${owner} lists`, () => {
          this.#gives();
          return medium.list(path);
        }),
      read: (path) =>
        operation(`${owner} reads ${short(path)}`, () => {
          this.#gives();
          return medium.read(path);
        }),
      write: async (path, text, flag = 'w') => {
        if (flag === 'w') this.#writing.set(owner, { path, text });
        await operation(`${owner} writes ${short(path)}`, () => {
          this.#writing.delete(owner);
          if (flag === 'w' || !medium.files.has(path)) this.#takes();
          return told(medium.write(path, text, flag, this.#modified()), path);
        });
      },
      rename: (from, to) =>
        operation(`${owner} renames ${short(from)}`, () => {
          this.#takes();
          return told(medium.rename(from, to), from, to);
        }),
      remove: (path) =>
        operation(`${owner} removes ${short(path)}`, () =>
          medium.files.has(path) ? told(medium.remove(path), path) : undefined,
        ),
      modified: (path) => operation(`${owner} looks at ${short(path)}`, () => medium.modified(path)),
      watch: (folder, listener): Disposable => {
        if (this.#manner.watching === 'never') throw failure('ENOSPC');
        const watcher = { owner, folder, listener };
        this.#watchers.add(watcher);
        return { dispose: () => void this.#watchers.delete(watcher) };
      },
    };
  }

  /** Writes a file as another program. */
  put(path: string, text: string): void {
    this.#medium.put(path, text, this.#modified());
    this.#tell(path);
  }

  delete(path: string): void {
    if (this.#medium.delete(path)) this.#tell(path);
  }

  dispose(): void {
    this.#medium.dispose();
  }

  /** Handles a killed process: a file that it was writing may be incomplete. */
  leave(owner: string, torn: boolean): void {
    for (const watcher of [...this.#watchers]) if (watcher.owner === owner) this.#watchers.delete(watcher);
    const writing = this.#writing.get(owner);
    this.#writing.delete(owner);
    if (writing && torn) this.put(writing.path, writing.text.slice(0, writing.text.length / 2));
  }

  /** The time on the file server, in milliseconds since 1970. */
  #modified(): number {
    return this.#scheduler.wall() + this.#manner.skew;
  }

  #gives(): void {
    if (this.#scheduler.now < this.unreadableUntil) throw failure('EIO');
  }

  #takes(): void {
    if (this.#scheduler.now < this.fullUntil) throw failure('ENOSPC');
  }

  #tell(path: string): void {
    this.version++;
    for (const watcher of this.#watchers) {
      if (watcher.folder !== dirname(path)) continue;
      const { owner } = watcher;
      const late = this.#manner.watching === 'late' ? this.#scheduler.latency(owner, 200, 4_000) : 0;
      const ms = late + this.#scheduler.latency(owner, 0, 20);
      this.#scheduler.at(owner, ms, `${owner} hears of ${short(path)}`, () => {
        if (this.#watchers.has(watcher)) watcher.listener(basename(path));
      });
    }
  }
}

/** Shortens long hashes in names, because the first digits are unique. */
const short = (path: string) => basename(path).replace(/[0-9a-f]{12,}/g, (hash) => hash.slice(0, 4));
