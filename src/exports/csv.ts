/**
 * Writes CSV (RFC 4180) with a header, CRLF, every value in quotes, and the separator that spreadsheets
 * expect.
 */
import { stringify } from 'csv-stringify/sync';
import type { Resource } from '../api/http/document';
import { type ExactNumber, isExactNumber } from '../base/exactNumbers';
import { asSpreadsheetText, isShortInteger } from '../base/spreadsheetText';
import { fieldNames, isFieldName, textOf } from '../contacts/model/contact';
import type { Exported } from './exported';

/** The maximum number of columns, more than a spreadsheet can use. The JSON export has all attributes. */
const maxColumns = 500;
const own = ['organisation_id', 'organisation', 'id', ...fieldNames] as const;

/** Returns the names of further attributes with scalar values, in the order in which they occur. */
export function otherColumns(contacts: readonly Exported[]): readonly string[] {
  const names = new Set<string>();
  for (const { resource } of contacts) {
    for (const [name, value] of Object.entries(resource.attributes ?? {}))
      if (!isFieldName(name) && isScalar(value) && names.size < maxColumns) names.add(name);
  }
  return [...names];
}

/** The target of a file: programs (`raw`), or spreadsheets with this separator and their decimal mark. */
export type CsvForm = 'raw' | 'comma' | 'semicolon';

/** Prefixes an attribute with `attributes.` if its name equals one of our columns. */
export function csvHeader(columns: readonly string[], form: CsvForm): string {
  const isOurs = (name: string) => own.some((mine) => mine === name) || name.startsWith('attributes.');
  const names = columns.map((name) => (isOurs(name) ? `attributes.${name}` : name));
  return toCsv([[...own, ...names]], form);
}

export function csvRows(contacts: readonly Exported[], columns: readonly string[], form: CsvForm): string {
  return toCsv(
    contacts.map(({ resource, organisation, organisationId }) => [
      organisationId,
      organisation,
      resource.id,
      ...fieldNames.map((name) => textOf(resource, name)),
      ...columns.map((name) => attributeOf(resource, name)),
    ]),
    form,
  );
}

type Value = string | number | boolean | ExactNumber;

const toCsv = (rows: readonly (readonly Value[])[], form: CsvForm) =>
  stringify(
    rows.map((row) => row.map((value) => toCell(value, form))),
    {
      quoted: true,
      quoted_empty: true,
      delimiter: form === 'semicolon' ? ';' : ',',
      record_delimiter: 'windows',
    },
  );

function toCell(value: Value, form: CsvForm): string {
  const text = String(value);
  if (form === 'raw' || typeof value === 'boolean') return text;
  if (typeof value !== 'number') return asSpreadsheetText(text);
  if (Number.isInteger(value)) return isShortInteger(text) ? text : asSpreadsheetText(text);
  return form === 'semicolon' ? text.replace('.', ',') : text;
}

const isScalar = (value: unknown): value is Value =>
  ['string', 'number', 'boolean'].includes(typeof value) || isExactNumber(value);

function attributeOf({ attributes }: Resource, name: string): Value {
  const value = attributes && Object.hasOwn(attributes, name) ? attributes[name] : undefined;
  return isScalar(value) ? value : '';
}
