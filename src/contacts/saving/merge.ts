/**
 * Three-way merge by field: the draft's base, the draft, and the API's current values. Pure, and tested by
 * properties: no change of either side is lost silently.
 */

import { isDeepStrictEqual } from 'node:util';
import type { Resource } from '../../api/http/document';
import type { FieldName } from '../../protocol/fields';
import { isRow } from '../lists/listRows';
import { contactFields, isFieldName, type Values } from '../model/contact';
import type { AllTexts, Conflict, RecordFields, Texts } from '../model/recordFields';
import { isUnchangedValue, sameFieldValue } from '../model/sameValue';
import type { Edits } from '../model/update';

/** The values to save. */
export interface Wanted<F extends string> {
  readonly edits: Texts<F>;
  /** The base of each edited field; a field without one is based on the API's current value. */
  readonly base: Texts<F>;
  /** Sent values whose response was lost: they may have arrived. */
  readonly sent?: Texts<F> | undefined;
}

export interface Merged<F extends string> {
  /** The edits to send, without those that the API already holds. */
  readonly edits: Texts<F>;
  /** Nothing may be sent while there are conflicts. */
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
    // The API's value is a sent one of ours, normalised, so it is not a colleague's. Only text typed since is
    // pending.
    else if (mine !== ours) pending[field] = mine;
  }
  return { edits: pending, conflicts };
}

export function merge(base: Edits, edits: Edits, latest: Values, sent?: Edits): Merged<FieldName> {
  return mergeFields(contactFields, { base, edits, sent }, latest);
}

/**
 * The attributes that differ between two readings of a contact, by name, in the order of the later one. A list may
 * leave attributes out of its rows: only a field that looked empty for that reason has changed.
 */
export function changedAttributes(before: Resource, after: Resource): readonly string[] {
  const old = before.attributes ?? {};
  const now = after.attributes ?? {};
  const names = new Set([...Object.keys(now), ...Object.keys(old)]);
  const isLeftOut = (name: string) => isRow(before) && !Object.hasOwn(old, name);
  return [...names].filter((name) => {
    if (!isLeftOut(name)) return !isDeepStrictEqual(old[name], now[name]);
    return isFieldName(name) && contactFields.textOf(before, name) !== contactFields.textOf(after, name);
  });
}
