/** What a list is told of a page, and tells of it. */
import type { Resource } from '../../api/http/document';
import type { Page } from '../../api/page';

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

/**
 * The page after one without a row, where the API does not name it: there may be rows behind those that are hidden.
 * @param rows those of the pages before
 */
export function nextBeyondEmpty(
  page: ListPage,
  offset: number,
  rows: number | undefined,
): number | undefined {
  const { total = 0, ends = false, wanted = 0 } = page;
  const next = offset + (rows ?? wanted);
  return rowsOf(page) === 0 && !ends && offset < next && next < total ? next : undefined;
}
