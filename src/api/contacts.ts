import type { ApiClient } from './http/client';
import type { ResourceDocument, ResourceUpdate } from './http/document';
import type { ApiRequest } from './http/wire';
import type { Page } from './page';
import { paths } from './paths';
import { putOne, putRequest } from './putOne';
import { readOne } from './readOne';
import { type PageRequest, readPage } from './readPage';

export interface ContactRef {
  readonly organisationId: string;
  readonly contactId: string;
}

/** What `include` offers, by https://docs.ctrl-hub.com (GET one contact). */
const related = 'author,accounts,interactions,organisation';

/** `GET /v3/orgs/{org_id}/customers/contacts`: one page of an organisation's contacts. */
export function listContacts(client: ApiClient, organisationId: string, where: PageRequest): Promise<Page> {
  return readPage(client, paths.contacts(organisationId), where);
}

/** `GET …/contacts/{contact_id}` with its related resources; without them where the API won't include them. */
export async function getContact(
  client: ApiClient,
  { organisationId, contactId }: ContactRef,
  signal?: AbortSignal,
  beside?: boolean,
): Promise<ResourceDocument> {
  return readOne(client, paths.contact(organisationId, contactId), contactId, related, signal, beside);
}

/** The request of `putContact`. */
export function putContactRequest(ref: ContactRef, update: ResourceUpdate, etag?: string): ApiRequest {
  return putRequest(paths.contact(ref.organisationId, ref.contactId), update, etag);
}

/** `PUT …/contacts/{contact_id}`: see `putOne`. */
export function putContact(
  client: ApiClient,
  ref: ContactRef,
  update: ResourceUpdate,
  etag?: string,
): Promise<ResourceDocument | undefined> {
  return putOne(client, paths.contact(ref.organisationId, ref.contactId), update, etag);
}
