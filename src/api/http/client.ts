/**
 * The API's one door: adds the credential to a request of its own origin, checks the answer, and turns
 * whatever goes wrong into an `ApiError`. It shows nothing.
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
import { type Fetch, type HttpAnswer, Transport } from './transport';
import { type ApiRequest, toWire, type WireRequest } from './wire';

/** Where requests go and what lets them in. */
export interface Connection {
  /** Origin and path prefix, without a slash at its end. */
  readonly baseUrl: string;
  readonly fetch: Fetch;
  /** Asked at every request, so that no client keeps a secret. */
  credential(): Promise<Readonly<Record<string, string>>>;
  /** After a 401: gets another credential than the refused one, where there can be one. @throws ApiError */
  renew?(refused: Readonly<Record<string, string>>): Promise<void>;
  /** Told of each 401. */
  onUnauthorised?(): void;
}

export interface Answer<T> {
  /** Undefined when the body was empty (204, say). */
  readonly document: T | undefined;
  readonly etag: string | undefined;
}

export class ApiClient {
  readonly #connection: Connection;
  readonly #log: Logger;
  readonly #clock: Clock;
  readonly #transport: Transport;
  /** The most rows of a page that this server gives, once it refused to give more. */
  mostRows = Number.POSITIVE_INFINITY;

  constructor(connection: Connection, log: Logger, clock: Clock = systemClock) {
    this.#connection = connection;
    this.#log = log;
    this.#clock = clock;
    this.#transport = new Transport(connection.fetch, {}, clock);
  }

  /**
   * Sends one request and parses the answer.
   * @throws ApiError, or the `AbortError` of `signal`
   */
  async request<T>(schema: ZodMiniType<T>, request: ApiRequest): Promise<Answer<T>> {
    const started = this.#clock.monotonic();
    let outcome = 'failed';
    try {
      const response = await this.#send(request);
      outcome = `${response.status} ${response.headers.get('x-trace-id') ?? ''}`;
      return {
        document: parse(schema, response, request, this.#clock.now()),
        // An empty one names no version.
        etag: response.headers.get('etag') || undefined,
      };
    } catch (error) {
      if (error instanceof ApiError) outcome = `${error.message} ${error.traceId ?? ''}`;
      if (ApiError.is(error, 'unauthorised') && !request.beside) this.#connection.onUnauthorised?.();
      throw error;
    } finally {
      const ms = Math.round(this.#clock.monotonic() - started);
      this.#log.debug(`${request.method} ${request.path} · ${outcome.trim()} · ${ms} ms`);
    }
  }

  /** Logs what is odd in an answer that was taken. */
  warn(message: string): void {
    this.#log.warn(message);
  }

  /** What `request` would send, and the names of the headers that let it in: their values stay here. */
  async describe(request: ApiRequest): Promise<WireRequest & { readonly secrets: readonly string[] }> {
    const secrets = Object.keys(await this.#connection.credential());
    return { ...toWire(this.#connection.baseUrl, request), secrets };
  }

  /** A 401 says that nothing was carried out: with a new credential anything may be asked again, once. */
  async #send(request: ApiRequest): Promise<HttpAnswer> {
    const credential = await unlessAborted(request.signal, this.#connection.credential());
    let answer = await this.#sendWith(credential, request);
    if (answer.status === 401 && this.#connection.renew !== undefined) {
      await unlessAborted(request.signal, this.#connection.renew(credential));
      answer = await this.#sendWith(await this.#connection.credential(), request);
    }
    if (answer.status >= 300) throw failed(reasonOf(answer.status), answer, this.#clock.now());
    return answer;
  }

  async #sendWith(credential: Readonly<Record<string, string>>, request: ApiRequest): Promise<HttpAnswer> {
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
  // Errors beside a resource contradict it: only a look tells what was carried out.
  const document = method !== 'GET' && hasErrors(json) ? undefined : parseWith(schema, json);
  if (document !== undefined) return document;
  throw new ApiError('notUnderstood', { status: response.status, traceId: traceIdOf(response.headers) });
}

function parseJson(text: string, anyDepth = false): unknown {
  try {
    return anyDepth ? parseAnyDepth(text) : parseShallow(text);
  } catch {
    // A page of a proxy or a login, whatever its content type says.
    return undefined;
  }
}

/** Success is what the answer shows: errors without data mean failure, whatever the status says. */
function isErrorDocument(json: unknown): boolean {
  if (!isObject(json)) return false;
  const { data = null } = json;
  // An empty list beside errors is no list in which nobody is.
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
