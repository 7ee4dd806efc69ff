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

/** Assigns the first column with each header. The user decides about a second column with the same one. */
export function columnsOf(headers: readonly string[]): readonly Column[] {
  const taken = new Set<ColumnUse>();
  return headers.map((header) => {
    const use = columnUse(header);
    if (use === 'ignored' || taken.has(use)) return { header, use: 'ignored' };
    taken.add(use);
    return { header, use };
  });
}

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
