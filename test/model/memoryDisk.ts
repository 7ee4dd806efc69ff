/**
 * A POSIX-like disk in memory that several windows share: exclusive creation, atomic rename, watch events that
 * arrive late or never. Each operation of a window is one event of the scheduler.
 */
import { basename, dirname } from 'node:path';
import type { Disposable } from '../../src/base/event';
import type { Disk } from '../../src/platform/storage/disk';
import type { Scheduler } from './scheduler';

interface File {
  readonly text: string;
  readonly modified: number;
}

interface Watcher {
  readonly owner: string;
  readonly folder: string;
  readonly listener: (name: string) => void;
}

export interface DiskManner {
  /** How watch events reach a window. */
  readonly watching: 'prompt' | 'late' | 'never';
  /** Milliseconds that the file server's clock is ahead of the wall clock. */
  readonly skew: number;
}

const failure = (code: string) => Object.assign(new Error(code), { code });

export class MemoryDisk {
  readonly files = new Map<string, File>();
  /** Counts up with each change, so that who reads all files need not do so twice. */
  version = 0;
  /** The times until which the disk takes nothing, and gives nothing. */
  fullUntil = 0;
  unreadableUntil = 0;
  /** Called after each operation of a window. */
  afterOperation: (owner: string) => void = () => undefined;
  readonly #scheduler: Scheduler;
  readonly #manner: DiskManner;
  readonly #watchers = new Set<Watcher>();
  readonly #writing = new Map<string, { readonly path: string; readonly text: string }>();

  constructor(scheduler: Scheduler, manner: DiskManner) {
    this.#scheduler = scheduler;
    this.#manner = manner;
  }

  /** The disk as one window reaches it. */
  of(owner: string): Disk {
    const operation = <T>(label: string, work: () => T): Promise<T> =>
      new Promise((resolve, reject) => {
        this.#scheduler.at(owner, this.#scheduler.latency(owner, 0, 3), label, () => {
          try {
            this.afterOperation(owner);
            resolve(work());
          } catch (error) {
            reject(error);
          }
        });
      });
    return {
      makeFolder: async () => undefined,
      list: (path) => operation(`${owner} lists`, () => this.#list(path)),
      read: (path) => operation(`${owner} reads ${short(path)}`, () => Buffer.from(this.#read(path).text)),
      write: async (path, text, flag = 'w') => {
        if (flag === 'w') this.#writing.set(owner, { path, text });
        await operation(`${owner} writes ${short(path)}`, () => {
          this.#writing.delete(owner);
          if (flag === 'wx' && this.files.has(path)) throw failure('EEXIST');
          this.#takes();
          this.put(path, text);
        });
      },
      rename: (from, to) =>
        operation(`${owner} renames ${short(from)}`, () => {
          this.#takes();
          const file = this.files.get(from);
          if (file === undefined) throw failure('ENOENT');
          this.files.delete(from);
          this.files.set(to, file);
          this.#tell(from);
          this.#tell(to);
        }),
      remove: (path) => operation(`${owner} removes ${short(path)}`, () => this.delete(path)),
      modified: (path) =>
        operation(`${owner} looks at ${short(path)}`, () => this.#read(path, false).modified),
      watch: (folder, listener): Disposable => {
        if (this.#manner.watching === 'never') throw failure('ENOSPC');
        const watcher = { owner, folder, listener };
        this.#watchers.add(watcher);
        return { dispose: () => void this.#watchers.delete(watcher) };
      },
    };
  }

  put(path: string, text: string): void {
    this.files.set(path, { text, modified: this.#scheduler.wall() + this.#manner.skew });
    this.#tell(path);
  }

  delete(path: string): void {
    if (this.files.delete(path)) this.#tell(path);
  }

  /** A process was killed: a file that it was writing may be half written. */
  leave(owner: string, torn: boolean): void {
    for (const watcher of [...this.#watchers]) if (watcher.owner === owner) this.#watchers.delete(watcher);
    const writing = this.#writing.get(owner);
    this.#writing.delete(owner);
    if (writing && torn) this.put(writing.path, writing.text.slice(0, writing.text.length / 2));
  }

  #list(folder: string): string[] {
    if (this.#scheduler.now < this.unreadableUntil) throw failure('EIO');
    return [...this.files.keys()].filter((path) => dirname(path) === folder).map((path) => basename(path));
  }

  #read(path: string, needsContent = true): File {
    if (needsContent && this.#scheduler.now < this.unreadableUntil) throw failure('EIO');
    const file = this.files.get(path);
    if (file === undefined) throw failure('ENOENT');
    return file;
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

/** Names are long hashes: the first digits tell them apart. */
const short = (path: string) => basename(path).replace(/[0-9a-f]{12,}/g, (hash) => hash.slice(0, 4));
