/** Labels for the names that the API uses: known names are translated, others are made readable. */
import * as vscode from 'vscode';
import { toLine } from '../../base/text';
import type { Sort } from '../../contacts/lists/listOptions';
import { isFieldName } from '../../contacts/model/contact';
import type { FieldName } from '../../protocol/fields';

/** The labels of the fields, the same everywhere. */
export function fieldLabels(): Readonly<Record<FieldName, string>> {
  const { t } = vscode.l10n;
  return {
    first_name: t('First name'),
    last_name: t('Last name'),
    email: t('Email'),
    telephone: t('Telephone'),
  };
}

/** Marks a value that an assistant proposed and nobody has typed over. */
export const proposedText = () => vscode.l10n.t('Proposed by an assistant');

/** Announces a text of another window that was replaced, and is kept. */
export const otherTextText = (text: string, label: string) =>
  vscode.l10n.t('Another window had “{0}” in {1}.', toLine(text), label);

export function attributeLabel(name: string): string {
  const { t } = vscode.l10n;
  const known = new Map([
    ['association', t('Association')],
    ['salutation', t('Salutation')],
  ]);
  return known.get(name) ?? readable(name);
}

export const labelOf = (name: string) => (isFieldName(name) ? fieldLabels()[name] : attributeLabel(name));

/** Lists up to 20 names, because a server may send any number. */
export const namesOf = (names: readonly string[]) =>
  [...names.slice(0, 20).map(labelOf), ...(names.length > 20 ? ['…'] : [])].join(', ');

export function relationshipLabel(name: string): string {
  const { t } = vscode.l10n;
  const known = new Map([
    ['accounts', t('Accounts')],
    ['author', t('Author')],
    ['interactions', t('Interactions')],
    ['organisation', t('Organisation')],
    ['contacts', t('Contacts')],
    ['properties', t('Properties')],
  ]);
  return known.get(name) ?? readable(name);
}

/** The label of a record that has no name, by its type. */
export function typeLabel(type: string): string {
  const { t } = vscode.l10n;
  const known = new Map([
    ['customer-accounts', t('Account')],
    ['customer-interactions', t('Interaction')],
    ['users', t('Person')],
    ['properties', t('Property')],
    ['contacts', t('Contact')],
    ['organisations', t('Organisation')],
  ]);
  return known.get(type) ?? type;
}

/** The labels of timestamps by their names in `meta`, in the order of the panel. */
export function timeLabels(): Readonly<Record<string, string>> {
  const { t } = vscode.l10n;
  return { created_at: t('Created'), updated_at: t('Updated'), modified_at: t('Modified') };
}

/** Makes a name readable: "preferred_channel" becomes "Preferred channel". */
function readable(name: string): string {
  const words = toLine(name.replace(/[_-]+/g, ' '));
  return words === '' ? name : `${words.charAt(0).toLocaleUpperCase()}${words.slice(1)}`;
}

/** Describes a sort order, such as "Last name, Z to A". */
export function sortLabel({ by, descending }: Sort): string {
  const { t } = vscode.l10n;
  // A Map, because a server may offer to sort by `constructor`.
  const time = new Map(Object.entries(timeLabels())).get(by);
  const label = isFieldName(by) ? fieldLabels()[by] : (time ?? attributeLabel(by));
  if (time !== undefined) return descending ? t('{0}, newest first', label) : t('{0}, oldest first', label);
  return descending ? t('{0}, Z to A', label) : t('{0}, A to Z', label);
}
