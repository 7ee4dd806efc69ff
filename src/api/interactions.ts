import type { ApiClient } from './http/client';
import {
  type Identifier,
  maybeSingleSchema,
  type Resource,
  type ResourceDocument,
  type ResourceUpdate,
} from './http/document';
import { paths } from './paths';
import { putOne } from './putOne';
import { readOne } from './readOne';

/** The `type` of Ctrl Hub's own SDK, where no interaction says its own. */
const usualType = 'customer-interactions';

export interface NewInteraction {
  readonly type: string | undefined;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly contact: Identifier;
  readonly account: Identifier | undefined;
}

/** `GET …/customers/interactions/{id}` */
export function getInteraction(
  client: ApiClient,
  organisationId: string,
  id: string,
  signal?: AbortSignal,
): Promise<ResourceDocument> {
  return readOne(client, paths.interaction(organisationId, id), id, undefined, signal);
}

/**
 * `POST …/customers/interactions`. Nothing makes this safe to send twice.
 * @param beforeSending see `ApiRequest`
 * @returns undefined when the API does not give the interaction back: an empty answer, or another resource,
 * such as a job; it is then not known whether the interaction is there
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

/** `PUT …/customers/interactions/{id}`: see `putOne`. */
export function putInteraction(
  client: ApiClient,
  organisationId: string,
  update: ResourceUpdate,
  etag?: string,
): Promise<ResourceDocument | undefined> {
  return putOne(client, paths.interaction(organisationId, update.id), update, etag);
}
