/** Plans the next pages of a list. Pure functions. */

/** The number of rows of the API's pages, by the latest one. */
export interface PageSize {
  readonly rows: number;
  /** True if the API does not send longer pages. */
  readonly isMost: boolean;
  /** The `limit` of the request. */
  readonly wanted: number;
}

interface List {
  /** All rows before this offset have been loaded; undefined at the end. */
  readonly next: number | undefined;
  readonly total: number | undefined;
  readonly size: PageSize | undefined;
  readonly mostRows: number | undefined;
}

/** The number of new rows of a page. A request has one more, the last row of the previous page. */
export const pageRows = 100;
/** Shorter pages do not overlap, because that would require too many more requests. */
const leastRows = 2;
/**
 * The maximum number of extra requests for overlapping pages, absolute and relative, if the API limits the
 * page size.
 */
const mostCost = { requests: 3, part: 1 / 64 } as const;
/** A server's total may be wrong. */
const mostPlanned = 1_000_000;

/** The `limit` of all pages but the first. */
export const limitOf = ({ mostRows }: List) => Math.min(pageRows + 1, mostRows ?? Number.POSITIVE_INFINITY);

/** The offset of the next page, which begins with the last loaded row. */
export function nextOffset(list: List): number | undefined {
  const { next } = list;
  return next === undefined ? undefined : next - overlapOf(list, sizeOf(list));
}

/** The offsets of all missing pages, or of the next page only if the total is unknown. */
export function missingOffsets(list: List): readonly number[] {
  const { next, total } = list;
  const from = nextOffset(list);
  if (next === undefined || from === undefined) return [];
  const size = sizeOf(list);
  if (total === undefined || size === undefined) return [from];
  const offsets = [from];
  const overlap = next - from;
  const end = Math.min(total, next + mostPlanned) - overlap;
  for (let at = from + size - overlap; at < end; at += size - overlap) offsets.push(at);
  return offsets;
}

/** The number of rows of a page with the current limit; undefined before the first page. */
function sizeOf(list: List): number | undefined {
  const { size } = list;
  if (size === undefined) return undefined;
  const limit = limitOf(list);
  if (size.isMost || size.wanted >= limit) return Math.min(size.rows, limit);
  return undefined;
}

function overlapOf({ next = 0, total, size }: List, rows: number | undefined): 0 | 1 {
  if (next === 0 || (size?.rows ?? pageRows) < leastRows) return 0;
  if (total === undefined || rows === undefined) return 1;
  const left = Math.max(0, total - next);
  const least = Math.ceil(left / rows);
  const cost = Math.ceil(left / (rows - 1)) - least;
  return cost <= Math.max(mostCost.requests, least * mostCost.part) ? 1 : 0;
}
