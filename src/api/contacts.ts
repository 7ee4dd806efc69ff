import type { ApiClient, ApiRequest } from './http/client';
import type { Resource } from './http/document';
import type { Page } from './page';
import { paths } from './paths';
import { putOne, putRequest } from './putOne';
import { readOne } from './readOne';
import { type PageRequest, readPage } from './readPage';

export interface ContactRef {
  readonly organisationId: string;
  readonly contactId: string;
}

/** A contact, with whatever related resources the API sent along. */
export interface ContactDocument {
  readonly resource: Resource;
  readonly included: readonly Resource[];
  /** The version of the resource, if the API says it. */
  readonly etag?: string | undefined;
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
): Promise<ContactDocument> {
  return readOne(client, paths.contact(organisationId, contactId), contactId, related, signal, beside);
}

/** What a PUT sends: the identity as the API gave it, and every attribute. */
export interface ContactUpdate {
  readonly id: string;
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** The request of `putContact`. */
export function putContactRequest(ref: ContactRef, update: ContactUpdate, etag?: string): ApiRequest {
  return putRequest(paths.contact(ref.organisationId, ref.contactId), update, etag);
}

/** `PUT …/contacts/{contact_id}`: see `putOne`. */
export function putContact(
  client: ApiClient,
  ref: ContactRef,
  update: ContactUpdate,
  etag?: string,
): Promise<ContactDocument | undefined> {
  return putOne(client, paths.contact(ref.organisationId, ref.contactId), update, etag);
}
