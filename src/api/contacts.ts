import type { ApiClient } from './http/client';
import type { ResourceDocument, ResourceUpdate } from './http/document';
import type { ApiRequest } from './http/wire';
import type { Page } from './page';
import { paths } from './paths';
import { putOne, putRequest } from './putOne';
import { readOne } from './readOne';
import { type PageRequest, readPage } from './readPage';

/**
 * The IDs (UUIDs) of a contact and of its organisation, as the paths contain them. Identifies a contact within one API;
 * `ContactKey` names the API, too.
 */
export interface ContactRef {
  readonly organisationId: string;
  readonly contactId: string;
}

/** The values of `include`. Source: https://docs.ctrl-hub.com, page GET one contact. */
const related = 'author,accounts,interactions,organisation';

/**
 * Reads one page of an organisation's contacts (`GET /v3/orgs/{org_id}/customers/contacts`). Each resource
 * has the attributes that `getContact` lists. No page of the documentation describes this list; it follows
 * the form of the other lists.
 * @throws ApiError
 */
export function listContacts(client: ApiClient, organisationId: string, where: PageRequest): Promise<Page> {
  return readPage(client, paths.contacts(organisationId), where);
}

/**
 * Reads one contact (`GET …/customers/contacts/{contact_id}`) with its author, customer accounts,
 * interactions and organisation. If the API refuses `include`, the contact comes without them.
 *
 * Attributes (the documentation does not show which ones are required):
 * - `first_name`, `last_name`, `email` and `telephone`: strings; no length or format is documented
 * - `salutation` and `association`: enumerations, such as "Mr" and "occupier"; the documentation lists no
 *   other values
 *
 * `meta` has `created_at`, `updated_at` and `modified_at` (RFC 3339). The type is `contacts` in Ctrl Hub's
 * TypeScript SDK. Source: https://docs.ctrl-hub.com, page GET one contact. Other attributes are kept as they
 * come.
 * @param background the user did not request this: a 401 must not end the session
 * @throws ApiError
 */
export async function getContact(
  client: ApiClient,
  { organisationId, contactId }: ContactRef,
  signal?: AbortSignal,
  background?: boolean,
): Promise<ResourceDocument> {
  return readOne(client, paths.contact(organisationId, contactId), contactId, related, signal, background);
}

/** Builds the request of `putContact` without sending it. */
export function putContactRequest(ref: ContactRef, update: ResourceUpdate, etag?: string): ApiRequest {
  return putRequest(paths.contact(ref.organisationId, ref.contactId), update, etag);
}

/**
 * Replaces a contact's attributes (`PUT …/customers/contacts/{contact_id}`). The request page of
 * https://docs.ctrl-hub.com shows `first_name`, `last_name`, `email` and `telephone` only, and does not
 * specify the effect of a missing attribute: `update` must hold every attribute that was read.
 * @param etag the version that the update is based on, sent as `If-Match`
 * @returns undefined if the response holds no resource
 * @throws ApiError
 */
export function putContact(
  client: ApiClient,
  ref: ContactRef,
  update: ResourceUpdate,
  etag?: string,
  beforeSending?: ApiRequest['beforeSending'],
): Promise<ResourceDocument | undefined> {
  return putOne(client, paths.contact(ref.organisationId, ref.contactId), update, etag, beforeSending);
}
