/**
 * The `dir` of a field. Browsers scan the whole text for `auto`, which takes seconds for a million
 * characters.
 */
export const directionOf = (text: string) => (text.length > 10_000 ? undefined : 'auto');

/** As a field of one line shows a text. A browser would drop the line breaks, and join two words or two numbers. */
export const oneLine = (text: string) => text.replace(/\r\n|[\r\n]/g, ' ');

export const maxLength = { title: 400, line: 500, value: 4000 } as const;
