/** Text of the server is shown in part when it is absurdly long; a field's value never is. */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text;
  // A cut between the halves of a surrogate pair would show a broken character.
  const last = text.charCodeAt(most - 1);
  return `${text.slice(0, last >= 0xd800 && last < 0xdc00 ? most - 1 : most)}…`;
}

/** Of a field. The browser looks through all of its text for the direction: at a million characters for seconds. */
export const directionOf = (text: string) => (text.length > 10_000 ? undefined : 'auto');

export function fill(pattern: string, value: string): string {
  return pattern.split('{0}').join(value);
}

export const longest = { title: 400, line: 500, value: 4000 } as const;
