/** What a request looks like on the wire, but for what lets it in: the client sends it, and it can be copied. */
import { toJsonText } from '../../base/exactNumbers';
import type { ApiRequest } from './client';

const mediaType = 'application/vnd.api+json';

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
