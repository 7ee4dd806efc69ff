/**
 * The API's one door: adds the credential to a request of its own origin, checks the answer, and turns
 * whatever goes wrong into an `ApiError`. It shows nothing.
 */
import type { GenericSchema } from 'valibot';
import type { Logger } from '../base/log';
import { parseWith } from '../base/parseWith';
import { traceIdOf } from './body';
import { parseAnyDepth, parseShallow } from './depth';
import { parseProblems } from './errorDocument';
import { ApiError, reasonOf } from './errors';
import { type Fetch, type HttpAnswer, Transport } from './transport';
import { toWire, type WireRequest } from './wire';

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

export interface ApiRequest {
  readonly method: 'GET' | 'PUT' | 'POST';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number>>;
  /** A JSON:API document. */
  readonly body?: unknown;
  /** An ETag: the request is for this version of the resource only. */
  readonly ifMatch?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Nobody looks far into the answer: how deep it nests need not be looked at either. */
  readonly anyDepth?: boolean;
  /** Nobody asked for it in so many words: a refusal does not mean that the session has ended. */
  readonly beside?: boolean;
}

export interface Answer<T> {
  /** Undefined when the body was empty (204, say). */
  readonly document: T | undefined;
  readonly etag: string | undefined;
}

export class ApiClient {
  readonly #connection: Connection;
  readonly #log: Logger;
  readonly #transport: Transport;

  constructor(connection: Connection, log: Logger) {
    this.#connection = connection;
    this.#log = log;
    this.#transport = new Transport(connection.fetch);
  }

  /**
   * Sends one request and parses the answer.
   * @throws ApiError, or the `AbortError` of `signal`
   */
  async request<T>(schema: GenericSchema<unknown, T>, request: ApiRequest): Promise<Answer<T>> {
    const started = performance.now();
    let outcome = 'failed';
    try {
      const response = await this.#send(request);
      outcome = `${response.status} ${response.headers.get('x-trace-id') ?? ''}`;
      return {
        document: parse(schema, response, request.anyDepth),
        // An empty one names no version.
        etag: response.headers.get('etag') || undefined,
      };
    } catch (error) {
      if (error instanceof ApiError) outcome = `${error.message} ${error.traceId ?? ''}`;
      if (ApiError.is(error, 'unauthorised') && !request.beside) this.#connection.onUnauthorised?.();
      throw error;
    } finally {
      const ms = Math.round(performance.now() - started);
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
    const credential = await this.#connection.credential();
    let answer = await this.#sendWith(credential, request);
    if (answer.status === 401 && this.#connection.renew !== undefined) {
      await this.#connection.renew(credential);
      answer = await this.#sendWith(await this.#connection.credential(), request);
    }
    if (answer.status >= 300) throw failed(answer);
    return answer;
  }

  #sendWith(credential: Readonly<Record<string, string>>, request: ApiRequest): Promise<HttpAnswer> {
    const { headers, ...wire } = toWire(this.#connection.baseUrl, request);
    return this.#transport.send({
      ...wire,
      headers: { ...headers, ...credential },
      query: request.query,
      signal: request.signal,
    });
  }
}

function parse<T>(schema: GenericSchema<unknown, T>, response: HttpAnswer, anyDepth = false): T | undefined {
  const { text } = response;
  if (text.trim() === '') return undefined;
  const document = parseWith(schema, parseJson(text, anyDepth));
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

function failed(response: HttpAnswer): ApiError {
  const { status, text } = response;
  return new ApiError(reasonOf(status), {
    status,
    problems: parseProblems(parseJson(text)),
    traceId: traceIdOf(response.headers),
    retryAfter: retryAfterOf(response),
  });
}

/** `Retry-After` is a number of seconds, or a date. */
function retryAfterOf(response: HttpAnswer): number | undefined {
  const header = response.headers.get('retry-after');
  if (header === null) return undefined;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}
