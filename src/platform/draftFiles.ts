/**
 * Drafts on this computer's disk: one file each, in the extension's global storage, which no settings sync
 * takes along. A file is written whole or not at all.
 */
import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type Clock, systemClock } from '../base/clock';
import { type Disposable, Emitter } from '../base/event';
import type { DraftStorage } from '../contacts/draftStorage';
import { type Disk, realDisk } from './disk';
import { acquireLock, hasCode } from './fileLock';

const ending = '.draft.json';
const claimName = (name: string, right: string) =>
  `${name}.${createHash('sha256').update(right).digest('hex').slice(0, 32)}.claim`;
/** Milliseconds. A write takes a few. */
const lock = { wait: 5_000, life: 2_000 };

export class DraftFiles implements DraftStorage, Disposable {
  readonly folder: string;
  readonly #changed = new Emitter<string>();
  readonly onDidChange = this.#changed.event;
  readonly #disk: Disk;
  readonly #clock: Clock;
  #watcher: Disposable | undefined;

  constructor(globalStorage: string, folder = 'drafts', disk = realDisk, clock = systemClock) {
    this.folder = join(globalStorage, folder);
    this.#disk = disk;
    this.#clock = clock;
  }

  /** Ids are a server's text, and e-mail addresses are nobody's file names. */
  nameOf(key: string): string {
    return `${createHash('sha256').update(key).digest('hex').slice(0, 32)}${ending}`;
  }

  async list() {
    await this.#open();
    const names = (await this.#disk.list(this.folder)).filter((name) => name.endsWith(ending));
    const texts = await Promise.all(names.map(async (name) => ({ name, text: await this.read(name) })));
    return texts.flatMap(({ name, text }) => (text === undefined ? [] : [{ name, text }]));
  }

  async read(name: string): Promise<string | undefined> {
    try {
      return (await this.#disk.read(join(this.folder, name))).toString();
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return undefined;
      throw error;
    }
  }

  async write(name: string, text: string): Promise<void> {
    await this.#open();
    const making = join(this.folder, `${name}.${randomBytes(6).toString('hex')}`);
    try {
      await this.#disk.write(making, text);
      await this.#disk.rename(making, join(this.folder, name));
    } catch (error) {
      await this.#disk.remove(making).catch(() => undefined);
      throw error;
    }
  }

  async remove(name: string): Promise<void> {
    await this.#disk.remove(join(this.folder, name));
  }

  async exclusively(name: string, work: () => Promise<void>): Promise<void> {
    await this.#open();
    const free = await acquireLock(join(this.folder, `${name}.lock`), lock, this.#disk, this.#clock);
    try {
      await work();
    } finally {
      await free();
    }
  }

  async claim(name: string, right: string): Promise<boolean> {
    await this.#open();
    const claim = claimName(name, right);
    try {
      await this.#disk.write(join(this.folder, claim), '', 'wx');
    } catch (error) {
      if (hasCode(error, 'EEXIST')) return false;
      throw error;
    }
    // Windows that were closed leave theirs behind.
    const others = (await this.#disk.list(this.folder)).filter(
      (other) => other.startsWith(`${name}.`) && other.endsWith('.claim') && other !== claim,
    );
    for (const other of others) await this.remove(other).catch(() => undefined);
    return true;
  }

  async release(name: string, right: string): Promise<void> {
    await this.remove(claimName(name, right));
  }

  async setAside(name: string): Promise<void> {
    await this.#disk.rename(join(this.folder, name), join(this.folder, `${name}.unreadable`));
  }

  dispose(): void {
    this.#watcher?.dispose();
    this.#changed.dispose();
  }

  async #open(): Promise<void> {
    await this.#disk.makeFolder(this.folder);
    if (this.#watcher) return;
    // Without a watcher (inotify limit reached), changes from other windows are noticed at the next write.
    try {
      this.#watcher = this.#disk.watch(this.folder, (name) => {
        if (name.endsWith(ending)) this.#changed.fire(name);
      });
    } catch {}
  }
}
