/** Builds a request without its credential. The client sends it, and **Copy as cURL** shows it. */
import { toJsonText } from '../../base/exactNumbers';

const mediaType = 'application/vnd.api+json';

export interface ApiRequest {
  readonly method: 'GET' | 'PUT' | 'POST';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number>>;
  /** A JSON:API document. */
  readonly body?: unknown;
  /** An ETag: the API carries out the request for this version only. */
  readonly ifMatch?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** The inner values of the response are not walked, so their depth need not be checked. */
  readonly anyDepth?: boolean;
  /** Awaited just before the request is sent. If it throws, the request fails with that error. */
  readonly beforeSending?: (() => Promise<void>) | undefined;
  /** Sent in the background: a 401 must not end the session. */
  readonly background?: boolean;
}

export interface WireRequest {
  readonly method: ApiRequest['method'];
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/**
 * @param baseUrl the prefix of the path; the path is appended, not resolved, so that it cannot lead to
 * another origin
 */
export function toWire(baseUrl: string, { method, path, body, ifMatch }: ApiRequest): WireRequest {
  return {
    method,
    url: `${baseUrl}${path}`,
    headers: {
      accept: `${mediaType}, application/json`,
      ...(body === undefined ? {} : { 'content-type': mediaType }),
      ...(ifMatch === undefined ? {} : { 'if-match': ifMatch, ...uncached }),
    },
    body: body === undefined ? undefined : toText(body),
  };
}

/** The headers that fetch adds to every conditional request. */
const uncached = { pragma: 'no-cache', 'cache-control': 'no-cache' };

/** Escapes control characters, which a terminal would interpret when the text is pasted. */
function toText(body: unknown): string {
  return toJsonText(body).replace(/[\x7f-\x9f]/g, (control) => `\\u00${control.charCodeAt(0).toString(16)}`);
}

/**
 * Returns the ETag for `If-Match` if it is one strong tag. Servers compare strongly (RFC 9110, section
 * 13.1.1), so that a weak tag never matches. Two `ETag` headers arrive as a list of two versions.
 */
export function strongTag(etag: string | undefined): string | undefined {
  // Servers that omit the quotes compare the text as it is.
  return etag !== undefined && /^(?:"[^"]*"|[^\s",*]+)$/.test(etag) && !etag.startsWith('W/')
    ? etag
    : undefined;
}
