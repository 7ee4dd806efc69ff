/**
 * The file that replaces a saved or discarded draft, so that other windows can distinguish it from a lost
 * file. It holds no personal data.
 */
const mark = 'ended ';

/**
 * @param note a few words that depend on the kind of draft, such as names of fields
 * @param lineage see `newLineage`
 */
export const formatEnding = (note: string, lineage?: string) =>
  `${mark}${note}${lineage === undefined ? '' : ` #${lineage}`}`;

/** @returns undefined for any other text */
export function parseEnding(text: string): { readonly note: string; readonly lineage?: string } | undefined {
  if (!text.startsWith(mark)) return undefined;
  const [, note = '', lineage] = /^(.*?)(?: #(\w+))?$/s.exec(text.slice(mark.length)) ?? [];
  return lineage === undefined ? { note } : { note, lineage };
}
