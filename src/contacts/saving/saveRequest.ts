/** Converts a draft to a save request, and an outcome to the rest of the draft. */

import type { FieldName } from '../../protocol/fields';
import {
  afterReading,
  afterRefusal,
  afterSave,
  type Draft,
  tidied,
  withEdit,
  withSent,
} from '../drafts/draft';
import { fieldsIn, only } from '../model/byField';
import { fieldNames, type Values, valuesOf } from '../model/contact';
import type { Edits } from '../model/update';
import { validate } from '../model/validate';
import type { ContactSaveState } from './contactSaveState';
import type { Exacts, RefusedAttribute } from './outgoing';
import type { PutOutcome } from './putMerged';
import type { ContactSaveRequest } from './saveContact';

/**
 * Trims white space at the ends, except in values that Undo restores.
 * @param now the API's values, if known
 */
export function tidiedDraft(draft: Draft, now: Values | undefined, restores: Exacts<FieldName>): Draft {
  const exact = Object.entries(restores).map(([name, { text }]) => [name, text]);
  return tidied(draft, now, Object.fromEntries(exact));
}

export function toRequest(
  { base, edits, sent }: Draft,
  restores: Exacts<FieldName>,
  without: readonly RefusedAttribute[] = [],
): ContactSaveRequest {
  return { base, edits, sent, without, exact: stillRestored(restores, edits) };
}

/** Drops values that Undo was to restore and that the user has edited or reverted since. */
export const stillRestored = (restores: Exacts<FieldName>, edits: Edits = {}): Exacts<FieldName> =>
  only(
    restores,
    fieldsIn(restores).filter((field) => restores[field]?.text === edits[field]),
  );

/** Returns the fields whose typed value blocks a save. Undo may restore any value. */
export const wrongFields = ({ edits, exact }: ContactSaveRequest): readonly FieldName[] =>
  fieldNames.filter(
    (field) => exact?.[field] === undefined && validate(field, edits[field] ?? '')?.kind === 'wrong',
  );

/**
 * Removes arrived values from the draft. Text typed during the save stays, and so do values that did not
 * arrive.
 */
export function draftAfter(
  draft: Draft,
  outcome: PutOutcome<FieldName>,
  { edits, sent }: ContactSaveRequest,
): Draft {
  // A read during the save may not have shown the sent values yet.
  if (outcome.kind === 'unknown') return withSent(draft, edits);
  if (outcome.kind === 'nameRefused') return afterRefusal(draft, edits, sent);
  const now = valuesOf(outcome.document.resource);
  if (outcome.kind === 'saved') return afterSave(draft, edits, now);
  const left = afterSave(draft, outcome.taken, now);
  return afterReading(outcome.kind === 'notSaved' ? left : afterRefusal(left, edits, sent), now);
}

/**
 * Restores the values that a save replaced, as edits based on the saved values.
 * @param draft a draft without edits
 */
export function draftOfUndo(
  draft: Draft,
  { outcome, undo }: Extract<ContactSaveState, { kind: 'saved' }>,
): Draft {
  const saved = valuesOf(outcome.document.resource);
  const undone = fieldNames.reduce<Draft>(
    (left, field) => {
      const old = undo[field];
      return old === undefined ? left : withEdit(left, field, old.text, saved[field]);
    },
    { ...draft, edits: {}, base: {}, choices: {}, sent: {} },
  );
  // The API may hold the saved values in a tidier form than its answer did.
  return withSent(undone, saved);
}

/** Drops fields that have been saved or reverted since, in this window or another one. */
export const withoutGivenUp = (edits: Edits, draft: Draft | undefined): Edits =>
  only(edits, fieldsIn(draft?.edits ?? {}));

/** Returns true if all edits equal their base. */
export const isTypedBack = (draft: Draft | undefined) =>
  fieldNames.every((field) => draft?.edits[field] === draft?.base[field]);
