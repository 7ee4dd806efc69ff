/** One file on a disk, whole or not at all. */
import type { Disk } from './disk';

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
