/**
 * Code pages of old files: one byte for each character. Several versions of Node.js decode Windows-1252 as Latin-1, so
 * that ’ becomes a control character (https://github.com/nodejs/node/issues/56542); these decoders do not.
 */
import { createSinglebyteDecoder, createSinglebyteEncoder } from '@exodus/bytes/single-byte.js';

export const codePages = [
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'windows-1253',
  'windows-1254',
  'windows-1257',
  'macintosh',
] as const;
export type CodePage = (typeof codePages)[number];

export const isCodePage = (encoding: string): encoding is CodePage =>
  codePages.some((codePage) => codePage === encoding);

/** Bytes without a character become U+FFFD. */
export const fromCodePage = (bytes: Uint8Array, codePage: CodePage): string =>
  createSinglebyteDecoder(codePage, true)(bytes);

/** @returns undefined if the code page does not have all characters of the text */
export function toCodePage(text: string, codePage: CodePage): Uint8Array | undefined {
  try {
    return createSinglebyteEncoder(codePage)(text);
  } catch {
    return undefined;
  }
}
