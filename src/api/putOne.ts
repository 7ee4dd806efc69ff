import type { ApiClient } from './http/client';
import { maybeSingleSchema, type ResourceDocument, type ResourceUpdate } from './http/document';
import { ApiError } from './http/errors';
import { type ApiRequest, strongTag } from './http/wire';

/** @param etag the ETag of the version that the update is based on */
export function putRequest(path: string, update: ResourceUpdate, etag?: string): ApiRequest {
  const { id, type, attributes } = update;
  return { method: 'PUT', path, body: { data: { id, type, attributes } }, ifMatch: strongTag(etag) };
}

/**
 * Replaces the attributes of one resource (PUT). `update` must hold all of them.
 * @returns undefined if the response holds no resource, and so does not show the new values
 * @throws ApiError
 */
export async function putOne(
  client: ApiClient,
  path: string,
  update: ResourceUpdate,
  etag?: string,
  beforeSending?: ApiRequest['beforeSending'],
): Promise<ResourceDocument | undefined> {
  const request = { ...putRequest(path, update, etag), beforeSending };
  const answer = await client.request(maybeSingleSchema, request);
  const { document } = answer;
  const resource = document?.data;
  if (!resource) return undefined;
  if (resource.id !== update.id || resource.type !== update.type) throw new ApiError('badResponse');
  return { resource, included: document?.included ?? [], etag: answer.etag };
}
