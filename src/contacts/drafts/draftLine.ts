/**
 * The mark of a stored draft's lineage. A new lineage begins when a window finds no file, or an unreadable
 * one. The new file does not continue the drafts that other windows remember, so a text that it lacks was not
 * removed.
 */
import { randomUUID } from 'node:crypto';

export const newLine = (): string => randomUUID().slice(0, 8);

export const withLine = (text: string, line: string | undefined): string =>
  line === undefined ? text : JSON.stringify({ ...JSON.parse(text), line });

/** @param text a readable draft; older versions stored no mark */
export function lineOf(text: string): string | undefined {
  const { line } = JSON.parse(text) as { readonly line?: unknown };
  return typeof line === 'string' ? line : undefined;
}
