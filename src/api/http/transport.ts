/**
 * The only file that knows ofetch: sends one request within its limits and gives back status, headers and
 * text. It follows no redirect, as fetch would take a header with a secret along to another origin.
 */
import { createFetch, FetchError } from 'ofetch';
import { withDeadline } from '../../base/abort';
import { type Clock, systemClock } from '../../base/clock';
import { mostBytes, readText } from './body';
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

interface Limits {
  /** Milliseconds from the first try to the last byte. */
  readonly timeout: number;
  /** Of one body. */
  readonly bytes: number;
}
const usual: Limits = { timeout: 30_000, bytes: mostBytes };
/** A GET is tried once more after these; anything else never, as it may have been carried out. */
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

  /** @throws ApiError when no whole answer came (`timedOut`, say), or the `AbortError` of `signal` */
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
          // A server that asks to wait is not asked again at once.
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

  /** An error says most by its status: a body that cannot be read takes nothing away from it. */
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
 * The code is somewhere along the causes, or their whole message where Chromium speaks; other messages may
 * hold the address, so they are left behind.
 */
function codeOf(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 6; at = at.cause, depth++) {
    if ('code' in at && typeof at.code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(at.code)) return at.code;
    const [, chromium] = /^net::(ERR_[A-Z0-9_]+)$/.exec(at.message) ?? [];
    if (chromium !== undefined) return chromium;
  }
  return undefined;
}

/** Whether it is the certificate: names of OpenSSL's, Node's and Chromium's errors. */
function isAboutTrust(code = ''): boolean {
  return /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH_EXCEEDED/.test(code);
}
