/**
 * Sends one request within its limits and returns status, headers and text. No other file uses ofetch.
 * Redirects are not followed, because fetch would send a secret header to the new origin.
 */
import { createFetch, FetchError } from 'ofetch';
import { withDeadline } from '../../base/abort';
import { type Clock, systemClock } from '../../base/clock';
import { maxBytes, readText } from './body';
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

/** A response with any status. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

interface Limits {
  /** Milliseconds from the first attempt to the last byte. */
  readonly timeout: number;
  /** Bytes of one body. */
  readonly bytes: number;
}
const usual: Limits = { timeout: 30_000, bytes: maxBytes };
/**
 * Statuses after which a GET is sent once more. Other methods are never repeated, as the API may have carried
 * them out.
 */
const passing = [408, 425, 500, 502, 503, 504];

export class Transport {
  readonly #fetch;
  readonly #limits: Limits;
  readonly #clock: Clock;

  constructor(fetch: Fetch, limits: Partial<Limits> = {}, clock: Clock = systemClock) {
    this.#clock = clock;
    this.#limits = { ...usual, ...limits };
    this.#fetch = createFetch({
      fetch: (input, init) => fetch(typeof input === 'string' ? input : input.toString(), init),
    });
  }

  /** @throws ApiError if no complete response arrived, or the `AbortError` of `signal` */
  send(request: HttpRequest): Promise<HttpAnswer> {
    return withDeadline(
      this.#limits.timeout,
      request.signal,
      (signal, timedOut) => this.#sendUntil(request, signal, timedOut),
      this.#clock,
    );
  }

  async #sendUntil(
    { method, url, headers, query, body, signal }: HttpRequest,
    limited: AbortSignal,
    timedOut: () => boolean,
  ): Promise<HttpAnswer> {
    let text = '';
    try {
      const { status, headers: answered } = await this.#fetch.raw<unknown, 'stream'>(url, {
        method,
        headers: { ...headers },
        ...(query === undefined ? {} : { query }),
        ...(body === undefined ? {} : { body }),
        responseType: 'stream',
        onResponse: async ({ response, options }) => {
          // A server that requests a wait gets no second request at once.
          if (response.headers.has('retry-after')) options.retry = false;
          text = await this.#read(response);
        },
        redirect: 'manual',
        retry: method === 'GET' ? 1 : false,
        retryDelay: 250,
        retryStatusCodes: passing,
        signal: limited,
      });
      return { status, headers: answered, text };
    } catch (error) {
      if (signal?.aborted) throw new DOMException('Cancelled', 'AbortError');
      if (timedOut()) throw new ApiError('timedOut');
      if (error instanceof ApiError) throw error;
      if (error instanceof FetchError && error.response !== undefined)
        return { status: error.response.status, headers: error.response.headers, text };
      const code = codeOf(error);
      throw new ApiError(isAboutTrust(code) ? 'untrusted' : 'unreachable', { code });
    }
  }

  /** Returns '' if the body of an error cannot be read: the status is enough. */
  async #read(response: Response): Promise<string> {
    try {
      return await readText(response, this.#limits.bytes);
    } catch (error) {
      if (error instanceof ApiError && response.status >= 300) return '';
      throw error;
    }
  }
}

/**
 * Finds the error code along the causes. Chromium puts it into the message. Other messages may hold the URL,
 * so they are dropped.
 */
function codeOf(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 6; at = at.cause, depth++) {
    if ('code' in at && typeof at.code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(at.code)) return at.code;
    const [, chromium] = /^net::(ERR_[A-Z0-9_]+)$/.exec(at.message) ?? [];
    if (chromium !== undefined) return chromium;
  }
  return undefined;
}

/** Returns true for codes about the certificate, by the names of OpenSSL, Node and Chromium. */
function isAboutTrust(code = ''): boolean {
  return /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH_EXCEEDED/.test(code);
}
