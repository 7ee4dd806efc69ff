/**
 * Three-way merge, field by field: what the draft started from, the draft, and what the API has now.
 * Pure, and tested by properties: no change of either side vanishes without being told.
 */

import { isDeepStrictEqual } from 'node:util';
import type { Resource } from '../../api/http/document';
import type { FieldName } from '../../protocol/fields';
import { contactFields, type Values } from '../model/contact';
import type { AllTexts, Conflict, RecordFields, Texts } from '../model/recordFields';
import { isUnchangedValue, sameFieldValue } from '../model/sameValue';
import type { Edits } from '../model/update';

/** What a person wants saved. */
export interface Wanted<F extends string> {
  readonly edits: Texts<F>;
  /** A value for each edited field; one without started from what the API has now. */
  readonly base: Texts<F>;
  /** Values of ours that may have arrived earlier, although nobody saw the answer. */
  readonly sent?: Texts<F> | undefined;
}

export interface Merged<F extends string> {
  /** What is still to be sent: the edits that the API does not have. */
  readonly edits: Texts<F>;
  /** While there are any, nothing may be sent. */
  readonly conflicts: readonly Conflict<F>[];
}

export function mergeFields<F extends string>(
  { names, kindOf }: RecordFields<F>,
  { edits, base, sent }: Wanted<F>,
  latest: AllTexts<F>,
): Merged<F> {
  const pending: Partial<Record<F, string>> = {};
  const conflicts: Conflict<F>[] = [];
  for (const field of names) {
    const mine = edits[field];
    const theirs = latest[field];
    const before = base[field] ?? theirs;
    if (mine === undefined || mine === theirs) continue;
    const ours = sent?.[field];
    if (isUnchangedValue(kindOf(field), before, theirs)) pending[field] = mine;
    else if (ours === undefined || !sameFieldValue(kindOf(field), ours, theirs))
      conflicts.push({ field, before, mine, theirs });
    // It is what we sent, tidied: no colleague wrote it, and only what was typed since is still to be sent.
    else if (mine !== ours) pending[field] = mine;
  }
  return { edits: pending, conflicts };
}

export function merge(base: Edits, edits: Edits, latest: Values, sent?: Edits): Merged<FieldName> {
  return mergeFields(contactFields, { base, edits, sent }, latest);
}

/** The attributes that differ between two readings of a contact, by name, in the order of the later one. */
export function changedAttributes(before: Resource, after: Resource): readonly string[] {
  const old = before.attributes ?? {};
  const now = after.attributes ?? {};
  const names = new Set([...Object.keys(now), ...Object.keys(old)]);
  return [...names].filter((name) => !isDeepStrictEqual(old[name], now[name]));
}
