/**
 * Schemas of JSON:API documents as Ctrl Hub sends them. Every object is loose, so that unknown attributes are
 * kept: a PUT replaces the resource and must send them back. Source: https://docs.ctrl-hub.com (PUT contact,
 * GET contacts) and https://jsonapi.org/format/1.0.
 */
import * as z from 'zod/mini';
import { isExactNumber } from '../../base/exactNumbers';
import { parseWith, withFallback } from '../../base/parseWith';
import { parseTimestamp } from '../../base/timestamp';

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

const isNumber = (value: unknown) => (Number.isFinite(value) || isExactNumber(value)) && isId(String(value));

/**
 * IDs are strings in JSON:API. A number is accepted and becomes a string with the same digits. `type` is any
 * string.
 */
const id = () => z.union([z.custom<string>(isId), z.pipe(z.custom(isNumber), z.transform(String))]);

/** The maximum length of a list; a page or a contact has fewer items. */
const maxItems = 50_000;

const isList = (value: unknown) => Array.isArray(value) && value.length <= maxItems;

/**
 * Accepts a list whose items are all valid without copying it: copying 100,000 items takes longer than
 * checking them.
 */
function listOf<T>(schema: z.ZodMiniType<T>, isPlain: (value: unknown) => boolean) {
  return z.union([
    z.custom<T[]>((items) => isList(items) && (items as unknown[]).every(isPlain)),
    z.pipe(z.custom<unknown[]>(isList), z.array(schema)),
  ]);
}

const identifierSchema = z.lazy(() => z.looseObject({ id: id(), type: z.string() }));
export type Identifier = z.infer<typeof identifierSchema>;
/** A key for maps, quoted as JSON, because `type` is server text and may hold any separator. */
export const identityOf = ({ type, id }: Identifier) => JSON.stringify([type, id]);

const isIdentifier = (value: unknown) => isObject(value) && isId(value.id) && typeof value.type === 'string';

/** A relationship. A missing `data` (a server sent links only) means unknown, not empty. */
export const relationshipSchema = z.lazy(() =>
  z.looseObject({
    data: z.optional(z.union([listOf(identifierSchema, isIdentifier), identifierSchema, z.null()])),
  }),
);

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

export const resourceSchema = z.lazy(() =>
  z.union([
    z.custom<Resource>(isResource),
    z.pipe(
      z.custom<Omit<Resource, 'id'> & { id: unknown }>((value) => isResourceBut(value) && isNumber(value.id)),
      z.transform((one): Resource => ({ ...one, id: String(one.id) }) as Resource),
    ),
  ]),
);

/**
 * Resources of a list. Items that are no resources are left out and their positions are kept, so that one bad
 * row does not hide the whole list.
 */
const readableResources = z.lazy(() =>
  z.pipe(
    z.custom<unknown[]>(isList),
    z.transform((items) => {
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
  ),
);

/** Related resources. Unreadable ones are left out. */
const included = () =>
  part(
    z.pipe(
      readableResources,
      z.transform(({ readable }): readonly Resource[] => readable),
    ),
  );

const count = () => part(z.int().check(z.gte(0)));

/** A part that is missing, null or of the wrong type counts as missing. */
const part = <T extends z.ZodMiniType>(schema: T) => withFallback(z.nullish(schema), undefined);

/** `meta.pagination` of a list. */
const paginationSchema = () =>
  z.looseObject({
    counts: part(z.looseObject({ resources: count() })),
    offsets: part(z.looseObject({ next: count() })),
    requested: part(z.looseObject({ limit: count() })),
  });

/** Limits the options of a list to 200, more than anyone can choose from. */
const isShort = (value: unknown) => Array.isArray(value) && value.length <= 200;
const options = () =>
  part(
    z.looseObject({ options: part(z.pipe(z.custom(isShort), z.array(z.string().check(z.maxLength(200))))) }),
  );
const parameters = () => ({ sort: options(), filter: options() });

/** The keys for sorting and filtering. The samples of the documentation have them in two places. */
const featuresSchema = () => z.looseObject({ ...parameters(), params: part(z.looseObject(parameters())) });

export const listSchema = z.lazy(() =>
  z.looseObject({
    data: readableResources,
    included: included(),
    meta: part(z.looseObject({ pagination: part(paginationSchema()), features: part(featuresSchema()) })),
  }),
);
export type ListDocument = z.infer<typeof listSchema>;

export const singleSchema = z.lazy(() =>
  z.looseObject({
    data: resourceSchema,
    included: included(),
  }),
);

/** The response to a PUT. If it holds no resource, the caller reads the resource. */
export const maybeSingleSchema = z.lazy(() =>
  z.looseObject({
    data: z.nullish(resourceSchema),
    included: included(),
  }),
);

/** One resource, with the related resources that the API included. */
export interface ResourceDocument {
  readonly resource: Resource;
  readonly included: readonly Resource[];
  /** The ETag of the resource, if the API sent one. */
  readonly etag?: string | undefined;
  /** The response also reported errors, so that attributes may be missing. */
  readonly isPartial?: true;
}

/** The body of a PUT: ID and type as the API sent them, and every attribute. */
export interface ResourceUpdate {
  readonly id: string;
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** The time of the last change in milliseconds since 1970; NaN if there is none. Resources name it differently. */
export const modifiedAt = ({ meta }: Resource): number =>
  parseTimestamp(meta?.modified_at ?? meta?.updated_at);
