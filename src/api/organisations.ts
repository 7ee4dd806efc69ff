import type { ApiClient } from './http/client';
import type { Page } from './page';
import { paths } from './paths';
import { readPage } from './readPage';

/** `GET /v3/orgs`: the organisations that the account belongs to, one page of them. */
export function listOrganisations(
  client: ApiClient,
  { offset = 0, signal }: { readonly offset?: number; readonly signal?: AbortSignal } = {},
): Promise<Page> {
  return readPage(client, paths.organisations(), { offset, signal });
}

/** The first page of the account's organisations, and when it was read, in milliseconds since 1970. */
export interface FirstOrganisations extends Page {
  readonly readAt: number;
}
