import type { ApiClient } from './http/client';
import {
  type Identifier,
  maybeSingleSchema,
  type Resource,
  type ResourceDocument,
  type ResourceUpdate,
} from './http/document';
import type { ApiRequest } from './http/wire';
import { paths } from './paths';
import { putOne } from './putOne';
import { readOne } from './readOne';

/** The type in Ctrl Hub's TypeScript SDK; used if no existing interaction shows its type. */
const usualType = 'customer-interactions';

/**
 * An interaction to create. Its attributes, by https://docs.ctrl-hub.com (POST customers/interactions):
 * - `method`: an enumeration; the SDK lists letter, email, telephone and sms
 * - `direction`: an enumeration; the SDK lists inbound and outbound
 * - `date_time`: a string, RFC 3339
 * - `contacted`: a boolean
 * - `status`: an enumeration, such as "scheduled"; the documentation lists no other values
 * - `notes`: a string
 */
export interface NewInteraction {
  readonly type: string | undefined;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly contact: Identifier;
  readonly account: Identifier | undefined;
}

/**
 * Reads one interaction (`GET …/customers/interactions/{id}`) with the attributes that `NewInteraction`
 * lists. Its relationships are author, organisation, representative (a user), account, contact and property,
 * each with one resource.
 * @throws ApiError
 */
export function getInteraction(
  client: ApiClient,
  organisationId: string,
  id: string,
  signal?: AbortSignal,
): Promise<ResourceDocument> {
  return readOne(client, paths.interaction(organisationId, id), id, undefined, signal);
}

/**
 * Creates an interaction (`POST …/customers/interactions`). The API knows no idempotency key, so a lost
 * response must not lead to a second request.
 * @param beforeSending see `ApiRequest`
 * @returns undefined if the response is empty or holds another resource, such as a job; the interaction may
 * then exist or not
 * @throws ApiError
 */
export async function postInteraction(
  client: ApiClient,
  organisationId: string,
  { type = usualType, attributes, contact, account }: NewInteraction,
  beforeSending?: () => Promise<void>,
): Promise<Resource | undefined> {
  const { document } = await client.request(maybeSingleSchema, {
    method: 'POST',
    path: paths.interactions(organisationId),
    beforeSending,
    body: {
      data: {
        type,
        attributes,
        relationships: { contact: { data: contact }, ...(account ? { account: { data: account } } : {}) },
      },
    },
  });
  const resource = document?.data ?? undefined;
  return resource?.type === type ? resource : undefined;
}

/**
 * Replaces an interaction's attributes (`PUT …/customers/interactions/{id}`). The request page of
 * https://docs.ctrl-hub.com shows `date_time`, `contacted` and `notes` only: `update` must hold every
 * attribute that was read.
 * @returns undefined if the response holds no resource
 * @throws ApiError
 */
export function putInteraction(
  client: ApiClient,
  organisationId: string,
  update: ResourceUpdate,
  etag?: string,
  beforeSending?: ApiRequest['beforeSending'],
): Promise<ResourceDocument | undefined> {
  return putOne(client, paths.interaction(organisationId, update.id), update, etag, beforeSending);
}
