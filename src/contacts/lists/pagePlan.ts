/** Which pages of a list are asked for next. Pure. */

/** What the last page told of how many rows the API gives. */
export interface PageSize {
  readonly rows: number;
  /** The API gives no more, whatever it is asked for. */
  readonly isMost: boolean;
  /** It was asked for so many. */
  readonly wanted: number;
}

interface List {
  /** The offset that everything before is here of; undefined at the end. */
  readonly next: number | undefined;
  readonly total: number | undefined;
  readonly size: PageSize | undefined;
  readonly mostRows: number | undefined;
}

/** The new rows of a page. It is asked for one more, which it has in common with the page before. */
export const pageRows = 100;
/** Where a page has fewer, a row in common would make too many more of them. */
const leastRows = 2;
/** Requests that the rows in common may cost at most, where the API gives no longer pages for them: so many, or a part. */
const mostCost = { requests: 3, part: 1 / 64 } as const;
/** A total is only what somebody says. */
const mostPlanned = 1_000_000;

/** How many rows to ask for, from any offset but the first. */
export const limitOf = ({ mostRows }: List) => Math.min(pageRows + 1, mostRows ?? Number.POSITIVE_INFINITY);

/** The offset of the page that follows: its first row is the last one that is here. */
export function nextOffset(list: List): number | undefined {
  const { next } = list;
  return next === undefined ? undefined : next - overlapOf(list, sizeOf(list));
}

/** The pages that are missing: one where nothing is known of them. */
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

/** Rows of a page by the limit that is asked with; undefined where no page has told yet. */
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
