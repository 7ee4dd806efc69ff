import type { ApiClient } from './http/client';
import { isSameId, type ResourceDocument, singleSchema } from './http/document';
import { ApiError } from './http/errors';

/**
 * Reads one resource (GET), with related resources if the API accepts `include`.
 * @throws ApiError
 */
export async function readOne(
  client: ApiClient,
  path: string,
  id: string,
  include?: string,
  signal?: AbortSignal,
  background = false,
): Promise<ResourceDocument> {
  const request = { method: 'GET', path, signal, background } as const;
  const { document, etag } = await client
    .request(singleSchema, include === undefined ? request : { ...request, query: { include } })
    .catch((error: unknown) => {
      const refused =
        ApiError.is(error, 'invalid', 'errorDocument') &&
        error.problems.some((p) => p.parameter === 'include');
      if (refused && include !== undefined) return client.request(singleSchema, request);
      throw error;
    });
  if (document === undefined || !isSameId(document.data.id, id)) throw new ApiError('badResponse');
  const isPartial = Array.isArray(document.errors) && document.errors.length > 0;
  return {
    resource: document.data,
    included: document.included ?? [],
    etag,
    ...(isPartial ? { isPartial } : {}),
  };
}
