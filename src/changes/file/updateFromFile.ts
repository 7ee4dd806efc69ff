/** Matches the rows of a file to contacts. Pure. Uncertain rows are listed, and no contact is created. */
import type { ContactRef } from '../../api/contacts';
import { fieldNames, isFieldName, keyOf, type Values } from '../../contacts/model/contact';
import type { FieldName } from '../../protocol/fields';
import { damageOf, isSameCell, withoutApostrophe } from './cells';
import { changingFields, keyOfColumns } from './columns';
import type { Column, Damage, FileUpdate, MatchedRow, RowProblem } from './fileUpdate';

export interface FileContact {
  readonly ref: ContactRef;
  /** The contact's values, including unsaved edits. */
  readonly values: Values;
}

export interface FileOptions {
  /** True if an empty cell clears the field; otherwise the field stays as it is. */
  readonly emptyMeansEmpty: boolean;
  /** The damaged numbers to repair if possible, as `row field`: see `damageKey`. */
  readonly repaired: ReadonlySet<string>;
}

const damageKey = ({ row, field }: Pick<Damage, 'row' | 'field'>) => `${row} ${field}`;

/** @param rows all rows, including the header; @param contacts all contacts that rows can match */
export function updateFromFile(
  [header = [], ...rows]: readonly (readonly string[])[],
  columns: readonly Column[],
  contacts: readonly FileContact[],
  { emptyMeansEmpty, repaired }: FileOptions,
): FileUpdate {
  const find = finder(columns, contacts);
  const fields = changingFields(columns);
  const matched: MatchedRow[] = [];
  const problems: { row: number; problem: RowProblem }[] = [];
  const damages: Damage[] = [];
  const found = new Map<string, number[]>();
  const whole: { row: number; cells: readonly string[]; contact: FileContact }[] = [];
  for (const [n, cells] of rows.entries()) {
    const row = n + 2;
    if (cells.every((cell) => cell.trim() === '')) continue;
    if (cells.length !== header.length) problems.push({ row, problem: 'unreadable' });
    else {
      const contact = find(cells);
      if (typeof contact === 'string') problems.push({ row, problem: contact });
      else {
        const key = keyOf(contact.ref);
        found.set(key, [...(found.get(key) ?? []), row]);
        whole.push({ row, cells, contact });
      }
    }
  }
  for (const { row, cells, contact } of whole) {
    // Two rows match one contact, and neither can be preferred.
    if ((found.get(keyOf(contact.ref)) ?? []).length > 1) {
      problems.push({ row, problem: 'doubled' });
      continue;
    }
    const values: Partial<Record<FieldName, string>> = {};
    for (const field of fields) {
      const cell = cells[columns.findIndex(({ use }) => use === field)] ?? '';
      const now = contact.values[field];
      if (cell === now || isSameCell(cell, now)) continue;
      const value = withoutApostrophe(cell);
      if (value.trim() === '') {
        if (emptyMeansEmpty && now !== '') values[field] = '';
        continue;
      }
      if (isSameCell(value, now)) continue;
      const damage = damageOf(row, field, value, now);
      if (damage === undefined) values[field] = value.replace(/\r\n?/g, '\n').trim();
      else {
        damages.push(damage);
        const isRepaired = damage.repaired !== undefined && repaired.has(damageKey(damage));
        if (isRepaired && damage.repaired !== now) values[field] = damage.repaired ?? '';
      }
    }
    if (fieldNames.some((field) => values[field] !== undefined))
      matched.push({ row, ref: contact.ref, values });
  }
  problems.sort((a, b) => a.row - b.row);
  return { columns, matched, problems, damages };
}

function finder(columns: readonly Column[], contacts: readonly FileContact[]) {
  const key = keyOfColumns(columns);
  const at = (use: Column['use']) => columns.findIndex((column) => column.use === use);
  const [keyAt, organisationAt] = [key === undefined ? -1 : at(key), at('organisationId')];
  const byKey = new Map<string, FileContact[]>();
  const keyText = (text: string) =>
    key !== undefined && isFieldName(key)
      ? text.normalize('NFC').trim().toLowerCase()
      : text.trim().toLowerCase();
  for (const contact of contacts) {
    const text = keyText(key === 'email' ? contact.values.email : contact.ref.contactId);
    byKey.set(text, [...(byKey.get(text) ?? []), contact]);
  }
  return (cells: readonly string[]): FileContact | RowProblem => {
    const text = keyText(withoutApostrophe(cells[keyAt] ?? ''));
    if (text === '') return 'noKey';
    const organisation = organisationAt < 0 ? '' : withoutApostrophe(cells[organisationAt] ?? '').trim();
    const found = (byKey.get(text) ?? []).filter(
      ({ ref }) => organisation === '' || ref.organisationId.toLowerCase() === organisation.toLowerCase(),
    );
    const [only, ...others] = found;
    if (only === undefined) return 'noMatch';
    return others.length > 0 ? 'ambiguous' : only;
  };
}
