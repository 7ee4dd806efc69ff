/** Kinds of text that an API normalises in different ways. */
export type TextKind = 'text' | 'email' | 'telephone' | 'timestamp' | 'yesNo';

/**
 * Returns true if `now` equals `sent` except for the API's normalisation: white space and line ends, the form
 * of accented letters, the case of an email address, the punctuation of a telephone number, the fraction of a
 * second. Use this only for a changed value, or use `hasChangedTo`: an old value may differ from the sent one in just
 * these ways.
 */
export function sameFieldValue(kind: TextKind, sent: string, now: string): boolean {
  const [a, b] = [tidy(sent), tidy(now)];
  if (a === b) return true;
  if (kind === 'email') return a.toLowerCase() === b.toLowerCase();
  if (kind === 'telephone') return digits(a) !== '' && digits(a) === digits(b);
  return kind === 'timestamp' && sameSecond(a, b);
}

/** Returns true if the value changed to the sent one, possibly normalised. */
export function hasChangedTo(kind: TextKind, sent: string, before: string | undefined, now: string): boolean {
  return now !== before && sameFieldValue(kind, sent, now);
}

/** Returns true if the API holds the sent value: the very same, or a normalised one that it did not hold before. */
export function holdsSent(kind: TextKind, sent: string, before: string | undefined, now: string): boolean {
  return now === sent || hasChangedTo(kind, sent, before, now);
}

/** Returns true if a value did not change: the same text, or the same time in another notation. */
export function isUnchangedValue(kind: TextKind, before: string, now: string): boolean {
  return before === now || (kind === 'timestamp' && sameSecond(before, now));
}

/** Makes one form of a text that an API may write with other white space and other accents. */
export const tidy = (text: string) => text.normalize('NFC').replace(/\s+/g, ' ').trim();

/** Two contacts have the same email address if this is the same. */
export const emailKey = (email: string) => email.normalize('NFC').trim().toLowerCase();

const digits = (text: string) => text.replace(/[\s().-]/g, '');
const sameSecond = (one: string, other: string) => Math.abs(Date.parse(one) - Date.parse(other)) < 1000;
