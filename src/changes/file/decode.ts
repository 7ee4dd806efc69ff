/** Decodes the bytes of a file, and detects its delimiter. */
import { parse } from 'csv-parse/sync';
import { fromCodePage, isCodePage } from '../../base/codePages';
import { columnUse } from './columns';
import { type Delimiter, delimiters, type Encoding, type FileForm } from './fileUpdate';

export const decode = (bytes: Uint8Array, encoding: Encoding): string =>
  isCodePage(encoding) ? fromCodePage(bytes, encoding) : new TextDecoder(encoding).decode(bytes);

/** Detects the encoding and delimiter of a file; `doubtful` lists the parts that the user should confirm. */
export function detectForm(bytes: Uint8Array): FileForm {
  const { encoding, isDoubtful } = detectEncoding(bytes);
  const found = detectDelimiter(decode(bytes, encoding));
  return {
    encoding,
    delimiter: found.delimiter,
    doubtful: [
      ...(isDoubtful ? (['encoding'] as const) : []),
      ...(found.isDoubtful ? (['delimiter'] as const) : []),
    ],
  };
}

/** The number of bytes that are examined if the file has no byte order mark. */
const sample = 4_096;

function detectEncoding(bytes: Uint8Array): { readonly encoding: Encoding; readonly isDoubtful: boolean } {
  const certain = (encoding: Encoding) => ({ encoding, isDoubtful: false });
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return certain('utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return certain('utf-16be');
  // In UTF-16, every other byte of Latin text is zero.
  const zeros = [0, 0];
  for (const [n, byte] of bytes.subarray(0, sample).entries())
    if (byte === 0) zeros[n % 2] = (zeros[n % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const quarter = Math.min(bytes.length, sample) / 4;
  if (odd > quarter && even === 0) return certain('utf-16le');
  if (even > quarter && odd === 0) return certain('utf-16be');
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { encoding: 'utf-8', isDoubtful: even + odd > 0 };
  } catch {
    // Letters and usual punctuation of Western Europe. Any other character suggests another code page.
    const text = decode(bytes, 'windows-1252');
    return {
      encoding: 'windows-1252',
      isDoubtful:
        // ä, é, ö, ü, ß, í, ñ of old Macs are Š, Ž, š, Ÿ, §, ’, – here.
        /(?<=\p{L})[ŠŽŸ§–—“”](?=\p{Ll})|[ŠŽŸ§](?!\p{L})(?<=\p{Ll}.)|(?<=\p{L})š(?=\p{Ll})/u.test(text) ||
        /[^\0-\x7f\xa0\xc0-\xd6\xd8-\xf6\xf8-\xff€‘’“”–—œŒŠšŽžŸ«»°§]/.test(text),
    };
  }
}

/** The number of rows that are examined. */
const sampleRows = 20;

/** Excel's own first line, which declares the delimiter. */
const separatorLine = /^\uFEFF?sep=(.)\r?\n/i;

function detectDelimiter(text: string): { readonly delimiter: Delimiter; readonly isDoubtful: boolean } {
  const declared = delimiters.find((one) => one === separatorLine.exec(text)?.[1]);
  if (declared) return { delimiter: declared, isDoubtful: false };
  const scores = delimiters
    .map((delimiter) => ({ delimiter, score: scoreOf(text, delimiter) }))
    .sort((a, b) => b.score - a.score);
  const [best, next] = scores;
  return {
    delimiter: best?.delimiter ?? ',',
    isDoubtful: best !== undefined && best.score > 0 && best.score === next?.score,
  };
}

/** Known columns count most, followed by rows with the same number of cells as the header. */
function scoreOf(text: string, delimiter: Delimiter): number {
  try {
    const [header = [], ...rows] = readRows(text, delimiter, sampleRows);
    if (header.length < 2) return 0;
    const known = header.filter((name) => columnUse(name) !== 'ignored').length;
    const even = rows.filter((row) => row.length === header.length).length;
    return known * 1_000 + even + (even === rows.length ? 100 : 0) + header.length;
  } catch {
    return 0;
  }
}

/** Starts with a quotation mark and goes on in the next line, as when a quotation mark is not closed. */
const isOpenQuote = (cell: string) => /^"[\s\S]*[\r\n]/.test(cell);

/**
 * Returns all rows, including the header, without empty rows at the end. Quotation marks within a cell are kept.
 * @throws CsvError if a quotation mark is not closed
 */
export function readRows(
  text: string,
  delimiter: Delimiter,
  maxRows?: number,
): readonly (readonly string[])[] {
  const read = (isRelaxed: boolean): readonly (readonly string[])[] =>
    parse(text.replace(separatorLine, ''), {
      bom: true,
      delimiter,
      // A file that programs on several systems wrote has several of them.
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: isRelaxed,
      skip_empty_lines: false,
      ...(maxRows === undefined ? {} : { to: maxRows }),
    });
  try {
    return read(false);
  } catch (error) {
    const rows = read(true);
    // Such a cell has the text of other rows.
    if (rows.some((row) => row.some(isOpenQuote))) throw error;
    return rows;
  }
}
