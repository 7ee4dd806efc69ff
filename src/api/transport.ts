/**
 * The only file that knows ofetch: sends one request within its limits and gives back status, headers and
 * text. It follows no redirect, as fetch would take a header with a secret along to another origin.
 */
import { createFetch, FetchError } from 'ofetch';
import { withDeadline } from '../base/abort';
import { ApiError } from './errors';

export type Fetch = (input: string, init?: RequestInit) => Promise<Response>;

export interface HttpRequest {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number>> | undefined;
  readonly body?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Whatever its status. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

const timeout = 30_000;
/** A GET is tried once more after these; anything else never, as it may have been carried out. */
const passing = [408, 425, 500, 502, 503, 504];

export class Transport {
  readonly #fetch;

  constructor(fetch: Fetch) {
    this.#fetch = createFetch({
      fetch: (input, init) => fetch(typeof input === 'string' ? input : input.toString(), init),
    });
  }

  /** @throws ApiError when no answer came (`unreachable`, `timedOut`), or the `AbortError` of `signal` */
  send(request: HttpRequest): Promise<HttpAnswer> {
    return withDeadline(timeout, request.signal, (signal, timedOut) =>
      this.#sendUntil(request, signal, timedOut),
    );
  }

  async #sendUntil(
    { method, url, headers, query, body, signal }: HttpRequest,
    limited: AbortSignal,
    timedOut: () => boolean,
  ): Promise<HttpAnswer> {
    try {
      const response = await this.#fetch.raw<string, 'text'>(url, {
        method,
        headers: { ...headers },
        ...(query === undefined ? {} : { query }),
        ...(body === undefined ? {} : { body }),
        responseType: 'text',
        redirect: 'manual',
        retry: method === 'GET' ? 1 : false,
        retryDelay: 250,
        retryStatusCodes: passing,
        signal: limited,
      });
      return toAnswer(response);
    } catch (error) {
      if (signal?.aborted) throw new DOMException('Cancelled', 'AbortError');
      if (timedOut()) throw new ApiError('timedOut');
      if (error instanceof FetchError && error.response !== undefined) return toAnswer(error.response);
      throw new ApiError('unreachable', { code: codeOf(error) });
    }
  }
}

interface TextResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly _data?: unknown;
}

const toAnswer = ({ status, headers, _data: data }: TextResponse): HttpAnswer => ({
  status,
  headers,
  text: typeof data === 'string' ? data : '',
});

/** The code is somewhere along the causes; their messages may hold the address, so they are left behind. */
function codeOf(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 6; at = at.cause, depth++) {
    if ('code' in at && typeof at.code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(at.code)) return at.code;
  }
  return undefined;
}
