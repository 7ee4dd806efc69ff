/** Which contacts of an organisation a list shows, and in which order. Pure. */
import type { Resource } from '../../api/http/document';
import { rest } from '../../base/abort';
import { timestampSortKey } from '../../base/timestamp';
import { isFieldName, textOf } from '../model/contact';
import { digitsOf, fold } from '../model/fold';

export interface Sort {
  /** An attribute's name, or `created_at` and the like, by which the API sorts too if it says so. */
  readonly by: string;
  readonly descending: boolean;
}

export interface Arrangement {
  /** What a person typed; empty for everything. */
  readonly filter: string;
  /** Without it the order is the API's. */
  readonly sort?: Sort | undefined;
}

export const asItComes: Arrangement = { filter: '' };

/** What can be sorted by here, whatever the API offers. */
export const sortKeys = [
  'last_name',
  'first_name',
  'email',
  'telephone',
  'created_at',
  'modified_at',
] as const;

export function sortParameter({ by, descending }: Sort): string {
  return descending ? `-${by}` : by;
}

/** Characters by which two are told apart. */
const longest = 500;

/** Comparable as it stands; empty ones come last in both directions. */
export function sortValue(resource: Resource | undefined, by: string): string {
  if (resource === undefined) return '';
  if (by === 'telephone') return digitsOf(textOf(resource, by));
  if (isFieldName(by)) return fold(textOf(resource, by).slice(0, longest)).trim();
  const value = resource.meta?.[by] ?? resource.attributes?.[by];
  if (typeof value === 'number') return String(value).padStart(20, '0');
  if (typeof value !== 'string') return '';
  const time = timestampSortKey(value);
  // A time that cannot be read says nothing about the order.
  return time ?? (by.endsWith('_at') ? '' : fold(value.slice(0, longest)));
}

/** How many are sorted before others get their turn: a few milliseconds' worth. */
const slice = 4_000;

/** Sorts without holding up anything else; equal ones stay in the order they came. */
export async function sortInSlices(
  ids: readonly string[],
  sortKeyOf: (id: string) => string,
  descending: boolean,
): Promise<readonly string[]> {
  const compare = comparing(descending);
  let runs: Keyed[][] = [];
  for (let from = 0; from < ids.length; from += slice) {
    runs.push(
      ids
        .slice(from, from + slice)
        .map((id) => ({ id, value: sortKeyOf(id) }))
        .sort(compare),
    );
    await rest();
  }
  while (runs.length > 1) {
    const merged: Keyed[][] = [];
    for (let n = 0; n < runs.length; n += 2)
      merged.push(await mergeRuns(runs[n] ?? [], runs[n + 1] ?? [], compare));
    runs = merged;
  }
  return (runs[0] ?? []).map(({ id }) => id);
}

interface Keyed {
  readonly id: string;
  readonly value: string;
}

/** Empty ones come last in both directions. */
const comparing = (descending: boolean) => (one: Keyed, other: Keyed) =>
  compareValues(one.value, other.value, descending);

/** Of what `sortValue` gives. */
export function compareValues(one: string, other: string, descending: boolean): number {
  if (one === other) return 0;
  if (one === '' || other === '') return one === '' ? 1 : -1;
  return one < other === descending ? 1 : -1;
}

/**
 * The one in front of which a contact belongs that is new or has changed; undefined for the end. It stays where it is
 * if that is right.
 * @param ids in order, but for this one
 */
export function followerOf(
  ids: readonly string[],
  id: string,
  compare: (one: string, other: string) => number,
): string | undefined {
  const at = ids.indexOf(id);
  const [before, after] = [ids[at - 1], ids[at + 1]];
  const fits =
    (before === undefined || compare(before, id) <= 0) && (after === undefined || compare(id, after) <= 0);
  if (at !== -1 && fits) return after;
  const others = ids.filter((other) => other !== id);
  let [from, to] = [0, others.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (compare(others[middle] ?? '', id) > 0) to = middle;
    else from = middle + 1;
  }
  return others[from];
}

async function mergeRuns(
  one: readonly Keyed[],
  other: readonly Keyed[],
  compare: (a: Keyed, b: Keyed) => number,
): Promise<Keyed[]> {
  const merged: Keyed[] = [];
  for (let a = 0, b = 0; a < one.length || b < other.length; ) {
    const [left, right] = [one[a], other[b]];
    if (right === undefined || (left !== undefined && compare(left, right) <= 0)) {
      if (left !== undefined) merged.push(left);
      a++;
    } else {
      merged.push(right);
      b++;
    }
    if (merged.length % (4 * slice) === 0) await rest();
  }
  return merged;
}
