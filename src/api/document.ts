/**
 * JSON:API documents as Ctrl Hub sends them. Every object is loose: what we don't know is kept, as a
 * PUT replaces the resource and must send back what it was given.
 * Source: https://docs.ctrl-hub.com (PUT contact, GET contacts) and https://jsonapi.org/format/1.0.
 */
import * as z from 'zod';

/** An object that is passed on as it came, whatever its keys: zod's own record would drop `__proto__`. */
export type JsonObject = Readonly<Record<string, unknown>>;
const object = z.custom<JsonObject>(isObject, 'expected an object');

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Ids are strings in JSON:API; a number is taken and made one. `type` is any string at all. */
const id = z.union([z.string().min(1), z.number().transform(String)]);

const identifierSchema = z.looseObject({ id, type: z.string() });
export type Identifier = z.infer<typeof identifierSchema>;

/** `data` is absent when a server gives links only: that is unknown, not empty. */
export const relationshipSchema = z.looseObject({
  data: z.union([z.array(identifierSchema), identifierSchema, z.null()]).optional(),
});

export const resourceSchema = z.looseObject({
  id,
  type: z.string(),
  attributes: object.nullish(),
  meta: object.nullish(),
  relationships: object.nullish(),
});
export type Resource = z.infer<typeof resourceSchema>;

const count = z.number().int().nonnegative();

/** `meta.pagination` of a list; any part may be missing, and a part of the wrong shape counts as missing. */
const paginationSchema = z.looseObject({
  counts: z
    .looseObject({ resources: count.optional().catch(undefined) })
    .optional()
    .catch(undefined),
  offsets: z
    .looseObject({ next: count.nullish().catch(undefined) })
    .optional()
    .catch(undefined),
  requested: z
    .looseObject({ limit: count.optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

const listMeta = z
  .looseObject({ pagination: paginationSchema.optional().catch(undefined) })
  .nullish()
  .catch(undefined);

export const listSchema = z.looseObject({
  data: z.array(resourceSchema),
  included: z.array(resourceSchema).nullish().catch(undefined),
  meta: listMeta,
});
export type ListDocument = z.infer<typeof listSchema>;

export const singleSchema = z.looseObject({
  data: resourceSchema,
  included: z.array(resourceSchema).nullish().catch(undefined),
});

/** An answer to a PUT may come without a resource; the resource is then read. */
export const maybeSingleSchema = z.looseObject({
  data: resourceSchema.nullish(),
  included: z.array(resourceSchema).nullish().catch(undefined),
});
