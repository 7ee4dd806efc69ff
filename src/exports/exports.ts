/** Exports contacts as files for other programs. This bundle is loaded at the first export. */
import { yieldToEventLoop } from '../base/abort';
import { toJsonText } from '../base/exactNumbers';
import { csvHeader, csvRows, otherColumns } from './csv';
import type { Exported, ExportFormat } from './exported';
import { toVcard } from './vcard';

export { toCurl } from './curl';
export { toFileName } from './file';

/** The number of contacts to write before yielding to the event loop. */
const slice = 500;

/**
 * Yields the text of the file in parts.
 * @throws the `AbortError` of `signal`
 */
export async function* exportContacts(
  format: ExportFormat,
  contacts: readonly Exported[],
  signal: AbortSignal,
): AsyncGenerator<string> {
  const write = writerOf(format, contacts);
  yield write.begin;
  for (let from = 0; from < contacts.length; from += slice) {
    yield write.rows(contacts.slice(from, from + slice), from);
    await yieldToEventLoop();
    signal.throwIfAborted();
  }
  yield write.end;
}

interface Writer {
  readonly begin: string;
  rows(contacts: readonly Exported[], from: number): string;
  readonly end: string;
}

function writerOf(format: ExportFormat, contacts: readonly Exported[]): Writer {
  switch (format) {
    case 'vcard4':
      return vcards('4.0');
    case 'vcard3':
      return vcards('3.0');
    case 'json':
      return { begin: '[', rows: jsonRows, end: contacts.length === 0 ? ']\n' : '\n]\n' };
    case 'csv':
    case 'semicolonCsv':
    case 'rawCsv': {
      const form = csvForms[format];
      const columns = otherColumns(contacts);
      // Spreadsheets recognise UTF-8 by the byte order mark. Other programs would read it as a part of the
      // first column name.
      const begin = (form === 'raw' ? '' : '\uFEFF') + csvHeader(columns, form);
      return { begin, rows: (rows) => csvRows(rows, columns, form), end: '' };
    }
  }
}

const csvForms = { csv: 'comma', semicolonCsv: 'semicolon', rawCsv: 'raw' } as const;

const vcards = (version: '3.0' | '4.0'): Writer => ({
  begin: '',
  rows: (contacts) => contacts.map((one) => toVcard(one, version)).join(''),
  end: '',
});

/** Writes the items of one array without its brackets, so that parts can follow each other. */
function jsonRows(contacts: readonly Exported[], from: number): string {
  const items = contacts.map(({ resource, organisationId: id, organisationType: type }) => {
    if (type === undefined) return resource;
    return { ...resource, relationships: { organisation: { data: { type, id } } } };
  });
  return (from > 0 ? ',' : '') + toJsonText(items, 2).slice(1, -2);
}
