import { pattern } from './lazy';

/**
 * The longest text, in characters, of a row, a title or a message. The panel's fields show the whole text.
 */
const maxLength = 200;

// Control characters (including the ANSI escape), line separators, characters without width that join no
// letters, bidirectional overrides, and lone surrogates. Marks that right-to-left names need are kept.
const unseen = pattern(
  '[\\p{Cc}\\p{Zl}\\p{Zp}\\u180E\\u200B\\u2060-\\u2064\\u202A-\\u202E\\u2066-\\u2069\\uFEFF]|\\p{Cs}',
  'gu',
);

// Excludes characters that are drawn as nothing: also the braille blank, interlinear annotation marks, the
// object replacement character, and blanks of Egyptian, Khitan and musical notation.
const visible = pattern(
  '[^\\p{White_Space}\\p{Default_Ignorable_Code_Point}\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\u2800\\uFFF9-\\uFFFC\\u{13441}\\u{13442}\\u{16FE4}\\u{1D159}]',
  'u',
);

// Most texts are plain: then the patterns above need not be made, which takes milliseconds at the first row.
const plainCharacter = /[!-~]/;
const plainText = /^[ -~]*$/;

/** Returns true if a text shows anything: a zero-width space or a Hangul filler alone is invisible. */
export const isVisible = (text: string): boolean => plainCharacter.test(text) || visible().test(text);

/**
 * Makes one line of foreign text, fit for a label, a title or a part of a message. Invisible characters
 * become spaces, so that a text cannot look like another one.
 */
export function toLine(text: string, max = maxLength): string {
  const start = text.trimStart().slice(0, max * 4);
  const seen = plainText.test(start) ? start : start.replace(unseen(), ' ');
  const line = seen.replace(/\s+/g, ' ').trim();
  return line.length > max ? `${[...line].slice(0, max - 1).join('')}…` : line;
}

/** Half of a character that was cut. */
const halfAtEnd = pattern('\\p{Cs}$', 'u');

/** Cuts a long text of the server at `max` characters. The fields of a form show their whole text. */
export function clip(text: string, max: number): string {
  return text.length > max ? `${text.slice(0, max).replace(halfAtEnd(), '')}…` : text;
}

/** The first eight characters of an ID: enough to tell two records apart. */
export function shortId(id: string): string {
  return toLine(id).slice(0, 8);
}

const rightToLeft = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/;

/** Isolates right-to-left text, so that it does not reorder the text beside it. */
export function isolated(text: string): string {
  return rightToLeft.test(text) ? `\u2068${text}\u2069` : text;
}
