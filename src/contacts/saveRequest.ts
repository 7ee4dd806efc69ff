/** A draft → what a save is asked to send, and an outcome → what is left of the draft. */
import { type FieldName, fieldNames } from './contact';
import type { ContactSaveRequest } from './contactStore';
import { afterSave, type Draft, tidied, withoutSent, withoutUnchanged } from './draft';
import { type Values, valuesOf } from './merge';
import type { Exacts, RefusedAttribute } from './outgoing';
import type { PutOutcome } from './putMerged';
import type { Edits } from './update';
import { validate } from './validate';

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
export function draftAfter(draft: Draft, outcome: PutOutcome<FieldName>, edits: Edits): Draft {
  // It is not known: what was sent stays marked.
  if (outcome.kind === 'unknown') return draft;
  if (outcome.kind === 'nameRefused') return withoutSent(draft);
  const now = valuesOf(outcome.document.resource);
  if (outcome.kind === 'saved') return withoutSent(afterSave(draft, edits, now));
  const left = afterSave(draft, outcome.taken, now);
  return withoutUnchanged(outcome.kind === 'notSaved' ? left : withoutSent(left), now);
}

/** Nothing but values that stood there before. */
export const isTypedBack = (draft: Draft | undefined) =>
  fieldNames.every((field) => draft?.edits[field] === draft?.base[field]);
