/**
 * The one door to the network, and the only file that knows ofetch. It adds the credential to a request
 * of its own origin, sets limits, and turns whatever goes wrong into an `ApiError`. It shows nothing.
 */
import { createFetch, FetchError } from 'ofetch';
import type * as z from 'zod/mini';
import { withDeadline } from '../base/abort';
import type { Logger } from '../base/log';
import { parseProblems } from './errorDocument';
import { ApiError, reasonOf } from './errors';

export type Fetch = (input: string, init?: RequestInit) => Promise<Response>;

/** Where requests go and what lets them in. */
export interface Connection {
  /** Origin and path prefix, without a slash at its end. */
  readonly baseUrl: string;
  readonly fetch: Fetch;
  /** Asked at every request, so that no client keeps a secret. */
  credential(): Promise<Readonly<Record<string, string>>>;
  /** Told of each 401. */
  onUnauthorised?(): void;
}

export interface ApiRequest {
  readonly method: 'GET' | 'PUT';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number>>;
  /** A JSON:API document. */
  readonly body?: unknown;
  /** An ETag: the request is for this version of the resource only. */
  readonly ifMatch?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Answer<T> {
  /** Undefined when the body was empty (204, say). */
  readonly document: T | undefined;
  readonly etag: string | undefined;
}

const mediaType = 'application/vnd.api+json';
const timeout = 30_000;
/** A GET is tried once more after these; a PUT never, as it may have been carried out. */
const passing = [408, 425, 500, 502, 503, 504];

export class ApiClient {
  readonly #connection: Connection;
  readonly #log: Logger;
  readonly #fetch;

  constructor(connection: Connection, log: Logger) {
    this.#connection = connection;
    this.#log = log;
    const { fetch } = connection;
    this.#fetch = createFetch({
      fetch: (input, init) => fetch(typeof input === 'string' ? input : input.toString(), init),
    });
  }

  /**
   * Sends one request and parses the answer.
   * @throws ApiError, or the `AbortError` of `signal`
   */
  async request<T>(schema: z.ZodMiniType<T>, request: ApiRequest): Promise<Answer<T>> {
    const started = performance.now();
    let outcome = 'failed';
    try {
      const response = await this.#send(request);
      outcome = `${response.status} ${response.headers.get('x-trace-id') ?? ''}`;
      return { document: parse(schema, response), etag: response.headers.get('etag') ?? undefined };
    } catch (error) {
      if (error instanceof ApiError) outcome = `${error.message} ${error.traceId ?? ''}`;
      if (ApiError.is(error, 'unauthorised')) this.#connection.onUnauthorised?.();
      throw error;
    } finally {
      const ms = Math.round(performance.now() - started);
      this.#log.debug(`${request.method} ${request.path} · ${outcome.trim()} · ${ms} ms`);
    }
  }

  #send(request: ApiRequest): Promise<TextResponse> {
    return withDeadline(timeout, request.signal, (signal, timedOut) =>
      this.#sendUntil(request, signal, timedOut),
    );
  }

  async #sendUntil(
    { method, path, query, body, ifMatch, signal }: ApiRequest,
    limited: AbortSignal,
    timedOut: () => boolean,
  ): Promise<TextResponse> {
    // A credential goes to the connection's own origin: a path is joined to it, never resolved against it.
    const url = `${this.#connection.baseUrl}${path}`;
    const headers = {
      accept: `${mediaType}, application/json`,
      ...(body === undefined ? {} : { 'content-type': mediaType }),
      ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
      ...(await this.#connection.credential()),
    };
    try {
      const response = await this.#fetch.raw<string, 'text'>(url, {
        method,
        headers,
        ...(query === undefined ? {} : { query }),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        responseType: 'text',
        // fetch would take the header with the token along to another origin.
        redirect: 'manual',
        retry: method === 'GET' ? 1 : false,
        retryDelay: 250,
        retryStatusCodes: passing,
        signal: limited,
      });
      if (response.status >= 300) throw failed(response);
      return response;
    } catch (error) {
      if (signal?.aborted) throw new DOMException('Cancelled', 'AbortError');
      throw toApiError(error, timedOut());
    }
  }
}

interface TextResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly _data?: unknown;
}

function parse<T>(schema: z.ZodMiniType<T>, response: TextResponse): T | undefined {
  const text = typeof response._data === 'string' ? response._data : '';
  if (text.trim() === '') return undefined;
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new ApiError('notUnderstood', { status: response.status, traceId: traceOf(response) });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A page of a proxy or a login, whatever its content type says.
    return undefined;
  }
}

function failed(response: TextResponse): ApiError {
  const { status, _data: data } = response;
  return new ApiError(reasonOf(status), {
    status,
    problems: typeof data === 'string' ? parseProblems(parseJson(data)) : [],
    traceId: traceOf(response),
    retryAfter: retryAfterOf(response),
  });
}

/** `Retry-After` is a number of seconds, or a date. */
function retryAfterOf(response: TextResponse): number | undefined {
  const header = response.headers.get('retry-after');
  if (header === null) return undefined;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}

const traceOf = (response: TextResponse) => response.headers.get('x-trace-id')?.slice(0, 200);

function toApiError(error: unknown, timedOut: boolean): ApiError {
  if (error instanceof ApiError) return error;
  if (timedOut) return new ApiError('timedOut');
  if (error instanceof FetchError && error.response !== undefined) return failed(error.response);
  return new ApiError('unreachable', { code: codeOf(error) });
}

/** The code is somewhere along the causes; their messages may hold the address, so they are left behind. */
function codeOf(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 6; at = at.cause, depth++) {
    if ('code' in at && typeof at.code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(at.code)) return at.code;
  }
  return undefined;
}
