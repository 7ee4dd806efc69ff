import * as z from 'zod/mini';
import { parseWith } from '../base/parseWith';
import type { ApiClient } from './http/client';
import { type Identifier, type ResourceDocument, relationshipSchema } from './http/document';
import { paths } from './paths';
import { readOne } from './readOne';

/** `GET …/customers/accounts/{id}` with what it is called by: it has no attributes of its own. */
export function getAccount(
  client: ApiClient,
  organisationId: string,
  id: string,
  signal?: AbortSignal,
): Promise<ResourceDocument> {
  return readOne(client, paths.account(organisationId, id), id, 'contacts,properties', signal);
}

/**
 * `POST …/customers/accounts/{id}/relationships/contacts`: adds to the account's contacts. PATCH of the same
 * path would replace all of them, so it is never used. The answer's body is not documented.
 * @returns true if the answer lists the contact
 */
export async function linkContact(
  client: ApiClient,
  organisationId: string,
  accountId: string,
  { id, type }: Identifier,
): Promise<boolean> {
  const path = paths.accountContacts(organisationId, accountId);
  const body = { data: [{ id, type }] };
  const { document } = await client.request(z.unknown(), { method: 'POST', path, body });
  const { data } = parseWith(relationshipSchema, document) ?? {};
  return [data ?? []].flat().some((one) => one.id === id && one.type === type);
}
