/** Asks for a file, and reads its bytes. */
import * as vscode from 'vscode';
import { toLine } from '../../base/text';
import { defaultFolder } from '../../platform/dialogs/defaultFolder';
import { formatNumber } from '../../platform/text/plural';
import { detectForm } from '../file/decode';
import type { FileForm } from '../file/fileUpdate';
import { maxBytes, problemOf, readTable, type TableProblem } from '../file/table';

const { t } = vscode.l10n;

export interface OpenFile {
  readonly uri: vscode.Uri;
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly form: FileForm;
}

/**
 * Asks for another file until one can be read.
 * @returns undefined if the user cancels
 */
export async function openTable(title: string, last?: vscode.Uri): Promise<OpenFile | undefined> {
  let at = last ?? defaultFolder();
  for (;;) {
    const [uri] =
      (await vscode.window.showOpenDialog({
        title,
        defaultUri: at,
        canSelectMany: false,
        filters: { CSV: ['csv', 'tsv', 'txt'], [t('All files')]: ['*'] },
        openLabel: t('Read'),
      })) ?? [];
    if (uri === undefined) return undefined;
    at = uri;
    const name = toLine(uri.path.slice(uri.path.lastIndexOf('/') + 1));
    const file = await read(uri);
    if (typeof file !== 'string') return { uri, name, ...file };
    const another = t('Choose Another File');
    if ((await vscode.window.showWarningMessage(file, another)) !== another) return undefined;
  }
}

/** @returns a message if the file is no table */
async function read(uri: vscode.Uri): Promise<Pick<OpenFile, 'bytes' | 'form'> | string> {
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > maxBytes) return tooLarge();
    const bytes = await vscode.workspace.fs.readFile(uri);
    if (bytes.length > maxBytes) return tooLarge();
    const form = detectForm(bytes);
    const problem = problemOf(bytes, form);
    if (problem) return problemText(problem);
    const rows = readTable(bytes, form);
    return typeof rows === 'string' ? problemText(rows) : { bytes, form };
  } catch {
    return t('The file could not be read. Check that it exists and that no other program has locked it.');
  }
}

const tooLarge = () =>
  t(
    'The file is larger than {0} MB. Save the rows and columns that changed as a CSV file of their own.',
    formatNumber(maxBytes / 1_000_000),
  );

export function problemText(problem: TableProblem): string {
  switch (problem) {
    case 'empty':
      return t('The file is empty.');
    case 'workbook':
      return t(
        'This is a workbook of a spreadsheet program and no CSV file, whatever its name says. Open it there, save the sheet as “CSV UTF-8”, and choose that file.',
      );
    case 'binary':
      return t(
        'This is no text file. Save the table as “CSV UTF-8” where it comes from, and choose that file.',
      );
    case 'openQuote':
      return t(
        'The file cannot be read as CSV: a quotation mark is not closed. Save it again with the program that wrote it.',
      );
    case 'noRows':
      return t('The file has no rows below its first row, which holds the names of the columns.');
  }
}
