import { randomBytes } from 'node:crypto';
import { open, readlink, realpath, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/** A file that is there whole or not at all; what was there before stays until then. @throws the `AbortError` of `signal` */
export async function writeWholeFile(
  path: string,
  parts: AsyncIterable<string>,
  signal: AbortSignal,
): Promise<void> {
  const file = await behindLinks(path);
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

/** As many links in a row as Linux follows. */
const maxLinks = 40;

/** The file that a link leads to, also where that file does not exist yet: the link stays one. */
async function behindLinks(path: string): Promise<string> {
  let file = path;
  for (let followed = 0; followed < maxLinks; followed++) {
    const real = await realpath(file).catch(() => undefined);
    if (real !== undefined) return real;
    const target = await readlink(file).catch(() => undefined);
    if (target === undefined) return file;
    file = resolve(dirname(file), target);
  }
  return file;
}
