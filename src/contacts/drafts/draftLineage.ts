/**
 * The mark of a stored draft's lineage. A new lineage begins when a window finds no file, or an unreadable
 * one. The new file does not continue the drafts that other windows remember, so a text that it lacks was not
 * removed.
 */
import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { parseWith } from '../../base/parseWith';

export const newLineage = (): string => randomUUID().slice(0, 8);

export const withLineage = (text: string, lineage: string | undefined): string =>
  lineage === undefined ? text : JSON.stringify({ ...JSON.parse(text), line: lineage });

const marked = z.lazy(() => z.object({ line: z.string() }));

/** @param text a readable draft; older versions stored no mark */
export function lineageOf(text: string): string | undefined {
  return parseWith(marked, JSON.parse(text))?.line;
}
