import type { ApiClient } from './http/client';
import { listSchema } from './http/document';
import { ApiError } from './http/errors';
import { isLong, type Page, toPage, usual } from './page';

/** The limits to try after a refusal. */
const limits = [500, 200, usual, 50, 20, 10];

export interface PageRequest {
  readonly offset: number;
  readonly signal?: AbortSignal | undefined;
  /** A key that the list advertises, with a leading minus sign for descending order. */
  readonly sort?: string | undefined;
  /** Exact values by keys that the list advertises. */
  readonly filter?: Readonly<Record<string, string>> | undefined;
  /** The limit to try first; 100 if absent. */
  readonly limit?: number;
  /** See `ApiRequest`. */
  readonly background?: boolean;
}

/**
 * Reads one page of a list (GET). If the API refuses the limit, smaller ones follow.
 * @throws ApiError
 */
export async function readPage(client: ApiClient, path: string, request: PageRequest): Promise<Page> {
  const { limit: wanted = usual } = request;
  let isRefused = false;
  for (let limit = Math.min(wanted, client.maxRows); ; ) {
    try {
      const page = await readWith(client, path, request, limit);
      if (isRefused) client.maxRows = Math.min(client.maxRows, limit);
      return limit === wanted ? page : { ...page, limit };
    } catch (error) {
      const smaller = smallerThan(limit, error);
      if (smaller === undefined) throw error;
      isRefused ||= isAboutLimit(error);
      limit = smaller;
    }
  }
}

async function readWith(
  client: ApiClient,
  path: string,
  { offset, signal, sort, filter, background = false }: PageRequest,
  limit: number,
): Promise<Page> {
  const { document } = await client.request(listSchema, {
    method: 'GET',
    path,
    query: { limit, offset, ...(sort === undefined ? {} : { sort }), ...filters(filter) },
    signal,
    anyDepth: true,
    background,
  });
  if (document === undefined) throw new ApiError('badResponse');
  const page = toPage(document, offset, limit);
  // A first page without any resource is not a list of Ctrl Hub.
  const { unreadable = [], resources } = page;
  const count = unreadable.length;
  if (count > 0 && resources.length === 0 && offset === 0) throw new ApiError('badResponse');
  if (count > 0) client.warn(`${path} · rows that could not be read: ${count}`);
  return page;
}

const filters = (filter: Readonly<Record<string, string>> = {}) =>
  Object.fromEntries(Object.entries(filter).map(([key, value]) => [`filter[${key}]`, value]));

/** @returns undefined if fewer rows would not help */
function smallerThan(limit: number, error: unknown): number | undefined {
  if (isAboutLimit(error)) return limits.find((one) => one < limit);
  if (isLong(limit) && mayBeTooMany(error)) return usual;
  // A page that overlaps the one before it has one row more than the usual one.
  return limit > usual && ApiError.is(error, 'invalid') ? usual : undefined;
}

function isAboutLimit(error: unknown): boolean {
  return (
    ApiError.is(error, 'invalid', 'errorDocument') &&
    error.problems.some(
      ({ parameter, field, title, detail }) =>
        parameter === 'limit' || field === 'limit' || /\blimit\b(?! exceeded)/i.test(`${title} ${detail}`),
    )
  );
}

/** The API may refuse a long page without a reason, or the response may be too large or take too long. */
const mayBeTooMany = (error: unknown) =>
  ApiError.is(error, 'invalid', 'tooLarge', 'timedOut') || (ApiError.is(error) && error.status === 504);
