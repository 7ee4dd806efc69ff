/** The editable attributes of a contact, by their names in the API. */
export type FieldName = 'first_name' | 'last_name' | 'email' | 'telephone';

/** The answer to a conflict in one field. `theirs` is the API's value that was on screen. */
export type ConflictChoice = { readonly field: FieldName; readonly theirs: string } & (
  | { readonly choice: 'mine' | 'theirs' }
  | { readonly choice: 'other'; readonly value: string }
);

/** The maximum number of characters in a field, unless it held more before. */
export const maxValueLength = 1_000_000;
