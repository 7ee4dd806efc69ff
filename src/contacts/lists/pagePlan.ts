/** Plans the next pages of a list. Pure functions. */

import type { PageSize } from './listPage';

/** A page that came before those in front of it: the offsets that it covers. */
interface Span {
  readonly from: number;
  readonly to: number;
}

interface List {
  /** All rows before this offset have been loaded; undefined at the end. */
  readonly next: number | undefined;
  readonly total: number | undefined;
  readonly size: PageSize | undefined;
  readonly mostRows: number | undefined;
  readonly ahead: readonly Span[];
}

/** New rows of a page that is looked at, and of one that is read again. */
export const shownRows = 100;
/** Rows to ask for after the first page of a list that is looked at: one is the last that is here. */
export const moreRows = shownRows + 1;
/** Rows to ask for where all of a list is read. On the network it is the number of requests that takes time. */
export const wholeRows = 1_000;
/** Shorter pages do not overlap, because that would require too many more requests. */
const leastRows = 2;
/** Requests that the rows in common may cost in all; fewer where refused requests came before them. */
const mostCost = { usual: 3, afterRefusal: 1 } as const;
/** A server's total may be wrong. */
const mostPlanned = 1_000_000;

/** How many rows to ask for, of so many that are wanted. */
export const limitOf = ({ mostRows = Number.POSITIVE_INFINITY }: List, wanted: number) =>
  Math.min(wanted, mostRows);

/**
 * The offset of the page that follows: its first row is the last one that is here.
 * @param limit the rows that pages are asked for
 */
export function nextOffset(list: List, limit: number): number | undefined {
  const { next } = list;
  return next === undefined ? undefined : next - overlapOf(list, sizeOf(list, limit));
}

/** The offsets of all missing pages, or of the next page only if the total is unknown. */
export function missingOffsets(list: List, limit: number): readonly number[] {
  const { next, total, ahead } = list;
  if (next === undefined) return [];
  const size = sizeOf(list, limit);
  const overlap = overlapOf(list, size);
  if (total === undefined || size === undefined) return [next - overlap];
  const offsets: number[] = [];
  const end = Math.min(total, next + mostPlanned);
  let covered = next;
  do {
    const page = ahead.find(({ from, to }) => from <= covered && covered < to);
    if (page === undefined) offsets.push(covered - overlap);
    covered = page?.to ?? covered - overlap + size;
  } while (covered < end);
  return offsets;
}

/** The number of rows of a page with the current limit; undefined before the first page. */
const sizeOf = ({ size }: List, limit: number) =>
  size !== undefined && size.wanted >= limit ? Math.min(size.rows, limit) : undefined;

function overlapOf({ next = 0, total, size, mostRows }: List, rows: number | undefined): 0 | 1 {
  if (next === 0 || (size?.rows ?? shownRows) < leastRows) return 0;
  if (total === undefined || rows === undefined) return 1;
  const left = Math.max(0, total - next);
  const cost = Math.ceil(left / (rows - 1)) - Math.ceil(left / rows);
  return cost <= (mostRows === undefined ? mostCost.usual : mostCost.afterRefusal) ? 1 : 0;
}
