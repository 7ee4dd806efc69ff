/** A draft → what a save is asked to send, and an outcome → what is left of the draft. */

import type { ContactRef } from '../../api/contacts';
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
import { fieldNames, type Values, valuesOf } from '../model/contact';
import type { Edits } from '../model/update';
import { validate } from '../model/validate';
import type { Exacts, RefusedAttribute } from './outgoing';
import type { PutOutcome } from './putMerged';
import type { ContactSaveRequest } from './saveContact';
import type { Saving } from './saving';

/** A save that was asked for and waits, with all that was there when Save was pressed. */
export interface InterruptedSave {
  readonly ref: ContactRef;
  readonly request: ContactSaveRequest;
}

/** Without white space at the ends, but for what Undo puts back. @param now what the API has, if known */
export function tidiedDraft(draft: Draft, now: Values | undefined, restores: Exacts<FieldName>): Draft {
  const exact = Object.entries(restores).map(([name, { text }]) => [name, text]);
  return tidied(draft, now, Object.fromEntries(exact));
}

export function toRequest(
  { base, edits, sent }: Draft,
  restores: Exacts<FieldName>,
  without: readonly RefusedAttribute[] = [],
): ContactSaveRequest {
  // Something else may have been typed over a value that Undo was to put back.
  const exact = Object.fromEntries(
    fieldNames.flatMap((name) =>
      restores[name] !== undefined && restores[name].text === edits[name] ? [[name, restores[name]]] : [],
    ),
  );
  return { base, edits, sent, without, exact };
}

/** Checks are for what a person types, not for what Undo puts back. */
export const isWrong = ({ edits, exact }: ContactSaveRequest) =>
  fieldNames.some(
    (field) => exact?.[field] === undefined && validate(field, edits[field] ?? '')?.kind === 'wrong',
  );

/** What arrived leaves the draft; what was typed over it meanwhile stays, and so does what did not arrive. */
export function draftAfter(
  draft: Draft,
  outcome: PutOutcome<FieldName>,
  { edits, sent }: ContactSaveRequest,
): Draft {
  // A reading while it was on its way may have shown nothing of it yet.
  if (outcome.kind === 'unknown') return withSent(draft, edits);
  if (outcome.kind === 'nameRefused') return afterRefusal(draft, edits, sent);
  const now = valuesOf(outcome.document.resource);
  if (outcome.kind === 'saved') return afterSave(draft, edits, now);
  const left = afterSave(draft, outcome.taken, now);
  return afterReading(outcome.kind === 'notSaved' ? left : afterRefusal(left, edits, sent), now);
}

/** Puts back what a save replaced, as edits of what it saved. @param draft without edits */
export function draftOfUndo(draft: Draft, { outcome, undo }: Extract<Saving, { kind: 'saved' }>): Draft {
  const saved = valuesOf(outcome.document.resource);
  return fieldNames.reduce<Draft>(
    (left, field) => {
      const old = undo[field];
      return old === undefined ? left : withEdit(left, field, old.text, saved[field]);
    },
    { ...draft, edits: {}, base: {}, choices: {}, sent: {} },
  );
}

/** Without the fields that were saved or taken back since, here or in another window. */
export const withoutGivenUp = (edits: Edits, draft: Draft | undefined): Edits =>
  Object.fromEntries(
    fieldNames.flatMap((field) =>
      edits[field] === undefined || draft?.edits[field] === undefined ? [] : [[field, edits[field]]],
    ),
  );

/** Nothing but values that stood there before. */
export const isTypedBack = (draft: Draft | undefined) =>
  fieldNames.every((field) => draft?.edits[field] === draft?.base[field]);
