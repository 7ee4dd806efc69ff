/** Locks that all windows of this computer share: a file that only one can make. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { pause } from '../base/abort';
import { type Clock, systemClock } from '../base/clock';
import type { Logger } from '../base/log';
import type { WindowLock } from '../session/serviceTokens';
import { type Disk, realDisk } from './disk';

interface Patience {
  /** Milliseconds that a lock is waited for. */
  readonly wait: number;
  /** Milliseconds after which it was left by a window that was killed. */
  readonly life: number;
}

/** @returns what gives the lock free @throws when it was not to be had in time */
export async function acquireLock(
  file: string,
  { wait, life }: Patience,
  disk: Disk = realDisk,
  clock: Clock = systemClock,
): Promise<() => Promise<void>> {
  for (const end = clock.now() + wait; ; ) {
    try {
      await disk.write(file, '', 'wx');
      return () => disk.remove(file);
    } catch (error) {
      if (!hasCode(error, 'EEXIST') || clock.now() > end) throw error;
      const made = await disk.modified(file).catch(() => undefined);
      if (made !== undefined && clock.now() - made > life) await disk.remove(file);
      else await pause(10, new AbortController().signal, clock);
    }
  }
}

/** A renewal is one request of at most 15 s. Without a disk it goes on unlocked: two are better than none. */
export function renewalLock(globalStorage: string, log: Logger): WindowLock {
  return {
    async exclusively(name, work) {
      const hash = createHash('sha256').update(name).digest('hex').slice(0, 32);
      const free = await realDisk
        .makeFolder(globalStorage)
        .then(() => acquireLock(join(globalStorage, `${hash}.lock`), { wait: 40_000, life: 20_000 }))
        .catch(() => log.warn('The lock for renewing a session could not be had'));
      try {
        return await work();
      } finally {
        await free?.();
      }
    },
  };
}

export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
