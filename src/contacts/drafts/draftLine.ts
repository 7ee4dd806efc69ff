/**
 * A mark of the succession that a stored draft belongs to. A new one begins where a window finds nothing on the
 * disk, or nothing that can be read: what is written then does not go on from what other windows remember, so a
 * text that it lacks was not removed.
 */
import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { parseWith } from '../../base/parseWith';

export const newLine = (): string => randomUUID().slice(0, 8);

export const withLine = (text: string, line: string | undefined): string =>
  line === undefined ? text : JSON.stringify({ ...JSON.parse(text), line });

const marked = z.lazy(() => z.object({ line: z.string() }));

/** @param text of a draft that can be read. Older versions stored no mark. */
export function lineOf(text: string): string | undefined {
  return parseWith(marked, JSON.parse(text))?.line;
}
