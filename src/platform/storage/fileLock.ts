/**
 * Locks shared by all windows of this computer: a file that only one window can create, with its owner's
 * mark. A lock is abandoned (its window was killed) if the mark does not change while another window watches
 * it. That window measures with its own clock, because files may be on another computer, and clocks jump.
 */
import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { pause } from '../../base/abort';
import { type Clock, systemClock } from '../../base/clock';
import { type Logger, logUnexpected } from '../../base/log';
import type { WindowLock } from '../../session/serviceTokens';
import { type Disk, realDisk } from './disk';
import { createWhole, hasCode, readIfPresent } from './diskFile';

interface Patience {
  /** The maximum wait for a lock in milliseconds. */
  readonly wait: number;
  /** Milliseconds without a change after which a lock is abandoned. */
  readonly life: number;
}

export interface HeldLock {
  /** The owner's mark: 32 hexadecimal digits. */
  readonly owner: string;
  isHeld(): Promise<boolean>;
  /**
   * Puts a new mark in the lock, for work that takes longer than the life of one.
   * @returns false if another window took the lock over
   */
  renew(): Promise<boolean>;
  /** Does nothing if another window took over the lock. */
  free(): Promise<void>;
}

/**
 * Milliseconds between two checks, and the maximum that one check counts: a sleeping computer does not watch.
 */
const poll = { every: 10, max: 100 } as const;

/**
 * @param fence stops the former owner of an abandoned lock from changing anything if it wakes up
 * @throws if the lock is not free in time
 */
export async function acquireLock(
  file: string,
  { wait, life }: Patience,
  disk: Disk = realDisk,
  clock: Clock = systemClock,
  fence: (owner: string) => Promise<void> = async () => undefined,
): Promise<HeldLock> {
  let owner = randomBytes(16).toString('hex');
  const own = new Set([owner]);
  let seen: string | undefined;
  let watched = 0;
  let waited = 0;
  for (let polledAt = clock.monotonic(); ; ) {
    try {
      await createWhole(file, owner, disk);
      return {
        get owner() {
          return owner;
        },
        isHeld: async () => own.has((await ownerOf(file, disk)) ?? ''),
        renew: async () => {
          if ((await ownerOf(file, disk)) !== owner) return false;
          const mark = randomBytes(16).toString('hex');
          own.add(mark);
          // A reader must never meet an empty lock.
          const temporary = `${file}.${mark.slice(0, 12)}`;
          await disk.write(temporary, mark);
          await disk.rename(temporary, file);
          owner = mark;
          return true;
        },
        free: async () => {
          if ((await ownerOf(file, disk)) === owner) await take(file, owner, disk);
        },
      };
    } catch (error) {
      if (!hasCode(error, 'EEXIST') || waited > wait) throw error;
    }
    const holder = await ownerOf(file, disk);
    const now = clock.monotonic();
    const passed = Math.min(now - polledAt, poll.max);
    waited += passed;
    watched = holder === seen ? watched + passed : 0;
    [seen, polledAt] = [holder, now];
    if (holder === undefined) continue;
    if (watched < life) await pause(poll.every, new AbortController().signal, clock);
    else {
      await take(file, holder, disk, fence);
      watched = 0;
    }
  }
}

/**
 * Removes a lock. If two windows do so at once, or one does so late, the lock of a third window must stay.
 */
async function take(
  file: string,
  owner: string,
  disk: Disk,
  fence: (owner: string) => Promise<void> = async () => undefined,
): Promise<void> {
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    await disk.rename(file, aside);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return;
    throw error;
  }
  const taken = await ownerOf(aside, disk);
  if (taken === owner) await fence(owner);
  else if (taken !== undefined)
    // The owner continues with its lock, or finds that another window has the lock, and starts again.
    await disk.write(file, taken, 'wx').catch((error: unknown) => {
      if (!hasCode(error, 'EEXIST')) throw error;
    });
  await disk.remove(aside);
}

const ownerOf = async (file: string, disk: Disk) => (await readIfPresent(file, disk))?.toString();

/**
 * A lock for renewing a session, which takes one request of at most 15 s. Without a working disk, renewal
 * continues without a lock: two renewals are better than none.
 */
export function renewalLock(
  globalStorage: string,
  log: Logger,
  disk: Disk = realDisk,
  clock: Clock = systemClock,
): WindowLock {
  return {
    async exclusively(name, work) {
      const hash = createHash('sha256').update(name).digest('hex').slice(0, 32);
      const file = join(globalStorage, `${hash}.lock`);
      const lock = await disk
        .makeFolder(globalStorage)
        .then(() => acquireLock(file, { wait: 40_000, life: 20_000 }, disk, clock))
        .catch((error: unknown) => logUnexpected(log, 'lock the renewal of a session', error));
      try {
        return await work();
      } finally {
        await lock
          ?.free()
          .catch((error: unknown) => logUnexpected(log, 'free the renewal of a session', error));
      }
    },
  };
}
