/** What a contact is to a person: four fields that can be edited, a name, and the rest as it came. */
import type { Resource } from '../../api/http/document';
import { isExactNumber, toJsonText } from '../../base/exactNumbers';
import { isVisible } from '../../base/text';
import type { FieldName } from '../../protocol/fields';
import { type AllTexts, type Conflict, type RecordFields, textsOf } from './recordFields';

/** The attributes that are edited, by their names in the API. */
export const fieldNames = [
  'first_name',
  'last_name',
  'email',
  'telephone',
] as const satisfies readonly FieldName[];

export function isFieldName(name: string | undefined): name is FieldName {
  return fieldNames.some((field) => field === name);
}

/** The text of an attribute; null, absent and anything that isn't text count as empty. */
export function textOf(resource: Resource, name: FieldName): string {
  const value = resource.attributes?.[name];
  return typeof value === 'string' || typeof value === 'number' || isExactNumber(value) ? String(value) : '';
}

const isText = (value: unknown) =>
  value === null ||
  value === undefined ||
  typeof value === 'string' ||
  typeof value === 'number' ||
  isExactNumber(value);

/** A list, an object or a truth value: text that is typed over it would replace what nobody can see. */
export const isStructured = (resource: Resource, name: FieldName): boolean =>
  !isText(resource.attributes?.[name]);

/** What a contact's fields hold, as they are edited and compared: a list or an object is its JSON text. */
export const contactFields: RecordFields<FieldName> = {
  names: fieldNames,
  kindOf: (name) => (name === 'email' || name === 'telephone' ? name : 'text'),
  textOf: (resource, name) =>
    isStructured(resource, name) ? toJsonText(resource.attributes?.[name]) : textOf(resource, name),
  toJson: (_name, text) => text,
};

/** The four fields of a contact as text; null and absent count as empty, as they look the same to a person. */
export type Values = AllTexts<FieldName>;
export type FieldConflict = Conflict<FieldName>;

export const valuesOf = (resource: Resource): Values => textsOf(contactFields, resource);

/** The field's text for a label; '' where nothing of it can be seen. */
function shownText(resource: Resource, name: FieldName): string {
  const text = textOf(resource, name).trim();
  return isVisible(text) ? text : '';
}

/** First and last name; '' where nothing of them can be seen. */
export function fullName(resource: Resource): string {
  return [shownText(resource, 'first_name'), shownText(resource, 'last_name')].filter(Boolean).join(' ');
}

/** The name; without one the email address, then the telephone number, then the id. Never empty. */
export function displayName(resource: Resource): string {
  return (
    fullName(resource) || shownText(resource, 'email') || shownText(resource, 'telephone') || resource.id
  );
}

/** A key for maps: ids are a server's text, so no separator is safe without quoting. */
export function keyOf(ref: { readonly organisationId: string; readonly contactId: string }): string {
  return JSON.stringify([ref.organisationId, ref.contactId]);
}
