/** Writes text in a code page, to find out what a program read in a wrong one. */
import { type CodePage, fromCodePage } from '../../base/codePages';

/** The bytes of the characters of each code page that was needed. */
const encoders = new Map<CodePage, ReadonlyMap<string, number>>();

function encoderOf(codePage: CodePage): ReadonlyMap<string, number> {
  const known = encoders.get(codePage);
  if (known) return known;
  const text = fromCodePage(
    Uint8Array.from({ length: 256 }, (_, n) => n),
    codePage,
  );
  const bytes = new Map(Array.from(text, (character, byte) => [character, byte] as const));
  bytes.delete('\uFFFD');
  encoders.set(codePage, bytes);
  return bytes;
}

/** @returns undefined, at once, if the code page does not have all characters of the text */
export function toCodePage(text: string, codePage: CodePage): Uint8Array | undefined {
  const encoder = encoderOf(codePage);
  const bytes = new Uint8Array(text.length);
  for (let n = 0; n < text.length; n++) {
    const byte = encoder.get(text.charAt(n));
    if (byte === undefined) return undefined;
    bytes[n] = byte;
  }
  return bytes;
}
