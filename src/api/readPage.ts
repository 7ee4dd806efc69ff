import type { ApiClient } from './http/client';
import { listSchema } from './http/document';
import { ApiError } from './http/errors';
import { type Page, toPage } from './page';

/** The first is asked for at every page, as the API's own default differs between its documentations. */
const limits = [100, 50, 20, 10];
const leastLimit = 10;

export interface PageRequest {
  readonly offset: number;
  readonly signal?: AbortSignal | undefined;
  /** One that the list advertises, with a minus sign for descending. */
  readonly sort?: string | undefined;
  /** Exact values by the keys that the list advertises. */
  readonly filter?: Readonly<Record<string, string>> | undefined;
  /** The rows that are wanted, where the usual number won't do. */
  readonly most?: number;
  /** See `ApiRequest`. */
  readonly beside?: boolean;
}

/** `GET` of one page of a list; with a smaller limit where the API says that the limit is the problem. */
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
      // A first page of nothing but such rows is no list of Ctrl Hub's.
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
