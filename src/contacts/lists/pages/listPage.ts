/** What a list is told of a page, and tells of it. */
import type { Resource } from '../../../api/http/document';
import type { Page } from '../../../api/page';

/** A page, and how it was asked for. */
export interface ListPage extends Page {
  /** Counts up with the requests and saves of an account: what is known by a later one is not replaced. */
  readonly asked?: number;
  /** The rows that it was to have. */
  readonly wanted?: number;
}

/** What a page did to a list. */
export interface Taken {
  /** Positions of contacts that were here, and of which there is a newer copy now. */
  readonly again: readonly number[];
  /** Contacts are in other positions than before. */
  readonly moved: boolean;
}

/** A contact that is known by a later request than a page; undefined if none is. */
export type Newer = (contactId: string, asked: number) => Resource | undefined;

/** Also those that could not be read. */
export const rowsOf = ({ resources, unreadable = [] }: ListPage) => resources.length + unreadable.length;

/** Rows that the account may not see have places, too. */
export const spanOf = (page: ListPage, offset: number) => ({
  from: offset,
  to: Math.max(page.next ?? 0, offset + rowsOf(page)),
  places: (page.unreadable ?? []).map((at) => offset + at),
});

export const idsOf = ({ resources }: ListPage) => [...new Set(resources.map(({ id }) => id))];

/** What a page told of how many rows the API gives. */
export interface PageSize {
  readonly rows: number;
  /** It was asked for so many. */
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
