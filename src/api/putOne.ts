import type { ApiClient } from './http/client';
import { maybeSingleSchema, type ResourceDocument, type ResourceUpdate } from './http/document';
import { ApiError } from './http/errors';
import { type ApiRequest, strongTag } from './http/wire';

/** @param etag of the reading that the update was made from, if it had one */
export function putRequest(path: string, update: ResourceUpdate, etag?: string): ApiRequest {
  const { id, type, attributes } = update;
  return { method: 'PUT', path, body: { data: { id, type, attributes } }, ifMatch: strongTag(etag) };
}

/**
 * `PUT` of one resource. Replaces the attributes, so `update` holds all of them.
 * @returns undefined when the API gives no resource back, which does not say what it holds now
 * @throws ApiError
 */
export async function putOne(
  client: ApiClient,
  path: string,
  update: ResourceUpdate,
  etag?: string,
): Promise<ResourceDocument | undefined> {
  const answer = await client.request(maybeSingleSchema, putRequest(path, update, etag));
  const { document } = answer;
  const resource = document?.data;
  if (!resource) return undefined;
  if (resource.id !== update.id || resource.type !== update.type) throw new ApiError('notUnderstood');
  return { resource, included: document?.included ?? [], etag: answer.etag };
}
