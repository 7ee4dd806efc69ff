/** Storage for the files on a disk of the model: memory, or a real folder. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { realDisk } from '../../../src/platform/storage/disk';

/** Exclusive creation and atomic renaming with POSIX semantics. Times are milliseconds since 1970. */
export interface Medium {
  readonly files: ReadonlyMap<string, string>;
  makeFolder(path: string): void;
  list(folder: string): string[] | Promise<string[]>;
  read(path: string): Buffer | Promise<Buffer>;
  write(path: string, text: string, flag: 'w' | 'wx', modified: number): void | Promise<void>;
  rename(from: string, to: string): void | Promise<void>;
  remove(path: string): void | Promise<void>;
  modified(path: string): number | Promise<number>;
  /** Writes synchronously, as another program. */
  put(path: string, text: string, modified: number): void;
  /** @returns false if the file did not exist */
  delete(path: string): boolean;
  dispose(): void;
}

/** Creates an error without a stack, because thousands of reads fail and stacks would take most of the time. */
export function failure(code: string): Error {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  const error = Object.assign(new Error(code), { code });
  Error.stackTraceLimit = stackTraceLimit;
  return error;
}

export class MemoryMedium implements Medium {
  readonly files = new Map<string, string>();
  readonly #modified = new Map<string, number>();

  makeFolder(): void {}

  list(folder: string): string[] {
    return [...this.files.keys()].filter((path) => dirname(path) === folder).map((path) => basename(path));
  }

  read(path: string): Buffer {
    return Buffer.from(this.#there(path));
  }

  write(path: string, text: string, flag: 'w' | 'wx', modified: number): void {
    if (flag === 'wx' && this.files.has(path)) throw failure('EEXIST');
    this.put(path, text, modified);
  }

  rename(from: string, to: string): void {
    this.files.set(to, this.#there(from));
    this.#modified.set(to, this.modified(from));
    this.files.delete(from);
  }

  remove(path: string): void {
    this.delete(path);
  }

  modified(path: string): number {
    this.#there(path);
    return this.#modified.get(path) ?? 0;
  }

  put(path: string, text: string, modified: number): void {
    this.files.set(path, text);
    this.#modified.set(path, modified);
  }

  delete(path: string): boolean {
    return this.files.delete(path);
  }

  dispose(): void {}

  #there(path: string): string {
    const text = this.files.get(path);
    if (text === undefined) throw failure('ENOENT');
    return text;
  }
}

/** A temporary folder that is accessed as in the product. It is the root of the disk. */
export class RealMedium implements Medium {
  readonly #root = mkdtempSync(join(tmpdir(), 'model-'));

  get files(): ReadonlyMap<string, string> {
    const entries = readdirSync(this.#root, { withFileTypes: true, recursive: true });
    const files = entries.filter((entry) => entry.isFile());
    return new Map(
      files.map(({ parentPath, name }) => {
        const path = join(parentPath, name);
        return [path.slice(this.#root.length), readFileSync(path, 'utf8')];
      }),
    );
  }

  makeFolder(path: string): void {
    mkdirSync(join(this.#root, path), { recursive: true });
  }

  list(folder: string): Promise<string[]> {
    return realDisk.list(join(this.#root, folder)).then((names) => [...names]);
  }

  read(path: string): Promise<Buffer> {
    return realDisk.read(join(this.#root, path));
  }

  async write(path: string, text: string, flag: 'w' | 'wx', modified: number): Promise<void> {
    await realDisk.write(join(this.#root, path), text, flag);
    utimesSync(join(this.#root, path), modified / 1000, modified / 1000);
  }

  rename(from: string, to: string): Promise<void> {
    return realDisk.rename(join(this.#root, from), join(this.#root, to));
  }

  remove(path: string): Promise<void> {
    return realDisk.remove(join(this.#root, path));
  }

  modified(path: string): Promise<number> {
    return realDisk.modified(join(this.#root, path));
  }

  put(path: string, text: string, modified: number): void {
    writeFileSync(join(this.#root, path), text);
    utimesSync(join(this.#root, path), modified / 1000, modified / 1000);
  }

  delete(path: string): boolean {
    const isThere = statSync(join(this.#root, path), { throwIfNoEntry: false }) !== undefined;
    rmSync(join(this.#root, path), { force: true });
    return isThere;
  }

  dispose(): void {
    rmSync(this.#root, { recursive: true });
  }
}
