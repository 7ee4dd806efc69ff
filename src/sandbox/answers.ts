/**
 * Builds JSON:API responses and the error bodies that Ctrl Hub documents. Source: https://docs.ctrl-hub.com,
 * page "useful" (a list, `meta.field`) and the relationship pages (one bare object, `source.parameter`).
 */
import { HTTPException } from 'hono/http-exception';

type Headers = Readonly<Record<string, string>>;
type ErrorStatus = 400 | 401 | 403 | 404 | 405 | 409 | 415 | 500;

/** The media type of JSON:API, for requests and responses. */
export const mediaType = 'application/vnd.api+json';
export const jsonapi = { version: '1.0', meta: {} };

export function answer(body: unknown, status = 200, headers: Headers = {}): Response {
  return Response.json(body, { status, headers: { ...headers, 'Content-Type': mediaType } });
}

/** @param headers the headers that the status requires, such as `Allow` */
export function problem(
  status: ErrorStatus,
  title: string,
  detail: string,
  headers: Headers = {},
): HTTPException {
  const errors = [{ status: String(status), title, detail }];
  return refusal(status, { errors, jsonapi, meta: {} }, headers);
}

/** Refuses an invalid request body, with one entry for each error. */
export function invalidBody(
  errors: readonly { field: string; type: string; detail: string; value?: unknown }[],
): HTTPException {
  return refusal(400, {
    errors: errors.map(({ detail, ...meta }) => ({
      detail,
      meta,
      status: '400',
      title: 'The request body is not valid',
    })),
    jsonapi,
    meta: {},
  });
}

/** Refuses an invalid query parameter, with one bare object as in the documentation. */
export function invalidParameter(parameter: string): HTTPException {
  return refusal(400, {
    id: '98ca4a78-b66f-4234-9719-aaf832ee6669',
    status: '400',
    title: 'A validation error was encountered',
    source: { parameter },
    meta: { resource: 'wrong_value' },
  });
}

const refusal = (status: ErrorStatus, body: unknown, headers: Headers = {}) =>
  new HTTPException(status, { res: answer(body, status, headers) });
