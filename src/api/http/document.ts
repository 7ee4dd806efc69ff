/**
 * JSON:API documents as Ctrl Hub sends them. Every object is loose: what we don't know is kept, as a
 * PUT replaces the resource and must send back what it was given.
 * Source: https://docs.ctrl-hub.com (PUT contact, GET contacts) and https://jsonapi.org/format/1.0.
 */
import * as v from 'valibot';
import { isExactNumber } from '../../base/exactNumbers';
import { parseWith } from '../../base/parseWith';

/** An object that is passed on as it came, whatever its keys. */
export type JsonObject = Readonly<Record<string, unknown>>;

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

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Whether two ids name the same resource: a UUID may be written in capitals (RFC 9562), any other id may not. */
export const isSameId = (one: string, other: string): boolean =>
  one === other || (uuid.test(one) && one.toLowerCase() === other.toLowerCase());

/** An array is no object, whatever valibot says. */
const looseObject = <T extends v.ObjectEntries>(entries: T) =>
  v.pipe(v.custom<JsonObject>(isObject), v.looseObject(entries));

const isNumber = (value: unknown) => (Number.isFinite(value) || isExactNumber(value)) && isId(String(value));

/** Ids are strings in JSON:API; a number is taken and made one, to the digit. `type` is any string at all. */
const id = v.union([v.custom<string>(isId), v.pipe(v.custom(isNumber), v.transform(String))]);

/** More than a page or a contact has. */
const mostItems = 50_000;

const isList = (value: unknown) => Array.isArray(value) && value.length <= mostItems;

/** One that is as it should be is taken as it is: a copy of each of 100,000 costs more than the look. */
function listOf<T>(schema: v.GenericSchema<unknown, T>, isPlain: (value: unknown) => boolean) {
  return v.union([
    v.custom<T[]>((items) => isList(items) && (items as unknown[]).every(isPlain)),
    v.pipe(v.custom<unknown[]>(isList), v.array(schema)),
  ]);
}

const identifierSchema = looseObject({ id, type: v.string() });
export type Identifier = v.InferOutput<typeof identifierSchema>;
/** A key for maps: a type is a server's text, so no separator is safe without quoting. */
export const identityOf = ({ type, id }: Identifier) => JSON.stringify([type, id]);

const isIdentifier = (value: unknown) => isObject(value) && isId(value.id) && typeof value.type === 'string';

/** `data` is absent when a server gives links only: that is unknown, not empty. */
export const relationshipSchema = looseObject({
  data: v.optional(v.union([listOf(identifierSchema, isIdentifier), identifierSchema, v.null()])),
});

export interface Resource {
  readonly id: string;
  readonly type: string;
  readonly attributes?: JsonObject | null | undefined;
  readonly meta?: JsonObject | null | undefined;
  readonly relationships?: JsonObject | null | undefined;
  readonly [unknown: string]: unknown;
}

const isPart = (value: unknown) => value == null || isObject(value);

const isResourceBut = (value: unknown): value is JsonObject =>
  isObject(value) &&
  typeof value.type === 'string' &&
  isPart(value.attributes) &&
  isPart(value.meta) &&
  isPart(value.relationships);

const isResource = (value: unknown): value is Resource => isResourceBut(value) && isId(value.id);

export const resourceSchema = v.union([
  v.custom<Resource>(isResource),
  v.pipe(
    v.custom<Omit<Resource, 'id'> & { id: unknown }>((value) => isResourceBut(value) && isNumber(value.id)),
    v.transform((one): Resource => ({ ...one, id: String(one.id) }) as Resource),
  ),
]);

/** Resources of a list that may hold others, of which the places are kept: one bad row must not cost the list. */
const readableResources = v.pipe(
  v.custom<unknown[]>(isList),
  v.transform((items) => {
    if (items.every(isResource)) return { readable: items, unreadable: [] };
    const readable: Resource[] = [];
    const unreadable: number[] = [];
    for (const [place, item] of items.entries()) {
      const resource = parseWith(resourceSchema, item);
      if (resource === undefined) unreadable.push(place);
      else readable.push(resource);
    }
    return { readable, unreadable };
  }),
);

/** Related resources; those that cannot be read are left out, and the others keep their names. */
const included = v.pipe(
  readableResources,
  v.transform(({ readable }): readonly Resource[] => readable),
);

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** A part that is missing, null or of the wrong shape counts as missing. */
const part = <T extends v.GenericSchema>(schema: T) => v.fallback(v.nullish(schema), undefined);

/** `meta.pagination` of a list. */
const paginationSchema = looseObject({
  counts: part(looseObject({ resources: part(count) })),
  offsets: part(looseObject({ next: part(count) })),
  requested: part(looseObject({ limit: part(count) })),
});

/** Nobody chooses from more. */
const isShort = (value: unknown) => Array.isArray(value) && value.length <= 200;
const options = part(
  looseObject({ options: part(v.pipe(v.custom(isShort), v.array(v.pipe(v.string(), v.maxLength(200))))) }),
);
const parameters = { sort: options, filter: options };

/** What a list can be sorted and filtered by: the documentation's samples have it in two places. */
const featuresSchema = looseObject({ ...parameters, params: part(looseObject(parameters)) });

const listMeta = looseObject({ pagination: part(paginationSchema), features: part(featuresSchema) });

export const listSchema = looseObject({
  data: readableResources,
  included: part(included),
  meta: part(listMeta),
});
export type ListDocument = v.InferOutput<typeof listSchema>;

export const singleSchema = looseObject({
  data: resourceSchema,
  included: part(included),
});

/** An answer to a PUT may come without a resource; the resource is then read. */
export const maybeSingleSchema = looseObject({
  data: v.nullish(resourceSchema),
  included: part(included),
});

/** One resource, with the related resources that the API sent along. */
export interface ResourceDocument {
  readonly resource: Resource;
  readonly included: readonly Resource[];
  /** The version of the resource, if the API says it. */
  readonly etag?: string | undefined;
}

/** What a PUT sends: the identity as the API gave it, and every attribute. */
export interface ResourceUpdate {
  readonly id: string;
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}
