/** Kinds of text that an API tidies in ways of their own. */
export type TextKind = 'text' | 'email' | 'telephone' | 'moment' | 'yesNo';

/**
 * True if `now` is `sent`, but for how an API tidies it: white space and line ends, the form of accented
 * letters, the case of an email address, the punctuation of a telephone number, the fraction of a second.
 * Ask this only of a value that changed: an old value may differ from what was sent in just these ways.
 */
export function sameFieldValue(kind: TextKind, sent: string, now: string): boolean {
  const [a, b] = [tidy(sent), tidy(now)];
  if (a === b) return true;
  if (kind === 'email') return a.toLowerCase() === b.toLowerCase();
  if (kind === 'telephone') return digits(a) !== '' && digits(a) === digits(b);
  return kind === 'moment' && sameSecond(a, b);
}

/** True if nobody changed a value: the same text, or the same moment written otherwise. */
export function isUnchangedValue(kind: TextKind, before: string, now: string): boolean {
  return before === now || (kind === 'moment' && sameSecond(before, now));
}

const tidy = (text: string) => text.normalize('NFC').replace(/\s+/g, ' ').trim();
const digits = (text: string) => text.replace(/[\s().-]/g, '');
const sameSecond = (one: string, other: string) => Math.abs(Date.parse(one) - Date.parse(other)) < 1000;
