/** Characters and white space that nobody sees, and the text without them. */
import { unseenIn } from '../text/escape';

export type UnseenKind = 'unseen' | 'spaces';

/** `spaces` is white space at the ends or doubled, `unseen` anything else that cannot be seen. */
export function unseenKind(text: string): UnseenKind | undefined {
  const inner = text.trim();
  if (unseenIn(inner).length > 0) return 'unseen';
  return inner !== text || /\s\s/.test(text) ? 'spaces' : undefined;
}

/** White space becomes one plain space, and none at the ends. What stands for a lost character stays. */
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
