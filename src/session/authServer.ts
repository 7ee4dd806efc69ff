/**
 * Sends requests to the sign-in server: to its own origin only, with a JSON or form body, without following
 * redirects.
 */
import { parseShallow } from '../api/http/depth';
import { ApiError, reasonOf } from '../api/http/errors';
import { readRetryAfter } from '../api/http/retryAfter';
import { type Fetch, type HttpRequest, Transport } from '../api/http/transport';
import { withDeadline } from '../base/abort';
import { type Clock, systemClock } from '../base/clock';
import type { Logger } from '../base/log';

export interface AuthRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** The session that the request is about. */
  readonly token?: string | undefined;
  /** The credentials of a client for HTTP Basic authentication, a secret that is never logged. */
  readonly basic?: string | undefined;
  readonly json?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/** A response with any status; `body` is undefined if it is not JSON. */
export interface AuthAnswer {
  readonly status: number;
  readonly body: unknown;
  /** The wait that the response requests, as in `ApiError`. */
  readonly retryAfter?: number | undefined;
  readonly retryAt?: number | undefined;
}

/** The time limit of one request in milliseconds. */
const limit = 15_000;

export class AuthServer {
  readonly baseUrl: string;
  readonly #transport: Transport;
  readonly #log: Logger;
  readonly clock: Clock;

  constructor(baseUrl: string, fetch: Fetch, log: Logger, clock: Clock = systemClock) {
    this.baseUrl = baseUrl;
    this.clock = clock;
    this.#transport = new Transport(fetch, {}, clock);
    this.#log = log;
  }

  /** @throws ApiError if no response arrived, or a redirect; the `AbortError` of `signal` */
  async send(request: AuthRequest, ms = limit): Promise<AuthAnswer> {
    const { method, path, signal } = request;
    let outcome = 'failed';
    try {
      const { status, headers, text } = await withDeadline(
        ms,
        signal,
        (limited, timedOut) =>
          this.#transport.send(this.#toHttp(request, limited)).catch((error: unknown) => {
            throw timedOut() ? new ApiError('timedOut') : error;
          }),
        this.clock,
      );
      outcome = String(status);
      if (status >= 300 && status < 400) throw new ApiError('redirected', { status });
      return { status, body: parse(text), ...this.#waitOf(headers) };
    } catch (error) {
      if (error instanceof ApiError) outcome = error.message;
      throw error;
    } finally {
      // The query contains the ID of the sign-in, so it is not logged.
      this.#log.debug(`auth ${method} ${path} · ${outcome}`);
    }
  }

  #waitOf(headers: Headers): Pick<AuthAnswer, 'retryAfter' | 'retryAt'> {
    const now = this.clock.now();
    const retryAfter = readRetryAfter(headers, now);
    return retryAfter === undefined ? {} : { retryAfter, retryAt: now + retryAfter * 1000 };
  }

  #toHttp({ method, path, query, token, basic, json, form }: AuthRequest, signal: AbortSignal): HttpRequest {
    const body = json ? JSON.stringify(json) : form ? new URLSearchParams(form).toString() : undefined;
    const type = json ? 'application/json' : 'application/x-www-form-urlencoded; charset=utf-8';
    return {
      method,
      url: `${this.baseUrl}${path}`,
      query,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': type }),
        ...(token === undefined ? {} : { 'x-session-token': token }),
        ...(basic === undefined ? {} : { authorization: `Basic ${basic}` }),
      },
      body,
      signal,
    };
  }
}

/** Makes an error of an unexpected response. */
export function unexpected({ status, retryAfter, retryAt }: AuthAnswer): ApiError {
  return new ApiError(status < 300 ? 'badResponse' : reasonOf(status), { status, retryAfter, retryAt });
}

function parse(text: string): unknown {
  try {
    return parseShallow(text);
  } catch {
    return undefined;
  }
}
