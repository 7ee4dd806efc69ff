import { randomBytes } from 'node:crypto';
import { open, readlink, realpath, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/**
 * Writes a file completely or not at all. An existing file stays unchanged until then.
 * @throws the `AbortError` of `signal`
 */
export async function writeWholeFile(
  path: string,
  parts: AsyncIterable<string>,
  signal: AbortSignal,
): Promise<void> {
  const file = await behindLinks(path);
  const beside = join(dirname(file), `.ctrl-hub-${randomBytes(8).toString('hex')}.tmp`);
  // The file contains personal data, so only the current user may read it.
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

/** The limit of Linux for consecutive symbolic links. */
const maxLinks = 40;

/** Follows symbolic links to the file, which may not exist yet, so that the links are kept. */
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

// Characters that an operating system forbids or interprets, and invisible ones.
const unfit = /[/\\:*?"<>|]|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
/** Device names of Windows, even with an extension or with spaces before the dot. */
const reserved = /^(con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])\s*(\..*)?$/i;
/** Characters of up to four bytes each: a file name may have 255 bytes. */
const maxLength = 50;

/** Makes a file name of foreign text that is valid on every operating system. */
export function toFileName(text: string, fallback: string): string {
  const ends = /^[\s.~-]+|[\s.]+$/g;
  const clean = text.slice(0, 1_000).replace(unfit, ' ').replace(/\s+/g, ' ').replace(ends, '');
  const name = [...clean].slice(0, maxLength).join('').replace(ends, '');
  return name === '' || reserved.test(name) ? fallback : name;
}
