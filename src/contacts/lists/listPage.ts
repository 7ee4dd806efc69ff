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
