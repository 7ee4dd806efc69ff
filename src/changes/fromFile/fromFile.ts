/** Reads a table from a file, with the user. This bundle is loaded at the first update from a file. */
import { makeDrafts } from './makeDrafts';
import { readUpdate } from './readUpdate';

export const fromFile = { makeDrafts, readUpdate } as const;
