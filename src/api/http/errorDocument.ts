/**
 * Parses error bodies in all known shapes: a list under `errors`, or one bare error object. Source:
 * https://docs.ctrl-hub.com, pages "useful" (a list, with `meta.field`) and the relationship pages (a bare
 * object, with `source.parameter`); `source.pointer` comes from JSON:API.
 */
import * as z from 'zod/mini';
import { pattern } from '../../base/lazy';
import { parseWith, withFallback } from '../../base/parseWith';
import { attributePath } from './attributePath';
import { isObject } from './document';
import type { ApiProblem } from './errors';
import { refusedNameOf } from './refusedName';

/** Limits for a body: the number of errors, of sentences in one text, and of characters in one text. */
const max = { errors: 100, sentences: 100, text: 2000 } as const;
const clipped = () =>
  z.pipe(
    z.string(),
    z.transform((whole) => whole.slice(0, max.text)),
  );
const text = () => withFallback(z.optional(clipped()), undefined);
/** One text, or a list of texts, which are joined. Other items of the list are left out. */
const sentences = () =>
  withFallback(
    z.optional(
      z.union([
        clipped(),
        z.pipe(
          z.array(z.unknown()),
          z.transform((all) => joined(all.slice(0, max.sentences).filter((one) => typeof one === 'string'))),
        ),
      ]),
    ),
    undefined,
  );

const errorSchema = z.lazy(() =>
  z.looseObject({
    title: sentences(),
    detail: sentences(),
    source: withFallback(z.nullish(z.looseObject({ pointer: text(), parameter: text() })), undefined),
    meta: withFallback(z.nullish(z.looseObject({ field: text(), type: text() })), undefined),
  }),
);
type ErrorObject = z.infer<typeof errorSchema>;

const listSchema = z.lazy(() => z.array(withFallback(z.nullable(errorSchema), null)));

/** Returns no problems for a body of an unknown shape; the status alone then describes the error. */
export function parseProblems(body: unknown): readonly ApiProblem[] {
  if (isObject(body) && Array.isArray(body.errors)) {
    const errors = parseWith(listSchema, body.errors.slice(0, max.errors)) ?? [];
    return errors.filter((error) => error !== null).map(toProblem);
  }
  const single = parseWith(errorSchema, body);
  return single !== undefined && (single.title ?? single.detail) !== undefined ? [toProblem(single)] : [];
}

function toProblem(error: ErrorObject): ApiProblem {
  const field = fieldOf(error);
  const refusedName = refusedNameOf(error);
  const parameter = error.source?.parameter;
  return {
    title: error.title ?? '',
    detail: error.detail ?? '',
    ...(field === undefined ? {} : { field }),
    ...(parameter === undefined ? {} : { parameter }),
    ...(refusedName === undefined ? {} : { refusedName }),
  };
}

/**
 * Finds the attribute that a message belongs to. `meta.field` may name only the container ("data"); `detail`
 * then starts with the attribute's name. This is reliable enough to place a message, but not to change a
 * request.
 */
function fieldOf({ source, meta, detail }: ErrorObject): string | undefined {
  for (const path of [source?.pointer, meta?.field]) {
    const found = path === undefined ? undefined : attributePath(path);
    if (found?.kind === 'elsewhere') return undefined;
    if (found?.kind === 'attribute') return found.name;
  }
  return detail?.match(/^["'`]?(?:data\.)?(?:attributes\.)?([a-z][a-z0-9]*(?:_[a-z0-9]+)*)["'`]?\s/)?.[1];
}

const letterAtEnd = pattern('[\\p{L}\\p{N}]$', 'u');

/** Joins sentences and adds missing full stops. */
function joined(all: readonly string[]): string {
  const whole = all.map((one) => one.trim()).filter(Boolean);
  const ended = whole.map((one, n) => (n < whole.length - 1 && letterAtEnd().test(one) ? `${one}.` : one));
  return ended.join(' ').slice(0, max.text);
}
