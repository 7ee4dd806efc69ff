/** Matches the rows of a file to contacts. Pure. Uncertain rows are listed, and no contact is created. */
import type { ContactRef } from '../../api/contacts';
import { fieldsIn } from '../../contacts/model/byField';
import { keyOf, type Values } from '../../contacts/model/contact';
import { emailKey } from '../../contacts/model/sameValue';
import type { Edits } from '../../contacts/model/update';
import type { FieldName } from '../../protocol/fields';
import {
  damageOf,
  hasLostLetters,
  isFormulaError,
  isMisread,
  isSameCell,
  NumberForms,
  textOfCell,
} from './cells';
import { changingFields, keyOfColumns } from './columns';
import type { Column, Damage, FileUpdate, LeftRow, MatchedRow, RowProblem } from './fileUpdate';

export interface FileContact {
  readonly ref: ContactRef;
  readonly title: string;
  /** The values in Ctrl Hub, as an export writes them. */
  readonly values: Values;
  /** The user's unsaved edits, which a file never replaces. */
  readonly edits: Edits;
}

export interface FileOptions {
  /** True if an empty cell clears the field; otherwise the field stays as it is. */
  readonly emptyMeansEmpty: boolean;
  /** The damaged numbers to repair, by `damageKey`. */
  readonly repaired: ReadonlySet<string>;
  /** Rows that name another organisation are left out. */
  readonly organisationIds: readonly string[];
}

export const damageKey = ({ row, field }: Pick<Damage, 'row' | 'field'>) => `${row} ${field}`;

interface FoundRow {
  readonly row: number;
  readonly cells: readonly string[];
  readonly contact: FileContact;
}

/** @param rows all rows, including the header; @param contacts all contacts that rows can match */
export function updateFromFile(
  [header = [], ...rows]: readonly (readonly string[])[],
  columns: readonly Column[],
  contacts: readonly FileContact[],
  options: FileOptions,
): FileUpdate {
  const find = finder(columns, contacts, options.organisationIds);
  const isWhole = shapeOf(header, columns);
  const describe = describer(columns);
  const found = new Map<string, FoundRow[]>();
  const left: LeftRow[] = [];
  for (const [n, cells] of rows.entries()) {
    const row = n + 2;
    if (cells.every((cell) => cell.trim() === '')) continue;
    const contact = isWhole(cells) ? find(cells) : 'unreadable';
    if (typeof contact === 'string') left.push({ row, reason: contact, text: describe(cells) });
    else {
      const key = keyOf(contact.ref);
      const of = found.get(key) ?? [];
      of.push({ row, cells, contact });
      found.set(key, of);
    }
  }
  const forms = new NumberForms();
  for (const { values } of contacts) forms.add(values.telephone);
  const fields = changingFields(columns).map((field) => ({
    field,
    at: columns.findIndex(({ use }) => use === field),
  }));
  const matched: MatchedRow[] = [];
  const damages: Damage[] = [];
  let unchanged = 0;
  for (const all of found.values()) {
    for (const { row, cells, contact } of all) {
      const { ref, title: text } = contact;
      // Several rows match one contact, and none can be preferred.
      if (all.length > 1) {
        left.push({ row, reason: 'doubled', ref, text });
        continue;
      }
      const values: Partial<Record<FieldName, string>> = {};
      let isLeft = false;
      for (const { field, at } of fields) {
        const result = compare(row, field, cells[at] ?? '', contact, forms, options);
        if (result?.damage) damages.push(result.damage);
        if (result?.value !== undefined) values[field] = result.value;
        else if (result?.reason) {
          left.push({ row, reason: result.reason, ref, text, field, value: (cells[at] ?? '').trim() });
          isLeft = true;
        }
      }
      if (fieldsIn(values).length > 0) matched.push({ row, ref, values });
      else if (!isLeft) unchanged++;
    }
  }
  const byRow = (a: { readonly row: number }, b: { readonly row: number }) => a.row - b.row;
  return { matched: matched.sort(byRow), left: left.sort(byRow), damages: damages.sort(byRow), unchanged };
}

interface Compared {
  readonly value?: string;
  readonly reason?: LeftRow['reason'];
  readonly damage?: Damage;
}

