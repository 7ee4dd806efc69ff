/**
 * Error bodies as Ctrl Hub documents them.
 * Source: https://docs.ctrl-hub.com, page "useful" (a list, `meta.field`) and the relationship pages (one
 * bare object, `source.parameter`).
 */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly body: unknown,
  ) {
    super(`Problem ${status}`);
  }
}

const jsonapi = { version: '1.0', meta: {} };

export function problem(status: number, title: string, detail: string): Problem {
  return new Problem(status, { errors: [{ status: String(status), title, detail }], jsonapi, meta: {} });
}

/** The request's body is not valid: one entry for each thing. */
export function invalidBody(
  errors: readonly { field: string; type: string; detail: string; value?: unknown }[],
): Problem {
  return new Problem(400, {
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

/** A query parameter is not valid: shown in the documentation as one bare object. */
export function invalidParameter(parameter: string): Problem {
  return new Problem(400, {
    id: '98ca4a78-b66f-4234-9719-aaf832ee6669',
    status: '400',
    title: 'A validation error was encountered',
    source: { parameter },
    meta: { resource: 'wrong_value' },
  });
}
