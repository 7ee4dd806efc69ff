/** Locks that all windows of this computer share: a file that only one can make. */
import { createHash } from 'node:crypto';
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '../base/log';
import type { WindowLock } from '../session/serviceTokens';

interface Patience {
  /** Milliseconds that a lock is waited for. */
  readonly wait: number;
  /** Milliseconds after which it was left by a window that was killed. */
  readonly life: number;
}

/** @returns what gives the lock free @throws when it was not to be had in time */
export async function acquireLock(file: string, { wait, life }: Patience): Promise<() => Promise<void>> {
  for (const end = Date.now() + wait; ; ) {
    try {
      await writeFile(file, '', { flag: 'wx' });
      return () => rm(file, { force: true });
    } catch (error) {
      if (!hasCode(error, 'EEXIST') || Date.now() > end) throw error;
      const made = await stat(file).catch(() => undefined);
      if (made && Date.now() - made.mtimeMs > life) await rm(file, { force: true });
      else await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}

/** A renewal is one request of at most 15 s. Without a disk it goes on unlocked: two are better than none. */
export function renewalLock(globalStorage: string, log: Logger): WindowLock {
  return {
    async exclusively(name, work) {
      const hash = createHash('sha256').update(name).digest('hex').slice(0, 32);
      const free = await mkdir(globalStorage, { recursive: true })
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
