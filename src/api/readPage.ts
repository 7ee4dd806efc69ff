import type { ApiClient } from './http/client';
import { listSchema } from './http/document';
import { ApiError } from './http/errors';
import { type Page, toPage } from './page';

/**
 * The limits to try, the largest first. Each request sets one, because the API's default is 10 or 100,
 * depending on the page of the documentation.
 */
const limits = [100, 50, 20, 10];
const leastLimit = 10;

export interface PageRequest {
  readonly offset: number;
  readonly signal?: AbortSignal | undefined;
  /** A key that the list advertises, with a leading minus sign for descending order. */
  readonly sort?: string | undefined;
  /** Exact values by keys that the list advertises. */
  readonly filter?: Readonly<Record<string, string>> | undefined;
  /** The limit to try first; 100 if absent. */
  readonly most?: number;
  /** See `ApiRequest`. */
  readonly beside?: boolean;
}

/**
 * Reads one page of a list (GET). If the API refuses the limit, smaller ones follow.
 * @throws ApiError
 */
export async function readPage(
  client: ApiClient,
  path: string,
  { offset, signal, sort, filter, most, beside = false }: PageRequest,
): Promise<Page> {
  const wanted = most ?? limits[0] ?? 1;
  for (const limit of [wanted, ...limits.filter((smaller) => smaller < wanted)]) {
    try {
      const { document } = await client.request(listSchema, {
        method: 'GET',
        path,
        query: { limit, offset, ...(sort === undefined ? {} : { sort }), ...filters(filter) },
        signal,
        anyDepth: true,
        beside,
      });
      if (document === undefined) throw new ApiError('notUnderstood');
      const page = toPage(document, offset, limit);
      // A first page without any resource is not a list of Ctrl Hub.
      const { unreadable = [], resources } = page;
      const count = unreadable.length;
      if (count > 0 && resources.length === 0 && offset === 0) throw new ApiError('notUnderstood');
      if (count > 0) client.warn(`${path} · rows that could not be read: ${count}`);
      return limit === wanted ? page : { ...page, limit };
    } catch (error) {
      if (limit <= leastLimit || !isAboutLimit(error)) throw error;
    }
  }
  throw new ApiError('invalid');
}

const filters = (filter: Readonly<Record<string, string>> = {}) =>
  Object.fromEntries(Object.entries(filter).map(([key, value]) => [`filter[${key}]`, value]));

function isAboutLimit(error: unknown): boolean {
  return (
    ApiError.is(error, 'invalid', 'errorDocument') &&
    error.problems.some(({ parameter }) => parameter === 'limit')
  );
}
