/** A file's name from somebody else's text, the same on every system. */
// What a system forbids or gives a meaning, and what can't be seen.
const unfit = /[/\\:*?"<>|]|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
/** Windows knows these as devices, whatever comes after a dot, or after spaces before it. */
const reserved = /^(con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])\s*(\..*)?$/i;
/** Characters, of four octets at most: a name may have 255 octets. */
const longest = 50;

export function toFileName(text: string, fallback: string): string {
  const ends = /^[\s.~-]+|[\s.]+$/g;
  const clean = text.slice(0, 1_000).replace(unfit, ' ').replace(/\s+/g, ' ').replace(ends, '');
  const name = [...clean].slice(0, longest).join('').replace(ends, '');
  return name === '' || reserved.test(name) ? fallback : name;
}
