/**
 * What stands on the disk in place of a draft that a window saved or discarded, so that other windows can tell
 * that from a file that vanished. It holds no personal data.
 */
const mark = 'ended ';

/** @param note a kind's own few words, such as names of fields */
export const formatEnding = (note: string) => `${mark}${note}`;

/** @returns the note, or undefined for any other text */
export const parseEnding = (text: string) => (text.startsWith(mark) ? text.slice(mark.length) : undefined);
