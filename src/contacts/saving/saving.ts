/** What becomes of one contact's save, and what of it can be undone. */

import { isDeepStrictEqual } from 'node:util';
import type { ResourceDocument } from '../../api/http/document';
import type { FieldName } from '../../protocol/fields';
import { contactFields, fieldNames } from '../model/contact';
import type { Edits } from '../model/update';
import { changedAttributes } from './merge';
import type { Exact, Exacts, RefusedAttribute } from './outgoing';
import type { PutOutcome } from './putMerged';
import type { ContactSaveRequest } from './saveContact';
import type { Saved } from './saved';

export type Saving =
  | { readonly kind: 'idle' }
  | { readonly kind: 'saving'; readonly sent: Edits }
  /** The API asked to wait; `until` is in milliseconds since 1970. `sent` is what will be sent then. */
  | { readonly kind: 'waiting'; readonly until: number; readonly sent: Edits }
  | {
      readonly kind: 'saved';
      readonly outcome: Saved<FieldName>;
      /** Attributes that somebody else changed since the contact was last read, by name. */
      readonly theirs: readonly string[];
      /** What the save replaced, to be put back. */
      readonly undo: Exacts<FieldName>;
    }
  /** Which fields is read from draft and contact: both may change while the person thinks. */
  | { readonly kind: 'conflict' }
  /** A field is certainly wrong: nothing was asked of the API. */
  | { readonly kind: 'blocked' }
  /** Refused: nothing was saved. `sent` is what was refused. */
  | {
      readonly kind: 'failed';
      readonly error: unknown;
      readonly sent: Edits;
      /** Attributes that the API does not accept by their names: the save may go on without them. */
      readonly refused?: readonly RefusedAttribute[];
    }
  /** The API answered, and kept the old values of these fields. */
  | { readonly kind: 'notTaken'; readonly fields: readonly FieldName[] }
  /** The answer was lost, and nothing was saved. */
  | { readonly kind: 'notSaved'; readonly error: unknown }
  /** The answer was lost, and it could not be found out what became of it. */
  | { readonly kind: 'unknown'; readonly error: unknown };

/** How a save ended; `failed` is a refusal, or a failure before anything was sent. */
export type Attempt = PutOutcome<FieldName> | { readonly kind: 'failed'; readonly error: unknown };

export const idle: Saving = { kind: 'idle' };

/** @param shown the contact as it was known before */
export function stateAfter(
  outcome: PutOutcome<FieldName>,
  { edits, without = [] }: ContactSaveRequest,
  shown: ResourceDocument | undefined,
): Saving {
  if (outcome.kind === 'nameRefused') {
    const { error, attributes } = outcome;
    return { kind: 'failed', error, sent: edits, refused: [...without, ...attributes] };
  }
  if (outcome.kind !== 'saved') return outcome;
  const changed = shown === undefined ? [] : changedAttributes(shown.resource, outcome.read.resource);
  const theirs = changed.filter((name) => !Object.hasOwn(edits, name));
  return { kind: 'saved', outcome, theirs, undo: undoOf(outcome, edits) };
}

/** The JSON values that a save replaced, of the fields that it changed. */
export function undoOf({ read, document }: Saved<FieldName>, edits: Edits): Exacts<FieldName> {
  const before = read.resource.attributes ?? {};
  const now = document.resource.attributes ?? {};
  const replaced = fieldNames.flatMap((name): (readonly [FieldName, Exact])[] => {
    if (edits[name] === undefined || isDeepStrictEqual(before[name], now[name])) return [];
    const text = contactFields.textOf(read.resource, name);
    // Where both are the same text (null and "", say), there is nothing that a person could put back.
    if (text === contactFields.textOf(document.resource, name)) return [];
    return [[name, Object.hasOwn(before, name) ? { text, json: before[name] } : { text }]];
  });
  return Object.fromEntries(replaced);
}
