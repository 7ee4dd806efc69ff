/** The contact model: four editable fields, a name, and all other attributes as the API sent them. */
import type { Resource } from '../../api/http/document';
import { isExactNumber } from '../../base/exactNumbers';
import { isVisible } from '../../base/text';
import type { FieldName } from '../../protocol/fields';
import { type AllTexts, type Conflict, type RecordFields, textsOf, valueText } from './recordFields';

/** The attributes that users edit, by their names in the API. */
export const fieldNames = [
  'first_name',
  'last_name',
  'email',
  'telephone',
] as const satisfies readonly FieldName[];

export function isFieldName(name: string | undefined): name is FieldName {
  return fieldNames.some((field) => field === name);
}

/** The text of an attribute; null, a missing value and any other type count as empty. */
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

/**
 * True for a list, an object or a boolean: text typed into the field would replace a value that the field
 * cannot show.
 */
export const isStructured = (resource: Resource, name: FieldName): boolean =>
  !isText(resource.attributes?.[name]);

/** The values of a contact's fields for editing and comparing. */
export const contactFields: RecordFields<FieldName> = {
  names: fieldNames,
  kindOf: (name) => (name === 'email' || name === 'telephone' ? name : 'text'),
  textOf: (resource, name) => valueText(resource.attributes?.[name]),
  toJson: (_name, text) => text,
};

/**
 * The four fields of a contact as text. Null and missing values count as empty, because they look the same.
 */
export type Values = AllTexts<FieldName>;
export type FieldConflict = Conflict<FieldName>;

export const valuesOf = (resource: Resource): Values => textsOf(contactFields, resource);

/** The text of a field for a label; '' if all of it is invisible. */
function shownText(resource: Resource, name: FieldName): string {
  const text = textOf(resource, name).trim();
  return isVisible(text) ? text : '';
}

/** First and last name; '' if all of it is invisible. */
export function fullName(resource: Resource): string {
  return [shownText(resource, 'first_name'), shownText(resource, 'last_name')].filter(Boolean).join(' ');
}

/** The name, or else the email address, the telephone number, or the ID. Never empty. */
export function displayName(resource: Resource): string {
  return (
    fullName(resource) || shownText(resource, 'email') || shownText(resource, 'telephone') || resource.id
  );
}

/**
 * The text of a `ContactRef`, for maps over the contacts of one API. `keyText` is the same for a `ContactKey`, which
 * names the API, too. It is quoted as JSON, because IDs are server text and may hold any separator.
 */
export function keyOf(ref: { readonly organisationId: string; readonly contactId: string }): string {
  return JSON.stringify([ref.organisationId, ref.contactId]);
}
