/**
 * Schemas of JSON:API documents as Ctrl Hub sends them. Every object is loose, so that unknown attributes are
 * kept: a PUT replaces the resource and must send them back. Source: https://docs.ctrl-hub.com (PUT contact,
 * GET contacts) and https://jsonapi.org/format/1.0.
 */
import * as v from 'valibot';
import { isExactNumber } from '../../base/exactNumbers';
import { parseWith } from '../../base/parseWith';

/** An object that is passed on unchanged, with any keys. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Accepts an ID. IDs become parts of URLs, keys and rows, so "", ".", ".." and broken Unicode are refused.
 */
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

/** Compares two IDs. A UUID is case-insensitive (RFC 9562), any other ID is not. */
export const isSameId = (one: string, other: string): boolean =>
  one === other || (uuid.test(one) && one.toLowerCase() === other.toLowerCase());

/** Refuses an array, which valibot accepts as an object. */
const looseObject = <T extends v.ObjectEntries>(entries: T) =>
  v.pipe(v.custom<JsonObject>(isObject), v.looseObject(entries));

const isNumber = (value: unknown) => (Number.isFinite(value) || isExactNumber(value)) && isId(String(value));

/**
 * IDs are strings in JSON:API. A number is accepted and becomes a string with the same digits. `type` is any
 * string.
 */
const id = v.union([v.custom<string>(isId), v.pipe(v.custom(isNumber), v.transform(String))]);

/** The maximum length of a list; a page or a contact has fewer items. */
const mostItems = 50_000;

const isList = (value: unknown) => Array.isArray(value) && value.length <= mostItems;

/**
 * Accepts a list whose items are all valid without copying it: copying 100,000 items takes longer than
 * checking them.
 */
function listOf<T>(schema: v.GenericSchema<unknown, T>, isPlain: (value: unknown) => boolean) {
  return v.union([
    v.custom<T[]>((items) => isList(items) && (items as unknown[]).every(isPlain)),
    v.pipe(v.custom<unknown[]>(isList), v.array(schema)),
  ]);
}

const identifierSchema = looseObject({ id, type: v.string() });
export type Identifier = v.InferOutput<typeof identifierSchema>;
/** A key for maps, quoted as JSON, because `type` is server text and may hold any separator. */
export const identityOf = ({ type, id }: Identifier) => JSON.stringify([type, id]);

const isIdentifier = (value: unknown) => isObject(value) && isId(value.id) && typeof value.type === 'string';

/** A relationship. A missing `data` (a server sent links only) means unknown, not empty. */
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

/**
 * Resources of a list. Items that are no resources are left out and their positions are kept, so that one bad
 * row does not hide the whole list.
 */
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

/** Related resources. Unreadable ones are left out. */
const included = v.pipe(
  readableResources,
  v.transform(({ readable }): readonly Resource[] => readable),
);

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** A part that is missing, null or of the wrong type counts as missing. */
const part = <T extends v.GenericSchema>(schema: T) => v.fallback(v.nullish(schema), undefined);

/** `meta.pagination` of a list. */
const paginationSchema = looseObject({
  counts: part(looseObject({ resources: part(count) })),
  offsets: part(looseObject({ next: part(count) })),
  requested: part(looseObject({ limit: part(count) })),
});

/** Limits the options of a list to 200, more than anyone can choose from. */
const isShort = (value: unknown) => Array.isArray(value) && value.length <= 200;
const options = part(
  looseObject({ options: part(v.pipe(v.custom(isShort), v.array(v.pipe(v.string(), v.maxLength(200))))) }),
);
const parameters = { sort: options, filter: options };

/** The keys for sorting and filtering. The samples of the documentation have them in two places. */
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

/** The response to a PUT. If it holds no resource, the caller reads the resource. */
export const maybeSingleSchema = looseObject({
  data: v.nullish(resourceSchema),
  included: part(included),
});

/** One resource, with the related resources that the API included. */
export interface ResourceDocument {
  readonly resource: Resource;
  readonly included: readonly Resource[];
  /** The ETag of the resource, if the API sent one. */
  readonly etag?: string | undefined;
}

/** The body of a PUT: ID and type as the API sent them, and every attribute. */
export interface ResourceUpdate {
  readonly id: string;
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}
