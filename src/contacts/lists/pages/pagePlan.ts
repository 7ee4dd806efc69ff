/** Plans the next pages of a list. Pure functions. */

import type { PageSize } from './listPage';

/** The offsets of a page that arrived before an earlier one. */
interface Span {
  readonly from: number;
  readonly to: number;
}

interface List {
  /** All rows before this offset have been loaded; undefined at the end. */
  readonly next: number | undefined;
  readonly total: number | undefined;
  readonly size: PageSize | undefined;
  readonly maxRows: number | undefined;
  readonly ahead: readonly Span[];
}

/** The number of new rows of a page for display, or of one that is read again. */
export const shownRows = 100;
/** The limit after the first page of a list for display, which includes the last loaded row. */
export const moreRows = shownRows + 1;
/** The limit for reading a whole list. On a network, the number of requests determines the time. */
export const wholeRows = 1_000;
/** Shorter pages do not overlap, because that would require too many more requests. */
const minRows = 2;
/** The maximum number of extra requests for overlapping pages; fewer after refused requests. */
const maxCost = { usual: 3, afterRefusal: 1 } as const;
/** A server's total may be wrong. */
const maxPlanned = 1_000_000;

/** Returns the limit of a request, at most the API's. */
export const limitOf = ({ maxRows = Number.POSITIVE_INFINITY }: List, wanted: number) =>
  Math.min(wanted, maxRows);

/**
 * The offset of the next page, which begins with the last loaded row.
 * @param limit the limit of the requests
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
  const end = Math.min(total, next + maxPlanned);
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

function overlapOf({ next = 0, total, size, maxRows }: List, rows: number | undefined): 0 | 1 {
  if (next === 0 || (size?.rows ?? shownRows) < minRows) return 0;
  if (total === undefined || rows === undefined) return 1;
  const left = Math.max(0, total - next);
  const cost = Math.ceil(left / (rows - 1)) - Math.ceil(left / rows);
  return cost <= (maxRows === undefined ? maxCost.usual : maxCost.afterRefusal) ? 1 : 0;
}
