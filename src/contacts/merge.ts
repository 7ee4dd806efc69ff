/**
 * Three-way merge, field by field: what the draft started from, the draft, and what the API has now.
 * Pure, and tested by properties: no change of either side vanishes without being told.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Resource } from '../api/document';
import { type FieldName, fieldNames, textOf } from './contact';
import type { Edits } from './update';

/** The four fields as text; null and absent count as empty, as they look the same to a person. */
export type Values = Readonly<Record<FieldName, string>>;

/** A field that both sides changed to different values since the draft began. */
export interface FieldConflict {
  readonly field: FieldName;
  readonly before: string;
  readonly mine: string;
  readonly theirs: string;
}

export interface Merge {
  /** What is still to be sent: the draft's changes that the API does not have. */
  readonly edits: Edits;
  /** While there are any, nothing may be sent. */
  readonly conflicts: readonly FieldConflict[];
}

export function valuesOf(resource: Resource): Values {
  return {
    first_name: textOf(resource, 'first_name'),
    last_name: textOf(resource, 'last_name'),
    email: textOf(resource, 'email'),
    telephone: textOf(resource, 'telephone'),
  };
}

/** `base` holds a value for each edited field; a field without one started from what the API has now. */
export function merge(base: Edits, edits: Edits, latest: Values): Merge {
  const pending: Partial<Record<FieldName, string>> = {};
  const conflicts: FieldConflict[] = [];
  for (const field of fieldNames) {
    const mine = edits[field];
    const theirs = latest[field];
    const before = base[field] ?? theirs;
    if (mine === undefined || mine === before || mine === theirs) continue;
    if (theirs === before) pending[field] = mine;
    else conflicts.push({ field, before, mine, theirs });
  }
  return { edits: pending, conflicts };
}

/** The attributes that differ between two readings of a contact, by name, in the order of the later one. */
export function changedAttributes(before: Resource, after: Resource): readonly string[] {
  const old = before.attributes ?? {};
  const now = after.attributes ?? {};
  const names = new Set([...Object.keys(now), ...Object.keys(old)]);
  return [...names].filter((name) => !isDeepStrictEqual(old[name], now[name]));
}
