/** Requests to the server where one signs in: its own origin only, in JSON or as a form, never followed elsewhere. */
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
  /** A session that the request is about. */
  readonly token?: string | undefined;
  /** A client that identifies itself by HTTP Basic authentication: a secret, so no log says it. */
  readonly basic?: string | undefined;
  readonly json?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/** Whatever its status; `body` is undefined where it is no JSON. */
export interface AuthAnswer {
  readonly status: number;
  readonly body: unknown;
  /** What the answer asks to wait, as `ApiError` has it. */
  readonly retryAfter?: number | undefined;
  readonly retryAt?: number | undefined;
}

/** Milliseconds for one request. */
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

  /** @throws ApiError when no answer came, or one from elsewhere; the `AbortError` of `signal` */
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
      // No query: it holds the id of the sign-in.
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

/** What an answer that nobody expected means. */
export function unexpected({ status, retryAfter, retryAt }: AuthAnswer): ApiError {
  return new ApiError(status < 300 ? 'notUnderstood' : reasonOf(status), { status, retryAfter, retryAt });
}

function parse(text: string): unknown {
  try {
    return parseShallow(text);
  } catch {
    return undefined;
  }
}
