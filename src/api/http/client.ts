/**
 * The only client of the API. It adds the credential to requests to the API's origin, validates the response,
 * and turns every failure into an `ApiError`. It shows nothing.
 */
import type { ZodMiniType } from 'zod/mini';
import { unlessAborted } from '../../base/abort';
import { type Clock, systemClock } from '../../base/clock';
import type { Logger } from '../../base/log';
import { parseWith } from '../../base/parseWith';
import { traceIdOf } from './body';
import { parseAnyDepth, parseShallow } from './depth';
import { isObject } from './document';
import { parseProblems } from './errorDocument';
import { ApiError, type ApiErrorReason, reasonOf } from './errors';
import { readRetryAfter } from './retryAfter';
import { type Credential, errorWithoutSecrets, withoutSecrets } from './secrets';
import { type Fetch, type HttpAnswer, Transport } from './transport';
import { type ApiRequest, toWire, type WireRequest } from './wire';

/** The address of the API and the credential for it. */
export interface Connection {
  /** Origin and path prefix, without a trailing slash. */
  readonly baseUrl: string;
  readonly fetch: Fetch;
  /** Returns the credential for one request. It is called for each, so that no client keeps a secret. */
  authHeaders(): Promise<Credential>;
  /**
   * Gets a new credential after a 401, if the kind of credential allows it.
   * @throws ApiError
   */
  renew?(refused: Credential): Promise<void>;
  /** Called after a 401 of a request that the user made. */
  onUnauthorised?(): void;
}

export interface Answer<T> {
  /** Undefined if the body was empty, as with status 204. */
  readonly document: T | undefined;
  readonly etag: string | undefined;
}

export class ApiClient {
  readonly #connection: Connection;
  readonly #log: Logger;
  readonly #clock: Clock;
  readonly #transport: Transport;
  /** The maximum number of rows of this server's pages, after it refused a larger limit. */
  maxRows = Number.POSITIVE_INFINITY;

  constructor(connection: Connection, log: Logger, clock: Clock = systemClock) {
    this.#connection = connection;
    this.#log = log;
    this.#clock = clock;
    this.#transport = new Transport(connection.fetch, {}, clock);
  }

  /**
   * Sends one request and parses the response.
   * @throws ApiError, or the `AbortError` of `signal`
   */
  async request<T>(schema: ZodMiniType<T>, request: ApiRequest): Promise<Answer<T>> {
    const started = this.#clock.monotonic();
    let outcome = 'failed';
    let sent: Credential = {};
    try {
      const response = await this.#send(request, (credential) => {
        sent = credential;
      });
      outcome = `${response.status} ${traceIdOf(response.headers) ?? ''}`;
      return {
        document: parse(schema, response, request, this.#clock.now()),
        // An empty ETag names no version.
        etag: response.headers.get('etag') || undefined,
      };
    } catch (error) {
      if (error instanceof ApiError) outcome = `${error.message} ${error.traceId ?? ''}`;
      if (ApiError.is(error, 'unauthorised') && !request.background) this.#connection.onUnauthorised?.();
      throw errorWithoutSecrets(error, sent);
    } finally {
      const ms = Math.round(this.#clock.monotonic() - started);
      const said = withoutSecrets(outcome.trim(), sent);
      this.#log.debug(`${request.method} ${request.path} · ${said} · ${ms} ms`);
    }
  }

  /** Logs an anomaly in a response that was accepted. */
  warn(message: string): void {
    this.#log.warn(message);
  }

  /**
   * Returns the request as `request` would send it, with the names of the authentication headers. The values
   * stay here.
   */
  async describe(request: ApiRequest): Promise<WireRequest & { readonly secrets: readonly string[] }> {
    const secrets = Object.keys(await this.#connection.authHeaders());
    return { ...toWire(this.#connection.baseUrl, request), secrets };
  }

  /**
   * After a 401 the API has done nothing, so that any request may be sent once more with a new credential.
   * @param using is called with each credential before it is sent
   */
  async #send(request: ApiRequest, using: (credential: Credential) => void): Promise<HttpAnswer> {
    const credential = await unlessAborted(request.signal, this.#connection.authHeaders());
    using(credential);
    let answer = await this.#sendWith(credential, request);
    if (answer.status === 401 && this.#connection.renew !== undefined) {
      await unlessAborted(request.signal, this.#connection.renew(credential));
      const renewed = await this.#connection.authHeaders();
      using(renewed);
      answer = await this.#sendWith(renewed, request);
    }
    if (answer.status >= 300) throw failed(reasonOf(answer.status), answer, this.#clock.now());
    return answer;
  }

  async #sendWith(credential: Credential, request: ApiRequest): Promise<HttpAnswer> {
    await request.beforeSending?.();
    const { headers, ...wire } = toWire(this.#connection.baseUrl, request);
    return this.#transport.send({
      ...wire,
      headers: { ...headers, ...credential },
      query: request.query,
      signal: request.signal,
    });
  }
}

function parse<T>(
  schema: ZodMiniType<T>,
  response: HttpAnswer,
  { method, anyDepth }: ApiRequest,
  now: number,
): T | undefined {
  const { text } = response;
  if (text.trim() === '') return undefined;
  const json = parseJson(text, anyDepth);
  if (isErrorDocument(json)) throw failed('errorDocument', response, now);
  // Errors next to a resource contradict it. Only a new GET shows the outcome.
  const document = method !== 'GET' && hasErrors(json) ? undefined : parseWith(schema, json);
  if (document !== undefined) return document;
  throw new ApiError('badResponse', { status: response.status, traceId: traceIdOf(response.headers) });
}

function parseJson(text: string, anyDepth = false): unknown {
  try {
    return anyDepth ? parseAnyDepth(text) : parseShallow(text);
  } catch {
    // The body is a page of a proxy or a login, whatever its content type.
    return undefined;
  }
}

/** The body decides, not the status: errors without data mean failure. */
function isErrorDocument(json: unknown): boolean {
  if (!isObject(json)) return false;
  const { data = null } = json;
  // An empty list next to errors does not mean that the list has no rows.
  if (Array.isArray(data) && data.length === 0) return hasErrors(json);
  return data === null && (Array.isArray(json.errors) || parseProblems(json).length > 0);
}

const hasErrors = (json: unknown) => isObject(json) && Array.isArray(json.errors) && json.errors.length > 0;

function failed(reason: ApiErrorReason, { status, headers, text }: HttpAnswer, now: number): ApiError {
  const retryAfter = readRetryAfter(headers, now);
  return new ApiError(reason, {
    status,
    problems: parseProblems(parseJson(text)),
    traceId: traceIdOf(headers),
    retryAfter,
    retryAt: retryAfter === undefined ? undefined : now + retryAfter * 1000,
  });
}
