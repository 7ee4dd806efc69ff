/** What a request looks like on the wire, but for what lets it in: the client sends it, and it can be copied. */
import { toJsonText } from '../../base/exactNumbers';

const mediaType = 'application/vnd.api+json';

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
  /** Awaited when nothing is left but to send it; the request fails with what this throws. */
  readonly beforeSending?: (() => Promise<void>) | undefined;
  /** Nobody asked for it in so many words: a refusal does not mean that the session has ended. */
  readonly beside?: boolean;
}

export interface WireRequest {
  readonly method: ApiRequest['method'];
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** @param baseUrl a path is joined to it, never resolved against it: a credential goes to its own origin */
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

/** What fetch sends with a condition, whether it is told to or not. */
const uncached = { pragma: 'no-cache', 'cache-control': 'no-cache' };

/** As escapes, what a terminal would take for a key where somebody pastes the text. */
function toText(body: unknown): string {
  return toJsonText(body).replace(/[\x7f-\x9f]/g, (control) => `\\u00${control.charCodeAt(0).toString(16)}`);
}

/**
 * The tag that `If-Match` may carry, out of an `ETag` header: one strong tag. Servers compare strongly there
 * (RFC 9110, 13.1.1), which a weak tag never passes, and two headers arrive as a list of two versions.
 */
export function strongTag(etag: string | undefined): string | undefined {
  // Servers that leave out the quotes compare the text as it is.
  return etag !== undefined && /^(?:"[^"]*"|[^\s",*]+)$/.test(etag) && !etag.startsWith('W/')
    ? etag
    : undefined;
}
