/** The loaded part of an organisation's list: pure values; `ContactStore` owns the current one. */
import type { ApiError } from '../api/errors';
import type { Page } from '../api/page';

export type LoadState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: ApiError; readonly during: 'read' | 'more' };

export interface ContactList {
  /** In the API's order, each once. */
  readonly ids: readonly string[];
  /** How many there are in all; undefined if the API doesn't say. */
  readonly total: number | undefined;
  /** The offset of the next page; undefined when everything is here. */
  readonly next: number | undefined;
  /** False until the first page came; rows stay when a later load fails. */
  readonly loaded: boolean;
  /** To be read again when somebody looks at it. */
  readonly stale: boolean;
  readonly load: LoadState;
}

export const newList: ContactList = {
  ids: [],
  total: undefined,
  next: 0,
  loaded: false,
  stale: true,
  load: { kind: 'idle' },
};

/** Rows can move between two requests for pages, so a row may come twice: the first one stays. */
export function withPage(list: ContactList, page: Page): ContactList {
  const ids = [...new Set([...list.ids, ...page.resources.map((resource) => resource.id)])];
  // A server that ignores `offset` sends the same page for ever.
  const stuck = page.resources.length > 0 && ids.length === list.ids.length;
  return {
    ids,
    total: page.total,
    next: stuck ? undefined : page.next,
    loaded: true,
    stale: false,
    load: { kind: 'idle' },
  };
}
