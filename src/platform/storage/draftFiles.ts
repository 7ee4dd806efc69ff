/**
 * Stores drafts on this computer's disk: one file each, in the extension's global storage, which Settings
 * Sync does not copy. A file is written completely or not at all. After a draft ends, another folder holds a
 * note without personal data for a day, so that other windows can distinguish an end from a loss.
 */
import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type Clock, systemClock } from '../../base/clock';
import { type Disposable, Emitter } from '../../base/event';
import { parseEnding } from '../../contacts/drafts/draftEnding';
import type { DraftStorage } from '../../contacts/drafts/draftStorage';
import { type Disk, realDisk } from './disk';
import { createWhole, hasCode, readIfPresent } from './diskFile';
import { acquireLock, type HeldLock } from './fileLock';

const ending = '.draft.json';
const claimName = (name: string, right: string) =>
  `${name}.${createHash('sha256').update(right).digest('hex').slice(0, 32)}.claim`;
/** A file that a window is writing, or was writing when it was killed. It contains the mark of the lock. */
const unfinished = /^(.+\.draft\.json)\.[0-9a-f]{12,32}$/;
const lockFile = /^(.+\.draft\.json)\.lock$/;
const claimFile = /^(.+\.draft\.json)\.[0-9a-f]{32}\.claim$/;
const takenLock = /\.draft\.json\.lock\.[0-9a-f]+$/;
/** Milliseconds; one write takes a few. */
const lockPatience = { wait: 5_000, life: 2_000 };
/** Milliseconds that the note about an end is kept. */
const endingLife = 24 * 60 * 60 * 1000;
/** Milliseconds for which a right outlives its text. */
const rightLife = 60_000;
/** The maximum number of attempts for work that lost its lock to another window. */
const maxTries = 5;

/** Another window took over the lock while this one was suspended. No file was changed. */
class TurnLost extends Error {
  override readonly name = 'TurnLost';
}

/** A draft whose lock this window has. */
interface LockedDraft {
  readonly lock: HeldLock;
  /** The content that was read under this lock. It must be unchanged when it is replaced. */
  seen: Buffer | undefined;
}

export class DraftFiles implements DraftStorage, Disposable {
  readonly folder: string;
  readonly #endings: string;
  readonly #changed = new Emitter<string>();
  readonly onDidChange = this.#changed.event;
  readonly #disk: Disk;
  readonly #clock: Clock;
  readonly #locked = new Map<string, LockedDraft>();
  #watcher: Disposable | undefined;

  constructor(globalStorage: string, folder = 'drafts', disk = realDisk, clock = systemClock) {
    this.folder = join(globalStorage, folder);
    this.#endings = join(globalStorage, `${folder}-ended`);
    this.#disk = disk;
    this.#clock = clock;
  }

  /** Hashes the key, because IDs are server text and email addresses must not become file names. */
  nameOf(key: string): string {
    return `${createHash('sha256').update(key).digest('hex').slice(0, 32)}${ending}`;
  }

