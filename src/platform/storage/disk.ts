/**
 * The file operations of drafts and locks. A test passes its own disk, which can stop between two operations,
 * make one fail, or keep the files in memory.
 */
import { watch } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import type { Disposable } from '../../base/event';

export interface Disk {
  /** Creates a folder with its parents; does nothing if it exists. */
  makeFolder(path: string): Promise<void>;
  /** Returns the names of the files in a folder. */
  list(path: string): Promise<readonly string[]>;
  read(path: string): Promise<Buffer>;
  /**
   * Resolves after the data is on the disk.
   * @param flag `wx` fails with EEXIST if the file exists
   */
  write(path: string, text: string, flag?: 'w' | 'wx'): Promise<void>;
  /** Replaces the file at `to` in one step. */
  rename(from: string, to: string): Promise<void>;
  /** Does nothing if the file does not exist. */
  remove(path: string): Promise<void>;
  /**
   * Returns the time of the last write in milliseconds since 1970, by the clock of the computer that holds
   * the file.
   */
  modified(path: string): Promise<number>;
  /**
   * Calls back with the name of each file that changes in the folder.
   * @throws if no watcher is available
   */
  watch(path: string, listener: (name: string) => void): Disposable;
}

export const realDisk: Disk = {
  makeFolder: async (path) => void (await mkdir(path, { recursive: true, mode: 0o700 })),
  list: (path) => readdir(path),
  read: (path) => readFile(path),
  write: (path, text, flag = 'w') => writeFile(path, text, { mode: 0o600, flush: true, flag }),
  rename,
  remove: (path) => rm(path, { force: true }),
  modified: async (path) => (await stat(path)).mtimeMs,
  watch: (path, listener) => {
    const watcher = watch(path, (_, name) => name !== null && listener(name));
    watcher.on('error', () => watcher.close());
    return { dispose: () => watcher.close() };
  },
};
