/** Assigns columns by their headers: the names of an export, or usual names in five languages. */
import type { FieldName } from '../../protocol/fields';
import type { Column, ColumnUse } from './fileUpdate';

const names: Readonly<Record<Exclude<ColumnUse, 'ignored'>, readonly string[]>> = {
  id: ['id', 'contact id', 'kontakt id', 'id du contact', 'id de contacto', 'id cyswllt', 'uuid'],
  organisationId: ['organisation id', 'organization id'],
  first_name: ['first name', 'given name', 'forename', 'vorname', 'prénom', 'nombre', 'enw cyntaf'],
  last_name: [
    'last name',
    'family name',
    'surname',
    'nachname',
    'nom',
    'nom de famille',
    'apellido',
    'apellidos',
    'cyfenw',
    'enw olaf',
  ],
  email: [
    'email',
    'e mail',
    'email address',
    'e mail address',
    'mail',
    'e mail adresse',
    'adresse e mail',
    'courriel',
    'correo',
    'correo electrónico',
    'ebost',
    'e bost',
    'cyfeiriad e bost',
  ],
  telephone: [
    'telephone',
    'telephone number',
    'phone',
    'phone number',
    'telefon',
    'telefonnummer',
    'téléphone',
    'numéro de téléphone',
    'teléfono',
    'número de teléfono',
    'ffôn',
    'rhif ffôn',
  ],
};

const plain = (header: string) =>
  header
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s_.:-]+/g, ' ')
    .trim();

const uses = new Map<string, ColumnUse>(
  Object.entries(names).flatMap(([use, all]) => all.map((name) => [plain(name), use as ColumnUse] as const)),
);

export const columnUse = (header: string): ColumnUse => uses.get(plain(header)) ?? 'ignored';

/**
 * Assigns each use to the only column whose header has it. If several have it, the name that an export writes is
 * certain; otherwise the user decides.
 */
export function columnsOf(headers: readonly string[]): readonly Column[] {
  const found = headers.map(columnUse);
  return headers.map((header, n): Column => {
    const use = found[n] ?? 'ignored';
    if (use === 'ignored') return { header, use };
    const alike = headers.filter((_, at) => found[at] === use);
    const exact = alike.filter((one) => one.trim().toLowerCase() === exportName(use));
    if (alike.length === 1 || (exact.length === 1 && exact[0] === header)) return { header, use };
    return exact.length === 1 ? { header, use: 'ignored' } : { header, use: 'ignored', couldBe: use };
  });
}

const exportName = (use: ColumnUse) => (use === 'organisationId' ? 'organisation_id' : use);

/** Gives a column another use. Another column that has the use loses it. */
export const withUse = (columns: readonly Column[], at: number, use: ColumnUse): readonly Column[] =>
  columns.map((column, n): Column => {
    if (n === at) return { header: column.header, use };
    const isSolved = use !== 'ignored' && column.couldBe === use;
    if (isSolved || (use !== 'ignored' && column.use === use))
      return { header: column.header, use: 'ignored' };
    return column;
  });

/** Returns the kind of column that identifies a row's contact. */
export function keyOfColumns(columns: readonly Column[]): 'id' | 'email' | undefined {
  if (columns.some(({ use }) => use === 'id')) return 'id';
  return columns.some(({ use }) => use === 'email') ? 'email' : undefined;
}

/** Returns the fields that the file changes. Without an id column, the email address only identifies the contact. */
export function changingFields(columns: readonly Column[]): readonly FieldName[] {
  const key = keyOfColumns(columns);
  return columns.flatMap(({ use }) =>
    use === 'ignored' || use === 'id' || use === 'organisationId' || use === key ? [] : [use],
  );
}