  async list(): Promise<readonly string[]> {
    await this.#open();
    const names = [...(await this.#disk.list(this.folder)), ...(await this.#ended())];
    return [...new Set(names.filter((name) => name.endsWith(ending)))];
  }

  async read(name: string): Promise<string | undefined> {
    const bytes = await this.#bytes(join(this.folder, name));
    const locked = this.#locked.get(name);
    if (locked) locked.seen = bytes;
    return textOf(bytes ?? (await this.#bytes(join(this.#endings, name))));
  }

  async write(name: string, text: string): Promise<void> {
    await this.#open();
    const isNew = this.#locked.get(name)?.seen === undefined;
    await this.#replace(name, text);
    // If this fails, the file in the folder counts.
    if (isNew) await this.#disk.remove(join(this.#endings, name)).catch(() => undefined);
  }

  async end(name: string, text: string): Promise<void> {
    await this.#open();
    await this.#disk.makeFolder(this.#endings);
    await this.#replace(name, text);
    // A draft that another window has just written is found in the other folder, too.
    await this.#disk.rename(join(this.folder, name), join(this.#endings, name));
  }

  async exclusively(name: string, work: () => Promise<void>): Promise<void> {
    await this.#open();
    const file = join(this.folder, `${name}.lock`);
    for (let tries = 1; ; tries++) {
      const lock = await acquireLock(file, lockPatience, this.#disk, this.#clock, (owner) =>
        this.#disk.remove(join(this.folder, `${name}.${createMark(owner)}`)),
      );
      this.#locked.set(name, { lock, seen: undefined });
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof TurnLost) || tries === maxTries) throw error;
      } finally {
        this.#locked.delete(name);
        // Another window takes over a lock that stays.
        await lock.free().catch(() => undefined);
      }
    }
  }

  async claim(name: string, right: string, owner: string): Promise<boolean> {
    await this.#open();
    const claim = claimName(name, right);
    try {
      await createWhole(join(this.folder, claim), owner, this.#disk);
    } catch (error) {
      if (hasCode(error, 'EEXIST')) return false;
      throw error;
    }
    // Windows that were closed leave theirs behind. The claim is made, whether or not the disk shows them.
    for (const other of await this.#claims(name).catch(() => []))
      if (other !== claim) await this.#disk.remove(join(this.folder, other)).catch(() => undefined);
    return true;
  }

  async holds(name: string, right: string, owner: string): Promise<boolean> {
    return textOf(await this.#bytes(join(this.folder, claimName(name, right)))) === owner;
  }

  async release(name: string, right: string): Promise<void> {
    await this.#disk.remove(join(this.folder, claimName(name, right)));
  }

  releaseAll(name: string): Promise<void> {
    return this.exclusively(name, async () => {
      // A window stores the text before it claims a right.
      if ((await this.#bytes(join(this.folder, name))) !== undefined) return;
      for (const claim of await this.#claims(name)) await this.#disk.remove(join(this.folder, claim));
    });
  }

  async setAside(name: string): Promise<void> {
    const seen = this.#locked.get(name)?.seen;
    const from = join(seen ? this.folder : this.#endings, name);
    const plain = `${name}.unreadable`;
    const isTaken = (await this.#disk.list(this.folder)).includes(plain);
    const to = join(this.folder, isTaken ? `${name}.${randomBytes(6).toString('hex')}.unreadable` : plain);
    await this.#check(name);
    await this.#disk.rename(from, to);
    const moved = await this.#bytes(to);
    if (seen === undefined || moved?.equals(seen)) return;
    // Another window has written the file in the meantime.
    await this.#disk.write(from, moved?.toString() ?? '', 'wx');
    await this.#disk.remove(to);
    throw new TurnLost();
  }

  /** Removes leftovers. The lock of each draft makes sure that no window is writing it. */
  async clear(): Promise<void> {
    await this.#open();
    const names = await this.#disk.list(this.folder);
    for (const name of names.filter((one) => takenLock.test(one)))
      await this.#disk.remove(join(this.folder, name));
    const left = names.flatMap((name) => (unfinished.exec(name) ?? lockFile.exec(name))?.[1] ?? []);
    for (const draft of new Set(left))
      await this.exclusively(draft, async () => {
        const now = await this.#disk.list(this.folder);
        for (const name of now.filter((one) => unfinished.exec(one)?.[1] === draft))
          await this.#disk.remove(join(this.folder, name));
      });
    for (const name of await this.#ended()) await this.#clearEnding(name);
    const claimed = names.flatMap((name) => claimFile.exec(name)?.[1] ?? []);
    for (const draft of new Set(claimed))
      if (!(await this.#endedJustNow(draft))) await this.releaseAll(draft);
  }

  dispose(): void {
    this.#watcher?.dispose();
    this.#changed.dispose();
  }

  /** Replaces a draft's file, unless another window took over the lock. */
  async #replace(name: string, text: string): Promise<void> {
    const owner = this.#locked.get(name)?.lock.owner ?? randomBytes(16).toString('hex');
    // The window that takes over the lock removes this file, so that renaming it fails.
    const making = join(this.folder, `${name}.${createMark(owner)}`);
    try {
      await this.#disk.write(making, text);
      await this.#check(name);
      await this.#disk.rename(making, join(this.folder, name));
    } catch (error) {
      await this.#disk.remove(making).catch(() => undefined);
      throw this.#locked.has(name) && hasCode(error, 'ENOENT') ? new TurnLost() : error;
    }
  }

  async #check(name: string): Promise<void> {
    const locked = this.#locked.get(name);
    if (locked === undefined) return;
    if (!(await locked.lock.isHeld())) throw new TurnLost();
    const now = await this.#bytes(join(this.folder, name));
    const isSame = now === undefined ? locked.seen === undefined : locked.seen?.equals(now);
    if (!isSame) throw new TurnLost();
  }

  async #claims(name: string): Promise<readonly string[]> {
    return (await this.#disk.list(this.folder)).filter((file) => claimFile.exec(file)?.[1] === name);
  }

  /**
   * Returns true if the draft ended within `rightLife`: its rights are kept, because another window may be
   * about to notice the end.
   */
  async #endedJustNow(name: string): Promise<boolean> {
    const file = join(this.#endings, name);
    const modified = await this.#disk.modified(file).catch(() => undefined);
    return modified !== undefined && Math.abs(this.#clock.now() - modified) < rightLife;
  }

  async #clearEnding(name: string): Promise<void> {
    const file = join(this.#endings, name);
    const age = this.#clock.now() - (await this.#disk.modified(file));
    if (Math.abs(age) < endingLife) return;
    await this.exclusively(name, async () => {
      const text = textOf(await this.#bytes(file));
      if (text !== undefined && parseEnding(text) !== undefined) await this.#disk.remove(file);
    });
  }

  async #ended(): Promise<readonly string[]> {
    try {
      return await this.#disk.list(this.#endings);
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return [];
      throw error;
    }
  }

  #bytes(file: string): Promise<Buffer | undefined> {
    return readIfPresent(file, this.#disk);
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

/** Checks the mark, because the text of a lock file must not become a path. */
const createMark = (owner: string) => (/^[0-9a-f]{32}$/.test(owner) ? owner : 'none');

function textOf(bytes: Buffer | undefined): string | undefined {
  if (bytes === undefined) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return '';
  }
}
