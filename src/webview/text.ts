/**
 * The `dir` of a field. Browsers scan the whole text for `auto`, which takes seconds for a million
 * characters.
 */
export const directionOf = (text: string) => (text.length > 10_000 ? undefined : 'auto');

export function fill(pattern: string, value: string): string {
  return pattern.split('{0}').join(value);
}

export const maxLength = { title: 400, line: 500, value: 4000 } as const;
