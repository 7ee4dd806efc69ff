/**
 * What stands on the disk in place of a draft that a window saved or discarded, so that other windows can tell
 * that from a file that vanished. It holds no personal data.
 */
const mark = 'ended ';

/**
 * @param note a kind's own few words, such as names of fields
 * @param line see `newLine`
 */
export const formatEnding = (note: string, line?: string) =>
  `${mark}${note}${line === undefined ? '' : ` #${line}`}`;

/** @returns undefined for any other text */
export function parseEnding(text: string): { readonly note: string; readonly line?: string } | undefined {
  if (!text.startsWith(mark)) return undefined;
  const [, note = '', line] = /^(.*?)(?: #(\w+))?$/s.exec(text.slice(mark.length)) ?? [];
  return line === undefined ? { note } : { note, line };
}
