import type { ApiClient } from './http/client';
import type { Page } from './page';
import { paths } from './paths';
import { readPage } from './readPage';

/**
 * Reads one page of the organisations that the account belongs to (`GET /v3/orgs`). Source:
 * https://docs.ctrl-hub.com, page organisations/get-v3orgs.
 * @throws ApiError
 */
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
