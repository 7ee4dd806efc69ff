/** The input and the result of adding a page to a list. */
import type { Resource } from '../../../api/http/document';
import type { Page } from '../../../api/page';

/** A page with the parameters of its request. */
export interface ListPage extends Page {
  /**
   * The number of the request. Requests and saves of an account are numbered, and later data is not replaced.
   */
  readonly asked?: number;
  /** The `limit` of the request. */
  readonly wanted?: number;
}

/** The effect of a page on a list. */
export interface Taken {
  /** Positions of contacts that got a newer copy. */
  readonly again: readonly number[];
  /** True if contacts changed their positions. */
  readonly moved: boolean;
}

/** Returns the data of a contact from a later request than `asked`; undefined if there is none. */
export type Newer = (contactId: string, asked: number) => Resource | undefined;

/** The number of rows, including unreadable ones. */
export const rowsOf = ({ resources, unreadable = [] }: ListPage) => resources.length + unreadable.length;

/** The offsets that a page covers, including rows that the account may not see. */
export const spanOf = (page: ListPage, offset: number) => ({
  from: offset,
  to: Math.max(page.next ?? 0, offset + rowsOf(page)),
  places: (page.unreadable ?? []).map((at) => offset + at),
});

export const idsOf = ({ resources }: ListPage) => [...new Set(resources.map(({ id }) => id))];

/** The number of rows of the API's pages, by the latest one. */
export interface PageSize {
  readonly rows: number;
  /** The `limit` of the request. */
  readonly wanted: number;
}

/** A page covers no fewer offsets than other pages with the same or a smaller limit. */
export function sizeOf(page: ListPage, offset: number, before: PageSize | undefined): PageSize | undefined {
  const { announced, next, wanted = 0 } = page;
  if (next === undefined) return before;
  if (announced === 'next') return { rows: next - offset, wanted };
  const known = before !== undefined && before.wanted <= wanted ? before.rows : 0;
  return { rows: Math.max(rowsOf(page), known), wanted };
}

/**
 * The offset after a page. If the API does not send it, rows that the account may not see can make the page
 * short.
 */
export function offsetBehind(page: ListPage, offset: number, size: PageSize | undefined): number | undefined {
  const { announced, next, total, wanted = 0 } = page;
  if (announced !== undefined || total === undefined) return next;
  if (next === undefined && rowsOf(page) > 0) return undefined;
  const behind = Math.max(next ?? 0, offset + (size?.rows ?? wanted));
  return offset < behind && behind < total ? behind : undefined;
}

/**
 * Returns true if a page is short for an unknown reason: rows that the account may not see, or a limit of the
 * API.
 */
export const isUnclear = (page: ListPage) =>
  page.announced === undefined && page.next !== undefined && rowsOf(page) < (page.wanted ?? 0);

/** Returns true if a page covers offsets of rows that the account may not see. */
export const hidesRows = (page: ListPage, offset: number) =>
  rowsOf(page) === 0 || (page.announced === 'next' && rowsOf(page) < (page.next ?? 0) - offset);
