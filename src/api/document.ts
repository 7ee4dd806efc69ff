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

/** An id goes into addresses, keys and rows: one that cannot be part of an address is no id. */
export function isId(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value !== '' &&
    value.length <= 500 &&
    value !== '.' &&
    value !== '..' &&
    value.isWellFormed()
  );
}

/** Ids are strings in JSON:API; a number is taken and made one. `type` is any string at all. */
const id = z.union([z.custom<string>(isId), z.pipe(z.number(), z.transform(String))]);

/** More than a page or a contact has. */
const mostItems = 50_000;

/**
 * A list of anything else fails at its first bad item, and one that is absurdly long before its first:
 * zod's own array would keep a complaint about each of a million.
 */
function listOf<T>(schema: z.ZodMiniType<T>, isPlain: (value: unknown) => boolean = () => false) {
  return z.pipe(
    z.custom<readonly unknown[]>((value) => Array.isArray(value) && value.length <= mostItems),
    z.transform((items: readonly unknown[], { issues }): T[] => {
      // A copy of each of 100,000 costs more than the look.
      if (items.every(isPlain)) return items as T[];
      const taken: T[] = [];
      for (const input of items) {
        const parsed = schema.safeParse(input);
        if (!parsed.success) {
          issues.push({ code: 'custom', input, message: 'an item is not as it should be' });
          return z.NEVER;
        }
        taken.push(parsed.data);
      }
      return taken;
    }),
  );
}

const identifierSchema = z.looseObject({ id, type: z.string() });
export type Identifier = z.infer<typeof identifierSchema>;

const isIdentifier = (value: unknown) => isObject(value) && isId(value.id) && typeof value.type === 'string';

/** `data` is absent when a server gives links only: that is unknown, not empty. */
export const relationshipSchema = z.looseObject({
  data: z.optional(z.union([listOf(identifierSchema, isIdentifier), identifierSchema, z.null()])),
});

const looseResource = z.looseObject({
  id,
  type: z.string(),
  attributes: z.nullish(object),
  meta: z.nullish(object),
  relationships: z.nullish(object),
});
export type Resource = z.infer<typeof looseResource>;

/** One that is as it should be is taken as it is. */
export const resourceSchema = z.union([z.custom<Resource>(isResource), looseResource]);

function isResource(value: unknown): value is Resource {
  return (
    isObject(value) &&
    isId(value.id) &&
    typeof value.type === 'string' &&
    isPart(value.attributes) &&
    isPart(value.meta) &&
    isPart(value.relationships)
  );
}

const isPart = (value: unknown) => value == null || isObject(value);

const resources = listOf(resourceSchema, isResource);

const count = z.int().check(z.nonnegative());

/** A part that is missing, null or of the wrong shape counts as missing. */
const part = <T extends z.ZodMiniType>(schema: T) => z.catch(z.nullish(schema), undefined);

/** `meta.pagination` of a list. */
const paginationSchema = z.looseObject({
  counts: part(z.looseObject({ resources: part(count) })),
  offsets: part(z.looseObject({ next: part(count) })),
  requested: part(z.looseObject({ limit: part(count) })),
});

/** Nobody chooses from more. */
const isShort = (value: unknown) => Array.isArray(value) && value.length <= 200;
const options = part(
  z.looseObject({ options: part(z.pipe(z.custom(isShort), z.array(z.string().check(z.maxLength(200))))) }),
);
const parameters = { sort: options, filter: options };

/** What a list can be sorted and filtered by: the documentation's samples have it in two places. */
const featuresSchema = z.looseObject({ ...parameters, params: part(z.looseObject(parameters)) });

const listMeta = z.looseObject({ pagination: part(paginationSchema), features: part(featuresSchema) });

export const listSchema = z.looseObject({
  data: resources,
  included: part(resources),
  meta: part(listMeta),
});
export type ListDocument = z.infer<typeof listSchema>;

export const singleSchema = z.looseObject({
  data: resourceSchema,
  included: part(resources),
});

/** An answer to a PUT may come without a resource; the resource is then read. */
export const maybeSingleSchema = z.looseObject({
  data: z.nullish(resourceSchema),
  included: part(resources),
});
