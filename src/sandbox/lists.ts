/** Paging, sorting and including for every list. */
import { invalidParameter, jsonapi } from './answers';
import type { Identifier, Resource } from './data/resource';
import type { Organisation } from './records';

export type Query = (name: string) => string | undefined;

export interface ListOptions {
  readonly include: readonly string[];
  readonly sort: readonly string[];
  readonly filter?: readonly string[];
}

export interface Source {
  readonly length: number;
  slice(from: number, to: number): readonly Resource[];
  all(): readonly Resource[];
}

/**
 * Returns one page with `meta.pagination` and `meta.features` as documented. `next` is null on the last page.
 */
export function listDocument(
  source: Source,
  query: Query,
  options: ListOptions,
  max: number,
  organisation?: Organisation,
) {
  const limit = Math.min(wholeNumber(query, 'limit', 100, 1), max);
  const offset = wholeNumber(query, 'offset', 0, 0);
  const rows =
    sorted(source, query('sort'), options.sort)?.slice(offset, offset + limit) ??
    source.slice(offset, offset + limit);
  const after = offset + rows.length;
  return {
    data: rows,
    ...included(rows, query('include'), options.include, organisation),
    meta: {
      pagination: {
        counts: { pages: Math.ceil(source.length / limit), resources: source.length },
        current_page: Math.floor(offset / limit) + 1,
        offsets: {
          next: after < source.length ? after : null,
          previous: offset > 0 ? Math.max(0, offset - limit) : null,
        },
        requested: { limit, offset },
      },
      features: {
        params: {
          include: { options: options.include },
          sort: { options: options.sort },
          filter: { options: options.filter ?? [] },
        },
      },
    },
    jsonapi,
  };
}

export function singleDocument(
  resource: Resource,
  query: Query,
  options: readonly string[],
  organisation: Organisation,
) {
  return { data: resource, ...included([resource], query('include'), options, organisation), jsonapi };
}

function wholeNumber(query: Query, name: string, fallback: number, min: number): number {
  const text = query(name);
  if (text === undefined) return fallback;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < min) throw invalidParameter(name);
  return value;
}

/** Sorts by the first key only, as documented. */
function sorted(source: Source, sort: string | undefined, keys: readonly string[]): Resource[] | undefined {
  if (sort === undefined || sort === '') return undefined;
  const [first = ''] = sort.split(',');
  const key = first.replace(/^-/, '');
  if (!keys.includes(key)) throw invalidParameter('sort');
  const keyOf = ({ attributes, meta }: Resource) => String(attributes?.[key] ?? meta?.[key] ?? '');
  const { compare } = new Intl.Collator('en');
  const rows = [...source.all()].sort((a, b) => compare(keyOf(a), keyOf(b)));
  return first.startsWith('-') ? rows.reverse() : rows;
}

function included(
  rows: readonly Resource[],
  include: string | undefined,
  options: readonly string[],
  organisation?: Organisation,
) {
  const paths = (include ?? '').split(',').filter(Boolean);
  if (paths.some((path) => !options.includes(path))) throw invalidParameter('include');
  if (paths.length === 0 || organisation === undefined) return {};
  const found = new Map<string, Resource>();
  for (const path of paths) {
    let from: readonly Resource[] = rows;
    for (const name of path.split('.')) {
      from = from.flatMap((one) =>
        linked(one, name).flatMap((ref) => organisation.related(one, ref.type, ref.id) ?? []),
      );
      for (const one of from) found.set(`${one.type} ${one.id}`, one);
    }
  }
  return { included: [...found.values()] };
}

function linked(resource: Resource, name: string): readonly Identifier[] {
  const data = resource.relationships?.[name]?.data ?? [];
  return 'id' in data ? [data] : data;
}
