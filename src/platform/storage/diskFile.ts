/** One file on a disk, whole or not at all. */
import { randomBytes } from 'node:crypto';
import type { Disk } from './disk';

/** @returns undefined if the file does not exist */
export async function readIfPresent(file: string, disk: Disk): Promise<Buffer | undefined> {
  try {
    return await disk.read(file);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/**
 * Replaces a file in one step, or creates it. A window that is killed meanwhile leaves a file behind whose name ends in
 * a dot, 12 hexadecimal digits and `.tmp`.
 */
export async function replaceWhole(file: string, text: string, disk: Disk): Promise<void> {
  const making = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await disk.write(making, text);
    await disk.rename(making, file);
  } catch (error) {
    await disk.remove(making).catch(() => undefined);
    throw error;
  }
}

/**
 * Creates a file, whole or not at all: a full disk creates it and refuses its content.
 * @throws `EEXIST` if the file exists
 */
export async function createWhole(file: string, text: string, disk: Disk): Promise<void> {
  try {
    await disk.write(file, text, 'wx');
  } catch (error) {
    const isPartly = async () => text.startsWith((await disk.read(file)).toString());
    if (['ENOSPC', 'EDQUOT', 'EIO'].some((code) => hasCode(error, code)))
      await isPartly().then(
        (is) => (is ? disk.remove(file) : undefined),
        () => undefined,
      );
    throw error;
  }
}

export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
