/** Undoes a batch with drafts of the old values, except for fields that another user has changed since. Pure. */
import type { ContactRef } from '../../api/contacts';
import { type Draft, withEdit } from '../../contacts/drafts/draft';
import { fieldNames, keyOf, type Values } from '../../contacts/model/contact';
import type { Exact, Exacts } from '../../contacts/saving/outgoing';
import type { FieldName } from '../../protocol/fields';
import type { Batch } from '../apply/journalRecord';
import { type Arrived, arrivedOf } from '../apply/outcome';
import type { Skipped } from '../plan/plan';

export interface UndoState {
  /** Returns the values of a new reading; undefined if there is none. */
  readonly now: (ref: ContactRef) => Values | 'gone' | undefined;
  readonly draft: (ref: ContactRef) => Draft | undefined;
}

export interface UndoEdit {
  readonly ref: ContactRef;
  readonly title: string;
  readonly field: FieldName;
  readonly value: string;
  /** The value that the edit starts from: the value in Ctrl Hub. */
  readonly base: string;
}

export interface Undo {
  readonly edits: readonly UndoEdit[];
  readonly skipped: readonly Skipped[];
}

/** @param only the fields to undo */
export function undoBatch(
  { items }: Batch,
  { now, draft }: UndoState,
  only: readonly FieldName[] = fieldNames,
): Undo {
  const edits: UndoEdit[] = [];
  const skipped: Skipped[] = [];
  for (const { ref, title, outcome, after } of items) {
    const arrived = arrivedOf(outcome);
    const skip = (reason: Skipped['reason'], which: readonly FieldName[]) => {
      if (which.length > 0) skipped.push({ ref, title, reason, fields: which });
    };
    // It may have arrived, and could not be read.
    if (outcome.kind === 'unknown')
      skip(
        'unread',
        only.filter((name) => after[name] !== undefined),
      );
    if (arrived === undefined) continue;
    const fields = only.filter((field) => arrived.replaced[field] !== undefined);
    if (fields.length === 0) continue;
    const values = now(ref);
    if (typeof values !== 'object') {
      skip(values ?? 'unread', fields);
      continue;
    }
    const typed = draft(ref)?.edits ?? {};
    const isChanged = (field: FieldName) => values[field] !== arrived.now[field];
    skip('changedSince', fields.filter(isChanged));
    const same = fields.filter((field) => !isChanged(field));
    // An unsaved edit is newer than the values to restore.
    skip(
      'edited',
      same.filter((field) => typed[field] !== undefined),
    );
    for (const field of same) {
      const value = arrived.replaced[field]?.text;
      if (value !== undefined && typed[field] === undefined)
        edits.push({ ref, title, field, value, base: values[field] });
    }
  }
  return { edits, skipped };
}

/** Adds the edits of an Undo to the contact's draft. */
export const withUndo = (draft: Draft, edits: readonly UndoEdit[]): Draft =>
  edits.reduce((left, { field, value, base }) => withEdit(left, field, value, base), draft);

/**
 * Returns the JSON values that a draft's edits restore if a batch replaced a value that is not a text, such as null or
 * a number. They are derived from the draft, so that they also apply after a restart.
 * @param batches newest first
 */
export function exactsFor(batches: readonly Batch[], ref: ContactRef, draft: Draft): Exacts<FieldName> {
  const items = batches.flatMap((batch) => batch.items.filter((item) => keyOf(item.ref) === keyOf(ref)));
  return Object.fromEntries(
    fieldNames.flatMap((field) => {
      const [text, base] = [draft.edits[field], draft.base[field]];
      if (text === undefined) return [];
      const exact = items
        .map(({ outcome }) => arrivedOf(outcome))
        .flatMap((one) => replacedBy(one, field, text, base) ?? [])[0];
      return exact === undefined ? [] : [[field, exact]];
    }),
  );
}

function replacedBy(
  arrived: Arrived | undefined,
  field: FieldName,
  text: string,
  base: string | undefined,
): Exact | undefined {
  const exact = arrived?.replaced[field];
  return exact?.text === text && arrived?.now[field] === base ? exact : undefined;
}
