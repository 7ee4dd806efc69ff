/**
 * The file that replaces a saved or discarded draft, so that other windows can distinguish it from a lost
 * file. It holds no personal data.
 */
const mark = 'ended ';

/**
 * @param note a few words that depend on the kind of draft, such as names of fields
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
