/**
 * Error bodies in every shape that is known: a list under `errors`, or one bare error object.
 * Source: https://docs.ctrl-hub.com, pages "useful" (a list, with `meta.field`) and the relationship
 * pages (a bare object, with `source.parameter`); `source.pointer` is JSON:API's own.
 */
import * as z from 'zod/mini';
import { parseWith, withFallback } from '../../base/parseWith';
import { attributePath } from './attributePath';
import { isObject } from './document';
import type { ApiProblem } from './errors';
import { refusedNameOf } from './refusedName';

/** Of a body that complains without end: so many errors, and so many characters of each text. */
const most = { errors: 100, sentences: 100, text: 2000 } as const;
const clipped = () =>
  z.pipe(
    z.string(),
    z.transform((whole) => whole.slice(0, most.text)),
  );
const text = () => withFallback(z.optional(clipped()), undefined);
/** One text, or a list of them, which is read as one; what is no text in it is left out. */
const sentences = () =>
  withFallback(
    z.optional(
      z.union([
        clipped(),
        z.pipe(
          z.array(z.unknown()),
          z.transform((all) => joined(all.slice(0, most.sentences).filter((one) => typeof one === 'string'))),
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

/** A body that is none of the known shapes has no problems: the status alone must do. */
export function parseProblems(body: unknown): readonly ApiProblem[] {
  if (isObject(body) && Array.isArray(body.errors)) {
    const errors = parseWith(listSchema, body.errors.slice(0, most.errors)) ?? [];
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
 * The attribute beside which a message is shown. `meta.field` may name only the container ("data"), and
 * `detail` then starts with the attribute's name. That is good enough to show a message, and for nothing else.
 */
function fieldOf({ source, meta, detail }: ErrorObject): string | undefined {
  for (const path of [source?.pointer, meta?.field]) {
    const found = path === undefined ? undefined : attributePath(path);
    if (found?.kind === 'elsewhere') return undefined;
    if (found?.kind === 'attribute') return found.name;
  }
  return detail?.match(/^["'`]?(?:data\.)?(?:attributes\.)?([a-z][a-z0-9]*(?:_[a-z0-9]+)*)["'`]?\s/)?.[1];
}

/** Sentences of a list may come without their full stops. */
function joined(all: readonly string[]): string {
  const whole = all.map((one) => one.trim()).filter(Boolean);
  const ended = whole.map((one, n) => (n < whole.length - 1 && /[\p{L}\p{N}]$/u.test(one) ? `${one}.` : one));
  return ended.join(' ').slice(0, most.text);
}
