/** One page of a list, and the offset of the next page. */
import type { ListDocument, Resource } from './http/document';

export interface Page {
  readonly resources: readonly Resource[];
  /**
   * Positions in the page, from 0, of rows that are no resources. They are left out, but count in the
   * offsets.
   */
  readonly unreadable?: readonly number[];
  /** The number of rows in the whole list, if the API reports it. */
  readonly total: number | undefined;
  /** The offset of the next page; undefined at the end. */
  readonly next: number | undefined;
  /** The API's own statement that another page follows, or that none does. */
  readonly announced?: 'next' | 'end' | undefined;
  /** The limit that the API accepted, if it sent no page for a larger one. */
  readonly limit?: number;
  /** The keys that the API advertises for sorting and for filtering this list. */
  readonly sortable: readonly string[];
  readonly filterable: readonly string[];
}

/**
 * The usual limit. Each request sets one, because the API's default is 10 or 100, depending on the page of
 * the documentation.
 */
export const usual = 100;

/** A server may refuse so many rows for any stated reason. */
export const isLong = (limit: number) => limit >= 2 * usual;

/**
 * Makes a page of a response. The API promises little about paging: `meta.pagination` may be missing, the API
 * may lower `limit` without notice, and the value of `offsets.next` on the last page is not documented.
 * Source: https://docs.ctrl-hub.com, section "Paging", and the fixtures of Ctrl Hub's Kotlin SDK.
 */
export function toPage(document: ListDocument, offset: number, asked = usual): Page {
  const { readable: resources, unreadable } = document.data;
  const rows = resources.length + unreadable.length;
  const pagination = document.meta?.pagination;
  const total = pagination?.counts?.resources ?? undefined;
  const after = offset + rows;
  const named = pagination?.offsets?.next ?? 0;
  // Rows that the account may not read can shorten a page, so the API's next offset may be larger.
  const next = Math.max(named, after);
  // A total may be capped, or leave out rows that the account may not see, so a next page counts for more. If
  // all counted rows have arrived, however, the next offset may only be the offset plus the limit.
  const isNamed = named > offset && named >= after && (named === after || offset > 0 || after !== total);
  return {
    resources,
    unreadable,
    total,
    next: isNamed || more() ? next : undefined,
    announced: isNamed ? 'next' : pagination?.offsets?.next === null ? 'end' : undefined,
    ...featuresOf(document),
  };

  function more(): boolean {
    if (rows === 0) return false;
    if (total !== undefined) return next < total;
    if (named > offset) return true;
    if (pagination?.offsets && pagination.offsets.next !== undefined) return false;
    return rows >= (pagination?.requested?.limit ?? asked) || looksCapped(rows) || isLong(asked);
  }
}

function featuresOf({ meta }: ListDocument) {
  const features = meta?.features;
  return {
    sortable: features?.params?.sort?.options ?? features?.sort?.options ?? [],
    filterable: features?.params?.filter?.options ?? features?.filter?.options ?? [],
  };
}

/**
 * Without paging data a short page is the last one, unless the API lowered the limit without notice. Limits
 * are round numbers, so a page with a round number of rows has a next page: one request too many, but no row
 * too few. A long page always has a next page.
 */
function looksCapped(length: number): boolean {
  return length >= 10 && (length % 10 === 0 || length % 25 === 0);
}
