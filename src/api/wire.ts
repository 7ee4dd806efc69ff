/** What a request looks like on the wire, but for what lets it in: the client sends it, and it can be copied. */
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
      ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  };
}