/** Compares a cell with its contact. Returns undefined if there is nothing to change. */
function compare(
  row: number,
  field: FieldName,
  cell: string,
  { title, values, edits }: FileContact,
  forms: NumberForms,
  { emptyMeansEmpty, repaired }: FileOptions,
): Compared | undefined {
  const [now, typed] = [values[field], edits[field]];
  if (cell === now || isSameCell(cell, now)) return undefined;
  const text = textOfCell(cell, now);
  if (isSameCell(text, now)) return undefined;
  const value = text.replace(/\r\n?/g, '\n').trim();
  if (value === '' && !emptyMeansEmpty) return undefined;
  if (hasLostLetters(value, now) || isMisread(value, now)) return { reason: 'letters' };
  if (isFormulaError(value)) return { reason: 'error' };
  const found = damageOf(field, value, now, forms);
  if (found && found.repaired === now) return { reason: 'same' };
  if (typed !== undefined)
    return isSameCell(value, typed) || found?.repaired === typed ? undefined : { reason: 'typed' };
  if (found === undefined) return { value };
  if (found.repaired === undefined) return { reason: 'lost' };
  const damage = { row, title, field, found: found.found, repaired: found.repaired };
  return repaired.has(damageKey(damage)) ? { damage, value: damage.repaired } : { damage, reason: 'damaged' };
}

/**
 * Accepts additional cells if they are empty, and missing ones if their columns are not used: spreadsheets write both.
 */
function shapeOf(header: readonly string[], columns: readonly Column[]) {
  const needed = columns.findLastIndex(({ use }) => use !== 'ignored') + 1;
  return (cells: readonly string[]) =>
    cells.length >= needed && cells.slice(header.length).every((cell) => cell.trim() === '');
}

/** The number of cells that show a reader which row it is. */
const maxCells = 3;
const telling: readonly Column['use'][] = ['first_name', 'last_name', 'email', 'telephone', 'id'];

/** Returns a function that describes a row by its name and address, or by its first cells. */
function describer(columns: readonly Column[]) {
  const own = telling.flatMap((use) => {
    const at = columns.findIndex((column) => column.use === use);
    return at < 0 ? [] : [at];
  });
  return (cells: readonly string[]) => {
    const texts = (all: readonly string[]) =>
      all.map((cell) => textOfCell(cell).trim()).filter((cell) => cell !== '');
    const named = texts(own.map((at) => cells[at] ?? ''));
    return (named.length > 0 ? named : texts(cells)).slice(0, maxCells).join(' · ');
  };
}

function finder(
  columns: readonly Column[],
  contacts: readonly FileContact[],
  organisationIds: readonly string[],
) {
  const key = keyOfColumns(columns);
  const at = (use: Column['use']) => columns.findIndex((column) => column.use === use);
  const [keyAt, organisationAt] = [key === undefined ? -1 : at(key), at('organisationId')];
  const chosen = new Set(organisationIds.map((id) => id.toLowerCase()));
  const keyText = (text: string) => (key === 'email' ? emailKey(text) : text.trim().toLowerCase());
  const byKey = new Map<string, FileContact[]>();
  for (const contact of contacts) {
    const { values, edits, ref } = contact;
    // A file may have the address in Ctrl Hub, or the one that the user typed since.
    const all = key === 'email' ? [values.email, edits.email ?? values.email] : [ref.contactId];
    for (const text of new Set(all.map(keyText))) {
      if (text === '') continue;
      const same = byKey.get(text) ?? [];
      same.push(contact);
      byKey.set(text, same);
    }
  }
  return (cells: readonly string[]): FileContact | RowProblem => {
    const text = keyText(textOfCell(cells[keyAt] ?? ''));
    const organisation = textOfCell(cells[organisationAt] ?? '')
      .trim()
      .toLowerCase();
    if (organisation !== '' && !chosen.has(organisation)) return 'otherOrganisation';
    if (text === '') return key === 'email' ? 'withoutEmail' : 'withoutId';
    const found = (byKey.get(text) ?? []).filter(
      ({ ref }) => organisation === '' || ref.organisationId.toLowerCase() === organisation,
    );
    const [only, ...others] = found;
    if (only === undefined) return key === 'email' ? 'unknownEmail' : 'unknownId';
    return others.length > 0 ? 'ambiguous' : only;
  };
}
