/**
 * Drafts on this computer's disk: one file each, in the extension's global storage, which no settings sync
 * takes along. A file is written whole or not at all.
 */
import { createHash, randomBytes } from 'node:crypto';
import { type FSWatcher, watch } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Disposable, Emitter } from '../base/event';
import type { DraftStorage } from '../contacts/draftStorage';
import { acquireLock, hasCode } from './fileLock';

const ending = '.draft.json';
/** Milliseconds. A write takes a few. */
const lock = { wait: 5_000, life: 2_000 };

export class DraftFiles implements DraftStorage, Disposable {
  readonly folder: string;
  readonly #changed = new Emitter<string>();
  readonly onDidChange = this.#changed.event;
  #watcher: FSWatcher | undefined;

  constructor(globalStorage: string, folder = 'drafts') {
    this.folder = join(globalStorage, folder);
  }

  /** Ids are a server's text, and e-mail addresses are nobody's file names. */
  nameOf(key: string): string {
    return `${createHash('sha256').update(key).digest('hex').slice(0, 32)}${ending}`;
  }

  async list() {
    await this.#open();
    const names = (await readdir(this.folder)).filter((name) => name.endsWith(ending));
    const texts = await Promise.all(names.map(async (name) => ({ name, text: await this.read(name) })));
    return texts.flatMap(({ name, text }) => (text === undefined ? [] : [{ name, text }]));
  }

  async read(name: string): Promise<string | undefined> {
    try {
      return await readFile(join(this.folder, name), 'utf8');
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return undefined;
      throw error;
    }
  }

  async write(name: string, text: string): Promise<void> {
    await this.#open();
    const making = join(this.folder, `${name}.${randomBytes(6).toString('hex')}`);
    try {
      await writeFile(making, text, { mode: 0o600, flush: true });
      await rename(making, join(this.folder, name));
    } catch (error) {
      await rm(making, { force: true }).catch(() => undefined);
      throw error;
    }
  }

  async remove(name: string): Promise<void> {
    await rm(join(this.folder, name), { force: true });
  }

  async exclusively(name: string, work: () => Promise<void>): Promise<void> {
    await this.#open();
    const free = await acquireLock(join(this.folder, `${name}.lock`), lock);
    try {
      await work();
    } finally {
      await free();
    }
  }

  async setAside(name: string): Promise<void> {
    await rename(join(this.folder, name), join(this.folder, `${name}.unreadable`));
  }

  dispose(): void {
    this.#watcher?.close();
    this.#changed.dispose();
  }

  async #open(): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    if (this.#watcher) return;
    // Without a watcher (all that a computer has may be taken) other windows are met when one writes.
    try {
      this.#watcher = watch(this.folder, (_, name) => {
        if (name?.endsWith(ending)) this.#changed.fire(name);
      });
      this.#watcher.on('error', () => this.#watcher?.close());
    } catch {}
  }
}
