import * as z from 'zod/mini';
import { parseWith } from '../base/parseWith';
import type { ApiClient } from './http/client';
import { type Identifier, type ResourceDocument, relationshipSchema } from './http/document';
import { paths } from './paths';
import { readOne } from './readOne';

/**
 * Reads one customer account (`GET …/customers/accounts/{id}`) with its contacts and properties. An account
 * has no attributes of its own, so that these records name it. Source: https://docs.ctrl-hub.com, page POST
 * customers/accounts.
 * @throws ApiError
 */
export function getAccount(
  client: ApiClient,
  organisationId: string,
  id: string,
  signal?: AbortSignal,
): Promise<ResourceDocument> {
  return readOne(client, paths.account(organisationId, id), id, 'contacts,properties', signal);
}

/**
 * Adds a contact to the contacts of a customer account (`POST
 * …/customers/accounts/{id}/relationships/contacts`). PATCH of the same path would replace all contacts, so
 * it is never used. Source: https://docs.ctrl-hub.com, which does not document the body of the response.
 * @returns true if the response lists the contact; false proves nothing
 * @throws ApiError
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
