/**
 * Characters that cannot stand in a line, or cannot be seen there, are written as `\u{A0}`: the number of the
 * code point in hexadecimal digits. A backslash that is not followed by `u{` stands for itself.
 */

/**
 * Control characters, line separators, lone surrogates and the sign for a lost character; white space other than
 * the plain and the ideographic space; everything that is drawn as nothing or turns the text around it. The
 * selectors of a character's form may stay.
 */
const unseen =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\uFFFD\u2800\uFFF9-\uFFFC\u{13441}\u{13442}\u{16FE4}\u{1D159}]|(?![ \u3000])\p{Zs}|(?!\p{Variation_Selector})\p{Default_Ignorable_Code_Point}/gu;

/** Joiners within words of the scripts that need them, and within emoji. */
const joined = /[\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}]/u;

/** Whether a person would not see this character of a text, or would see something else than it is. */
function isUnseen(text: string, at: number, character: string): boolean {
  if (character !== '\u200C' && character !== '\u200D') return true;
  const before = text.slice(Math.max(0, at - 2), at).match(/.$/su)?.[0] ?? '';
  const after = text.slice(at + 1, at + 3).match(/^./su)?.[0] ?? '';
  return !(joined.test(before) && joined.test(after));
}

/** Where a text has characters that cannot be seen, apart from white space at its ends. */
export function unseenIn(text: string): readonly { readonly at: number; readonly character: string }[] {
  return [...text.matchAll(unseen)]
    .filter(({ index, 0: character }) => isUnseen(text, index, character))
    .map(({ index, 0: character }) => ({ at: index, character }));
}

const toEscape = (character: string) => `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`;

/**
 * The value as it stands in a line: nothing that an editor or a formatter may take away without a sign. White space
 * at an end is kept by what is outermost of it.
 */
export function escapeValue(value: string): string {
  const inner = value
    .replace(/\\(?=u\{)/g, toEscape)
    .replace(unseen, (character, at: number, whole: string) =>
      isUnseen(whole, at, character) ? toEscape(character) : character,
    );
  return inner.replace(/^\s|\s$/g, toEscape);
}

export interface Unescaped {
  readonly value: string;
  /** Where `\u{` has no number behind it: the place in the text, and how many characters. */
  readonly damaged?: { readonly at: number; readonly length: number };
}

/** @param text without white space at its ends */
export function unescapeValue(text: string): Unescaped {
  if (!text.includes('\\u{')) return { value: text };
  let damaged: Unescaped['damaged'];
  const value = text.replace(
    /\\u\{([0-9a-fA-F]{1,6}\})?/g,
    (found, digits: string | undefined, at: number) => {
      const code = digits === undefined ? Number.NaN : Number.parseInt(digits, 16);
      if (code <= 0x10ffff) return String.fromCodePoint(code);
      damaged ??= { at, length: found.length };
      return found;
    },
  );
  return damaged ? { value, damaged } : { value };
}
