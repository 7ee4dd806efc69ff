import type { ApiClient, ApiRequest } from './client';
import { maybeSingleSchema, type Resource } from './document';
import { ApiError } from './errors';
import type { Page } from './page';
import { paths } from './paths';
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
export function putRequest(ref: ContactRef, update: ContactUpdate, ifMatch?: string): ApiRequest {
  const { id, type, attributes } = update;
  return {
    method: 'PUT',
    path: paths.contact(ref.organisationId, ref.contactId),
    body: { data: { id, type, attributes } },
    ifMatch,
  };
}

/**
 * `PUT …/contacts/{contact_id}`. Replaces the attributes, so `update` holds all of them.
 * `ifMatch` is the ETag of the reading that the update was made from, if it had one.
 * @returns undefined when the API took it without giving the resource back
 */
export async function putContact(
  client: ApiClient,
  ref: ContactRef,
  update: ContactUpdate,
  ifMatch?: string,
): Promise<ContactDocument | undefined> {
  const { document, etag } = await client.request(maybeSingleSchema, putRequest(ref, update, ifMatch));
  const resource = document?.data;
  if (!resource) return undefined;
  if (resource.id !== ref.contactId || resource.type !== update.type) throw new ApiError('notUnderstood');
  return { resource, included: document?.included ?? [], etag };
}
