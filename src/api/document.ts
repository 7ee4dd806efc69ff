/**
 * JSON:API documents as Ctrl Hub sends them. Every object is loose: what we don't know is kept, as a
 * PUT replaces the resource and must send back what it was given.
 * Source: https://docs.ctrl-hub.com (PUT contact, GET contacts) and https://jsonapi.org/format/1.0.
 */
import * as z from 'zod/mini';

/** An object that is passed on as it came, whatever its keys: zod's own record would drop `__proto__`. */
export type JsonObject = Readonly<Record<string, unknown>>;
const object = z.custom<JsonObject>(isObject, 'expected an object');

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Ids are strings in JSON:API; a number is taken and made one. `type` is any string at all. */
const id = z.union([z.string().check(z.minLength(1)), z.pipe(z.number(), z.transform(String))]);

const identifierSchema = z.looseObject({ id, type: z.string() });
export type Identifier = z.infer<typeof identifierSchema>;

/** `data` is absent when a server gives links only: that is unknown, not empty. */
export const relationshipSchema = z.looseObject({
  data: z.optional(z.union([z.array(identifierSchema), identifierSchema, z.null()])),
});

const looseResource = z.looseObject({
  id,
  type: z.string(),
  attributes: z.nullish(object),
  meta: z.nullish(object),
  relationships: z.nullish(object),
});
export type Resource = z.infer<typeof looseResource>;

/** One that is as it should be is taken as it is: a copy of each of 100,000 costs more than the look. */
export const resourceSchema = z.union([z.custom<Resource>(isResource), looseResource]);

function isResource(value: unknown): value is Resource {
  return (
    isObject(value) &&
    typeof value.id === 'string' &&
    value.id !== '' &&
    typeof value.type === 'string' &&
    [value.attributes, value.meta, value.relationships].every((part) => part == null || isObject(part))
  );
}

const count = z.int().check(z.nonnegative());

/** A part that is missing, null or of the wrong shape counts as missing. */
const part = <T extends z.ZodMiniType>(schema: T) => z.catch(z.nullish(schema), undefined);

/** `meta.pagination` of a list. */
const paginationSchema = z.looseObject({
  counts: part(z.looseObject({ resources: part(count) })),
  offsets: part(z.looseObject({ next: part(count) })),
  requested: part(z.looseObject({ limit: part(count) })),
});

const options = part(z.looseObject({ options: part(z.array(z.string())) }));
const parameters = { sort: options, filter: options };

/** What a list can be sorted and filtered by: the documentation's samples have it in two places. */
const featuresSchema = z.looseObject({ ...parameters, params: part(z.looseObject(parameters)) });

const listMeta = z.looseObject({ pagination: part(paginationSchema), features: part(featuresSchema) });

export const listSchema = z.looseObject({
  data: z.array(resourceSchema),
  included: part(z.array(resourceSchema)),
  meta: part(listMeta),
});
export type ListDocument = z.infer<typeof listSchema>;

export const singleSchema = z.looseObject({
  data: resourceSchema,
  included: part(z.array(resourceSchema)),
});

/** An answer to a PUT may come without a resource; the resource is then read. */
export const maybeSingleSchema = z.looseObject({
  data: z.nullish(resourceSchema),
  included: part(z.array(resourceSchema)),
});
