/**
 * The file operations that drafts and locks are made of. Handed in, so that a test can stop between any two of
 * them, make one fail, or keep the files in memory.
 */
import { watch } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import type { Disposable } from '../../base/event';

export interface Disk {
  /** With the folders above it; does nothing where it exists. */
  makeFolder(path: string): Promise<void>;
  /** The names of a folder's files. */
  list(path: string): Promise<readonly string[]>;
  read(path: string): Promise<Buffer>;
  /** On the disk once it resolves. @param flag `wx` fails with EEXIST where the file exists */
  write(path: string, text: string, flag?: 'w' | 'wx'): Promise<void>;
  /** Replaces what is at `to`, in one step. */
  rename(from: string, to: string): Promise<void>;
  /** Does nothing where there is no such file. */
  remove(path: string): Promise<void>;
  /** When the file was last written, by the clock of the computer that holds it: milliseconds since 1970. */
  modified(path: string): Promise<number>;
  /** Calls back with the name of a file that changed in the folder. @throws where no watcher is left */
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
