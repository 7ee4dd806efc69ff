/** Filter and sort order of an organisation's list. Pure functions. */
import type { Resource } from '../../api/http/document';
import { yieldToEventLoop } from '../../base/abort';
import { isExactNumber } from '../../base/exactNumbers';
import { timestampSortKey } from '../../base/timestamp';
import { isFieldName, textOf } from '../model/contact';
import { digitsOf, fold } from '../model/fold';

export interface Sort {
  /**
   * An attribute's name, or a timestamp such as `created_at`. If the API advertises the key, it sorts too.
   */
  readonly by: string;
  readonly descending: boolean;
}

export interface ListOptions {
  /** The typed text; empty for all contacts. */
  readonly filter: string;
  /** Absent for the API's own order. */
  readonly sort?: Sort | undefined;
}

export const asItComes: ListOptions = { filter: '' };

/** The keys that can be sorted by here, whatever the API advertises. */
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

/** The number of characters that are compared. */
const maxLength = 500;

/** Returns a text that sorts by code units; an empty one sorts last in both directions. */
export function sortValue(resource: Resource | undefined, by: string): string {
  if (resource === undefined) return '';
  if (by === 'telephone') return digitsOf(textOf(resource, by));
  if (isFieldName(by)) return fold(textOf(resource, by).slice(0, maxLength)).trim();
  const value = resource.meta?.[by] ?? resource.attributes?.[by];
  if (typeof value === 'number' || isExactNumber(value)) return numberSortKey(Number(String(value)));
  if (typeof value !== 'string') return '';
  const time = timestampSortKey(value);
  // An unreadable time does not determine a position.
  return time ?? (by.endsWith('_at') ? '' : fold(value.slice(0, maxLength)));
}

/** Returns the bits of a number as a text, so that texts sort as their numbers do. */
function numberSortKey(value: number): string {
  const view = new DataView(new ArrayBuffer(8));
  // Without the addition, -0 would come before 0.
  view.setFloat64(0, value + 0);
  const bits = view.getBigUint64(0);
  const sign = 1n << 63n;
  return (bits & sign ? bits ^ (2n * sign - 1n) : bits | sign).toString(16).padStart(16, '0');
}

/** The number of rows to sort before yielding to the event loop: a few milliseconds. */
const slice = 4_000;

/** Sorts without blocking the event loop; equal rows keep their order. */
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
    await yieldToEventLoop();
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

/** Empty values sort last in both directions. */
const comparing = (descending: boolean) => (one: Keyed, other: Keyed) =>
  compareValues(one.value, other.value, descending);

/** Compares two results of `sortValue`. */
export function compareValues(one: string, other: string, descending: boolean): number {
  if (one === other) return 0;
  if (one === '' || other === '') return one === '' ? 1 : -1;
  return one < other === descending ? 1 : -1;
}

/**
 * Finds the position of a new or changed contact. It keeps its position if that is right.
 * @param ids sorted, except for the contact itself
 * @returns the contact that follows it; undefined for the end
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
    if (merged.length % (4 * slice) === 0) await yieldToEventLoop();
  }
  return merged;
}
