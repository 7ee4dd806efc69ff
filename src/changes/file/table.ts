/** Checks whether the bytes of a file can be a table, and reads the table. */
import { CsvError } from 'csv-parse/sync';
import { decode, readRows } from './decode';
import type { FileForm } from './fileUpdate';

/** In bytes: about 100,000 contacts. */
export const maxBytes = 20_000_000;

/**
 * - `empty`: no text; `workbook`: a file of a spreadsheet program, whatever its name says
 * - `binary`: another file that is no text; `openQuote`: a quotation mark is not closed
 * - `noRows`: no rows below the header
 */
export type TableProblem = 'empty' | 'workbook' | 'binary' | 'openQuote' | 'noRows';

/** The first bytes of .xlsx, .ods and .numbers, which are zip files, and of .xls. */
const workbooks = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
];
const pdf = [0x25, 0x50, 0x44, 0x46];

/** The number of bytes that are examined, and the greatest part of control characters in a text. */
const sample = 4_096;
const maxControls = 0.02;

/** Examines the bytes before they are decoded. @param encoding the encoding that was detected */
export function problemOf(bytes: Uint8Array, { encoding }: FileForm): TableProblem | undefined {
  const begins = (first: readonly number[]) => first.every((byte, n) => bytes[n] === byte);
  if (workbooks.some(begins)) return 'workbook';
  if (begins(pdf)) return 'binary';
  // A byte order mark alone is empty, too.
  const text = decode(bytes.subarray(0, sample), encoding);
  if (bytes.length <= sample && text.trim() === '') return 'empty';
  const controls = text.match(/(?![\t\n\v\f\r])\p{Cc}|\uFFFD/gu)?.length ?? 0;
  return text.includes('\0') || controls > text.length * maxControls ? 'binary' : undefined;
}

/** Reads all rows, including the header. */
export function readTable(
  bytes: Uint8Array,
  { encoding, delimiter }: FileForm,
): readonly (readonly string[])[] | TableProblem {
  try {
    const rows = readRows(decode(bytes, encoding), delimiter);
    const isFilled = (row: readonly string[]) => row.some((cell) => cell.trim() !== '');
    return rows.slice(1).some(isFilled) ? rows : 'noRows';
  } catch (error) {
    if (error instanceof CsvError) return 'openQuote';
    throw error;
  }
}
