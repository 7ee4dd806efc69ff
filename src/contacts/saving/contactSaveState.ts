/** The state of one contact's save, and the values for Undo. */

import { isDeepStrictEqual } from 'node:util';
import type { ResourceDocument } from '../../api/http/document';
import type { FieldName } from '../../protocol/fields';
import { contactFields, fieldNames } from '../model/contact';
import type { Edits } from '../model/update';
import { changedAttributes } from './merge';
import { type Exact, type Exacts, exactValue, type RefusedAttribute } from './outgoing';
import type { PutOutcome } from './putMerged';
import type { ContactSaveRequest } from './saveContact';
import type { Saved } from './saved';

export type ContactSaveState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'saving'; readonly sent: Edits }
  /**
   * The API requested a wait; `until` is in milliseconds since 1970, and `sent` holds the values to send
   * then.
   */
  | { readonly kind: 'waiting'; readonly until: number; readonly sent: Edits }
  | {
      readonly kind: 'saved';
      readonly outcome: Saved<FieldName>;
      /** The names of attributes that other users changed since the last read. */
      readonly theirs: readonly string[];
      /** The replaced values for Undo. */
      readonly undo: Exacts<FieldName>;
    }
  /**
   * The fields in conflict follow from draft and contact, because both may change before the user answers.
   */
  | { readonly kind: 'conflict' }
  /** A field is invalid, so nothing was sent. */
  | { readonly kind: 'blocked' }
  /** The API refused `sent`, and nothing was saved. */
  | {
      readonly kind: 'failed';
      readonly error: unknown;
      readonly sent: Edits;
      /** Attributes whose names the API refuses: the save can continue without them. */
      readonly refused?: readonly RefusedAttribute[];
    }
  /** The API responded with success but kept the old values of these fields. */
  | { readonly kind: 'ignored'; readonly fields: readonly FieldName[] }
  /** The response was lost, and nothing was saved. */
  | { readonly kind: 'notSaved'; readonly error: unknown }
  /** The response was lost, and the outcome could not be determined. */
  | { readonly kind: 'unknown'; readonly error: unknown };

/** How a save ended; `failed` is a refusal, or a failure before anything was sent. */
export type Attempt = PutOutcome<FieldName> | { readonly kind: 'failed'; readonly error: unknown };

export const idle: ContactSaveState = { kind: 'idle' };

/** The kinds of the states in which a save runs, or waits and continues by itself. */
export const underWay = ['saving', 'waiting'] as const satisfies readonly ContactSaveState['kind'][];
export type UnderWay = Extract<ContactSaveState, { kind: (typeof underWay)[number] }>;

export const isUnderWay = (state: ContactSaveState | undefined): state is UnderWay =>
  underWay.some((kind) => kind === state?.kind);

/** @param shown the contact as it was known before */
export function stateAfter(
  outcome: PutOutcome<FieldName>,
  { edits, without = [] }: ContactSaveRequest,
  shown: ResourceDocument | undefined,
): ContactSaveState {
  if (outcome.kind === 'nameRefused') {
    const { error, attributes } = outcome;
    return { kind: 'failed', error, sent: edits, refused: [...without, ...attributes] };
  }
  if (outcome.kind !== 'saved') return outcome;
  const changed = shown === undefined ? [] : changedAttributes(shown.resource, outcome.read.resource);
  const theirs = changed.filter((name) => !Object.hasOwn(edits, name));
  return { kind: 'saved', outcome, theirs, undo: undoOf(outcome, edits) };
}

/** Returns the previous JSON values of the fields that a save changed. */
export function undoOf({ read, document }: Saved<FieldName>, edits: Edits): Exacts<FieldName> {
  const before = read.resource.attributes ?? {};
  const now = document.resource.attributes ?? {};
  const replaced = fieldNames.flatMap((name): (readonly [FieldName, Exact])[] => {
    if (edits[name] === undefined || isDeepStrictEqual(before[name], now[name])) return [];
    const exact = exactValue(contactFields, read.resource, name);
    // Equal texts, such as null and "", are not worth an Undo.
    return exact.text === contactFields.textOf(document.resource, name) ? [] : [[name, exact]];
  });
  return Object.fromEntries(replaced);
}
