/** One page of a list, and where the next one begins. */
import type { ListDocument, Resource } from './http/document';

export interface Page {
  readonly resources: readonly Resource[];
  /** Places in the page, from 0, of rows that are no resources: they are left out, and have offsets like the others. */
  readonly unreadable?: readonly number[];
  /** How many there are in all, if the API said so. */
  readonly total: number | undefined;
  /** The offset of the next page; undefined at the end. */
  readonly next: number | undefined;
  /** The limit that it was read with, where the API refused a larger one. */
  readonly limit?: number;
  /** What this list can be sorted by, and filtered by, as the API advertises it. */
  readonly sortable: readonly string[];
  readonly filterable: readonly string[];
}

/**
 * The API promises little about paging: `meta.pagination` may be missing, `limit` may be lowered without
 * a word, and it isn't said what `offsets.next` is on the last page.
 * Source: section "Paging" of https://docs.ctrl-hub.com and its Kotlin SDK's fixtures.
 */
export function toPage(document: ListDocument, offset: number, asked = 100): Page {
  const { readable: resources, unreadable } = document.data;
  const rows = resources.length + unreadable.length;
  const pagination = document.meta?.pagination;
  const total = pagination?.counts?.resources ?? undefined;
  const after = offset + rows;
  const told = pagination?.offsets?.next ?? 0;
  // Rows that the account may not see can make a page short, so the API's own offset may be further on.
  const next = Math.max(told, after);
  return { resources, unreadable, total, next: more() ? next : undefined, ...featuresOf(document) };

  function more(): boolean {
    if (rows === 0) return false;
    // A total may be capped, so a next page that begins where this one ends is believed before it. Beyond a page
    // that is short, `offsets.next` may be no more than the offset plus the limit.
    if (told === after) return true;
    if (total !== undefined) return next < total;
    if (told > offset) return true;
    if (pagination?.offsets && pagination.offsets.next !== undefined) return false;
    return rows >= (pagination?.requested?.limit ?? asked) || looksCapped(rows);
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
 * Without paging data a short page is the last one, unless the API lowered the limit silently. Limits are
 * round numbers, so a page of a round size is asked on from: a "Load more" too many, but no row too few.
 */
function looksCapped(length: number): boolean {
  return length >= 10 && (length % 10 === 0 || length % 25 === 0);
}
