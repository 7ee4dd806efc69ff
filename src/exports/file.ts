/** Names of exported files. */

// Characters that an operating system forbids or interprets, and invisible ones.
const unfit = /[/\\:*?"<>|]|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
/** Device names of Windows, even with an extension or with spaces before the dot. */
const reserved = /^(con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])\s*(\..*)?$/i;
/** Characters of up to four bytes each: a file name may have 255 bytes. */
const maxLength = 50;

/** Makes a file name of foreign text that is valid on every operating system. */
export function toFileName(text: string, fallback: string): string {
  const ends = /^[\s.~-]+|[\s.]+$/g;
  const clean = text.slice(0, 1_000).replace(unfit, ' ').replace(/\s+/g, ' ').replace(ends, '');
  const name = [...clean].slice(0, maxLength).join('').replace(ends, '');
  return name === '' || reserved.test(name) ? fallback : name;
}
