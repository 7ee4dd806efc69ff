/** The input and the result of adding a page to a list. */
import type { Resource } from '../../api/http/document';
import type { Page } from '../../api/page';

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

/** What a page told of how many rows the API gives. */
export interface PageSize {
  readonly rows: number;
  /** The `limit` of the request. */
  readonly wanted: number;
}

/** A page has at least as many places as any that was asked for no more rows. */
export function sizeOf(page: ListPage, offset: number, before: PageSize | undefined): PageSize | undefined {
  const { told, next, wanted = 0 } = page;
  if (next === undefined) return before;
  if (told === 'next') return { rows: next - offset, wanted };
  const known = before !== undefined && before.wanted <= wanted ? before.rows : 0;
  return { rows: Math.max(rowsOf(page), known), wanted };
}

/** The offset behind a page: where the API does not name it, rows that the account may not see may make the page short. */
export function offsetBehind(page: ListPage, offset: number, size: PageSize | undefined): number | undefined {
  const { told, next, total, wanted = 0 } = page;
  if (told !== undefined || total === undefined) return next;
  if (next === undefined && rowsOf(page) > 0) return undefined;
  const behind = Math.max(next ?? 0, offset + (size?.rows ?? wanted));
  return offset < behind && behind < total ? behind : undefined;
}

/** Whether a page may be short for rows that may not be seen, or because the API gives no more: it does not say. */
export const isUnclear = (page: ListPage) =>
  page.told === undefined && page.next !== undefined && rowsOf(page) < (page.wanted ?? 0);

/** Whether a page has places of rows that may not be seen. */
export const hidesRows = (page: ListPage, offset: number) =>
  rowsOf(page) === 0 || (page.told === 'next' && rowsOf(page) < (page.next ?? 0) - offset);
