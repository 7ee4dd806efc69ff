/** Files for the texts that are open, or were closed with lines in error, on this computer's disk. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { KeyedQueue } from '../../base/concurrency';
import { type Disk, realDisk } from '../../platform/storage/disk';
import { hasCode, readIfPresent, replaceWhole } from '../../platform/storage/diskFile';

const ending = '.json';
/** A file that a window is writing, was writing when it was killed, or is about to remove. */
const unfinished = /^[0-9a-f]{32}\.json\.[0-9a-f]{12}\.tmp$/;
const keyFile = 'accepted.key';
const isId = (id: string) => /^[0-9a-f]{32}$/.test(id);

export const newTextId = () => randomBytes(16).toString('hex');

export class TextFiles {
  readonly folder: string;
  readonly #disk: Disk;
  readonly #turns = new KeyedQueue();

  constructor(globalStorage: string, disk: Disk = realDisk) {
    this.folder = join(globalStorage, 'texts');
    this.#disk = disk;
  }

  /** @returns the id of each file, with its modification time in milliseconds since 1970 */
  async list(): Promise<readonly { readonly id: string; readonly modified: number }[]> {
    await this.#disk.makeFolder(this.folder);
    const names = (await this.#disk.list(this.folder)).filter((name) => name.endsWith(ending));
    const ids = names.map((name) => name.slice(0, -ending.length)).filter(isId);
    return Promise.all(ids.map(async (id) => ({ id, modified: await this.#disk.modified(this.#file(id)) })));
  }

  /** @returns undefined if the file does not exist */
  async read(id: string): Promise<string | undefined> {
    if (!isId(id)) return undefined;
    return (await readIfPresent(this.#file(id), this.#disk))?.toString();
  }

  /** Writes the file atomically. @throws if the disk refuses */
  write(id: string, text: string): Promise<void> {
    return this.#turns.take(id, async () => {
      await this.#disk.makeFolder(this.folder);
      await replaceWhole(this.#file(id), text, this.#disk);
    });
  }

  /** @param isOver decides by the content that is removed, because another window may just have written it */
  remove(id: string, isOver?: (text: string) => boolean): Promise<void> {
    return this.#turns.take(id, async () => {
      if (isOver === undefined) {
        await this.#disk.remove(this.#file(id));
        return;
      }
      const aside = `${this.#file(id)}.${randomBytes(6).toString('hex')}.tmp`;
      try {
        await this.#disk.rename(this.#file(id), aside);
      } catch (error) {
        if (hasCode(error, 'ENOENT')) return;
        throw error;
      }
      const text = (await this.#disk.read(aside)).toString();
      // A file that another window has written since is newer.
      if (!isOver(text))
        await this.#disk.write(this.#file(id), text, 'wx').catch(async (error: unknown) => {
          // A full disk takes a rename.
          if (!hasCode(error, 'EEXIST')) await this.#disk.rename(aside, this.#file(id));
        });
      await this.#disk.remove(aside);
    });
  }

  /** Removes what windows that were killed during a write left behind. @param isOver by the time of the last write */
  async clear(isOver: (modified: number) => boolean = () => true): Promise<void> {
    await this.#disk.makeFolder(this.folder);
    for (const name of (await this.#disk.list(this.folder)).filter((one) => unfinished.test(one))) {
      const file = join(this.folder, name);
      const modified = await this.#disk.modified(file).catch(() => undefined);
      if (modified !== undefined && isOver(modified)) await this.#disk.remove(file);
    }
  }

  /** Returns the random key of this installation. @throws if the disk refuses */
  async key(): Promise<string> {
    await this.#disk.makeFolder(this.folder);
    const file = join(this.folder, keyFile);
    try {
      await this.#disk.write(file, randomBytes(32).toString('hex'), 'wx');
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error;
    }
    return (await this.#disk.read(file)).toString();
  }

  /** Resolves when all requested operations are done. */
  over(): Promise<void> {
    return this.#turns.over();
  }

  #file(id: string): string {
    return join(this.folder, `${id}${ending}`);
  }
}
