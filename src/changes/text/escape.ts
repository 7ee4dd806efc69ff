/**
 * Escapes characters that cannot stand in a line, or are invisible there, as `\u{A0}`: the code point in hexadecimal
 * digits. A backslash that is not followed by `u{` is literal.
 */

/**
 * Control characters, line separators, lone surrogates and the replacement character; white space other than the plain
 * and the ideographic space; all invisible characters and those that change the text direction. Variation selectors are
 * allowed.
 */
const unseen =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\uFFFD\u2800\uFFF9-\uFFFC\u{13441}\u{13442}\u{16FE4}\u{1D159}]|(?![ \u3000])\p{Zs}|(?!\p{Variation_Selector})\p{Default_Ignorable_Code_Point}/gu;

/** Matches the neighbours of joiners in words of the scripts that need them, and in emoji. */
const joined = /[\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}]/u;

/** Returns true if a reader would not see this character of a text, or would see a different one. */
function isUnseen(text: string, at: number, character: string): boolean {
  if (character !== '\u200C' && character !== '\u200D') return true;
  const before = text.slice(Math.max(0, at - 2), at).match(/.$/su)?.[0] ?? '';
  const after = text.slice(at + 1, at + 3).match(/^./su)?.[0] ?? '';
  return !(joined.test(before) && joined.test(after));
}

/** Returns the invisible characters of a text with their places, except white space at its ends. */
export function unseenIn(text: string): readonly { readonly at: number; readonly character: string }[] {
  return [...text.matchAll(unseen)]
    .filter(({ index, 0: character }) => isUnseen(text, index, character))
    .map(({ index, 0: character }) => ({ at: index, character }));
}

const toEscape = (character: string) => `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`;

/**
 * Returns the value as it is written in a line, so that no editor or formatter can remove a part unnoticed. Escaping
 * the outermost white space protects all of it.
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
  /** The place and length of a `\u{` that is not followed by a number. */
  readonly damaged?: { readonly at: number; readonly length: number };
}

/** @param text a text without white space at its ends */
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
