/** The folder of the journal of applied changes. Most windows never load the bundle that reads it. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

export const appliedFolder = (globalStorage: string): string => join(globalStorage, 'applied');

/** Tells if changes were applied on this computer, and not forgotten since. */
export async function hasApplied(globalStorage: string): Promise<boolean> {
  const names = await readdir(appliedFolder(globalStorage)).catch(() => []);
  return names.some((name) => name.endsWith('.json'));
}
