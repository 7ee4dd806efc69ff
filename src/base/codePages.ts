/**
 * Code pages of old files: one byte for each character. Several versions of Node.js decode Windows-1252 as Latin-1, so
 * that ’ becomes a control character (https://github.com/nodejs/node/issues/56542); these decoders do not.
 */
import { createSinglebyteDecoder } from '@exodus/bytes/single-byte.js';

export const codePages = [
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'windows-1257',
  'macintosh',
  'ibm437',
  'ibm850',
  'ibm852',
] as const;
export type CodePage = (typeof codePages)[number];

/**
 * The upper halves of the code pages in which Excel writes "CSV (MS-DOS)": in the USA, in Western and in Central Europe.
 * The encoding standard of the web does not have them.
 */
const dos: Readonly<Partial<Record<CodePage, string>>> = {
  ibm437:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\xa0',
  ibm850:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\xad±‗¾¶§÷¸°¨·¹³²■\xa0',
  ibm852:
    'ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\xad˝˛ˇ˘§÷¸°¨˙űŘř■\xa0',
};
export const isCodePage = (encoding: string): encoding is CodePage =>
  codePages.some((codePage) => codePage === encoding);

/** Bytes without a character become U+FFFD. */
export function fromCodePage(bytes: Uint8Array, codePage: CodePage): string {
  const upper = dos[codePage];
  if (upper === undefined) return createSinglebyteDecoder(codePage, true)(bytes);
  const text = createSinglebyteDecoder('iso-8859-1')(bytes);
  return text.replace(/[\x80-\xff]/g, (byte) => upper[byte.charCodeAt(0) - 0x80] ?? '');
}
