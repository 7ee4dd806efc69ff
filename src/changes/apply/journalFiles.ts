/** The journal on this computer's disk, in a folder next to the drafts. */
import { join } from 'node:path';
import { type Clock, systemClock } from '../../base/clock';
import type { Disposable } from '../../base/event';
import { appliedFolder } from '../../platform/storage/appliedFolder';
import { type Disk, realDisk } from '../../platform/storage/disk';
import { hasCode, readIfPresent, replaceWhole } from '../../platform/storage/diskFile';
import { acquireLock } from '../../platform/storage/fileLock';
import type { JournalLock, JournalStorage } from './journalStorage';

/** In milliseconds. The lock is renewed several times within its lifetime. */
const patience = { wait: 6_000, life: 4_000 };
const renewal = 500;
const unfinished = /\.tmp$|\.lock\.[0-9a-f]{12}$/;
const lockName = 'applying.lock';

export class JournalFiles implements JournalStorage {
  readonly folder: string;
  readonly #disk: Disk;
  readonly #clock: Clock;

  constructor(globalStorage: string, disk: Disk = realDisk, clock: Clock = systemClock) {
    this.folder = appliedFolder(globalStorage);
    this.#disk = disk;
    this.#clock = clock;
  }

  async names(): Promise<readonly string[]> {
    await this.#disk.makeFolder(this.folder);
    return (await this.#disk.list(this.folder)).filter((name) => name.endsWith('.json'));
  }

  async read(name: string): Promise<string | undefined> {
    return (await readIfPresent(join(this.folder, name), this.#disk))?.toString();
  }

  modified(name: string): Promise<number> {
    return this.#disk.modified(join(this.folder, name));
  }

  async write(name: string, text: string): Promise<void> {
    await this.#disk.makeFolder(this.folder);
    await replaceWhole(join(this.folder, name), text, this.#disk);
  }

  remove(name: string): Promise<void> {
    return this.#disk.remove(join(this.folder, name));
  }

  async lock(): Promise<JournalLock | undefined> {
    await this.#disk.makeFolder(this.folder);
    const file = join(this.folder, lockName);
    const lock = await acquireLock(file, patience, this.#disk, this.#clock).catch((error: unknown) => {
      if (hasCode(error, 'EEXIST')) return undefined;
      throw error;
    });
    if (lock === undefined) return undefined;
    let timer: Disposable | undefined;
    let renewing: Promise<unknown> = Promise.resolve();
    const renew = () => {
      timer = this.#clock.after(renewal, () => {
        // A failed renewal is tried again. A window that lost the lock notices before its next request.
        renewing = lock
          .renew()
          .catch(() => undefined)
          .then(renew);
      });
    };
    renew();
    // The next Apply removes files that another program holds now.
    await this.#clear().catch(() => undefined);
    return {
      isHeld: () => lock.isHeld(),
      free: async () => {
        timer?.dispose();
        await renewing;
        timer?.dispose();
        await lock.free();
      },
    };
  }

  /**
   * Removes files that a killed window left behind in the middle of a write. Only the lock holder writes, so this is
   * safe.
   */
  async #clear(): Promise<void> {
    const names = await this.#disk.list(this.folder);
    for (const name of names.filter((one) => unfinished.test(one))) await this.remove(name);
  }
}
