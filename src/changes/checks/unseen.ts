/** Finds and removes invisible characters and redundant white space. */
import { unseenIn } from '../text/escape';

export type UnseenKind = 'unseen' | 'spaces';

/** `spaces` is white space at the ends or doubled, `unseen` is any other invisible character. */
export function unseenKind(text: string): UnseenKind | undefined {
  const inner = text.trim();
  if (unseenIn(inner).length > 0) return 'unseen';
  return inner !== text || /\s\s/.test(text) ? 'spaces' : undefined;
}

/** Replaces each run of white space with one space, and trims the ends. Keeps the replacement character U+FFFD. */
export function withoutUnseen(text: string): string {
  const found = unseenIn(text);
  let [seen, from] = ['', 0];
  for (const { at, character } of found) {
    seen += text.slice(from, at) + replacement(character);
    from = at + character.length;
  }
  return (seen + text.slice(from)).replace(/[^\S\u3000]+/g, ' ').trim();
}

function replacement(character: string): string {
  if (/\s/.test(character) && character !== '\uFEFF') return ' ';
  return /[\p{Cs}\uFFF9-\uFFFD]/u.test(character) ? character : '';
}
