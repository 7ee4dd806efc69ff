/** CSV by RFC 4180: a header, commas, CRLF, and every value in quotes. */
import { stringify } from 'csv-stringify/sync';
import type { Resource } from '../api/document';
import { isExactNumber } from '../base/exactNumbers';
import { fieldNames, isFieldName, textOf } from '../contacts/contact';
import type { Exported } from './exported';
import { withoutFormulas } from './formulas';

/** More columns than any spreadsheet is good for: JSON has everything. */
const mostColumns = 500;
const own = ['organisation_id', 'organisation', 'id', ...fieldNames] as const;

/** The attributes that a cell can hold and that are no column of ours, in the order they come. */
export function otherColumns(contacts: readonly Exported[]): readonly string[] {
  const names = new Set<string>();
  for (const { resource } of contacts) {
    for (const [name, value] of Object.entries(resource.attributes ?? {}))
      if (!isFieldName(name) && isScalar(value) && names.size < mostColumns) names.add(name);
  }
  return [...names];
}

/** An attribute that could be taken for another column says where it is from. */
export function csvHeader(columns: readonly string[], raw: boolean): string {
  const isOurs = (name: string) => own.some((mine) => mine === name) || name.startsWith('attributes.');
  const names = columns.map((name) => (isOurs(name) ? `attributes.${name}` : name));
  return toCsv([[...own, ...names]], raw);
}

export function csvRows(contacts: readonly Exported[], columns: readonly string[], raw: boolean): string {
  return toCsv(
    contacts.map(({ resource, organisation, organisationId }) => [
      organisationId,
      organisation,
      resource.id,
      ...fieldNames.map((name) => textOf(resource, name)),
      ...columns.map((name) => cell(resource, name)),
    ]),
    raw,
  );
}

const toCsv = (rows: readonly (readonly string[])[], raw: boolean) =>
  stringify(rows as string[][], {
    quoted: true,
    quoted_empty: true,
    record_delimiter: 'windows',
    // Stricter than its own escape_formulas: see there.
    cast: { string: (value) => (raw ? value : withoutFormulas(value)) },
  });

const isScalar = (value: unknown) =>
  ['string', 'number', 'boolean'].includes(typeof value) || isExactNumber(value);

function cell({ attributes }: Resource, name: string): string {
  const value = attributes && Object.hasOwn(attributes, name) ? attributes[name] : undefined;
  return isScalar(value) ? String(value) : '';
}
