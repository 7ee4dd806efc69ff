/** Shortens a very long text of the server; values of fields are never shortened. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  // A cut within a surrogate pair would show a broken character.
  const last = text.charCodeAt(max - 1);
  return `${text.slice(0, last >= 0xd800 && last < 0xdc00 ? max - 1 : max)}…`;
}

/**
 * The `dir` of a field. Browsers scan the whole text for `auto`, which takes seconds for a million
 * characters.
 */
export const directionOf = (text: string) => (text.length > 10_000 ? undefined : 'auto');

export function fill(pattern: string, value: string): string {
  return pattern.split('{0}').join(value);
}

export const maxLength = { title: 400, line: 500, value: 4000 } as const;
