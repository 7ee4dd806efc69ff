/** Values of some of a contact's fields. */
import type { FieldName } from '../../protocol/fields';
import { fieldNames } from './contact';

export type ByField<T> = Readonly<Partial<Record<FieldName, T>>>;

/** Returns the fields that have a value, in the order of `fieldNames`. */
export const fieldsIn = (values: ByField<unknown>): readonly FieldName[] =>
  fieldNames.filter((field) => values[field] !== undefined);

/** Leaves out the values of all other fields. */
export function only<T>(values: ByField<T>, fields: readonly FieldName[]): ByField<T> {
  return Object.fromEntries(
    fields.flatMap((field) => (values[field] === undefined ? [] : [[field, values[field]]])),
  );
}
