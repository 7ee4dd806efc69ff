import { randomBytes } from 'node:crypto';
import { open, realpath, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A file that is there whole or not at all; what was there before stays until then. @throws the `AbortError` of `signal` */
export async function writeWholeFile(
  path: string,
  parts: AsyncIterable<string>,
  signal: AbortSignal,
): Promise<void> {
  // A link stays one.
  const file = await realpath(path).catch(() => path);
  const beside = join(dirname(file), `.ctrl-hub-${randomBytes(8).toString('hex')}.tmp`);
  // Other people's data: for the person who asked for it.
  const handle = await open(beside, 'wx', 0o600);
  try {
    try {
      for await (const part of parts) await handle.writeFile(part);
      await handle.sync();
    } finally {
      await handle.close();
    }
    signal.throwIfAborted();
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
