/**
 * Describes related resources. The API's types are not documented, so the attributes determine the label. An
 * account has no attributes: its contacts or its property name it.
 */
import {
  type Identifier,
  identityOf,
  isObject,
  type JsonObject,
  type Resource,
  relationshipSchema,
} from '../../api/http/document';

import { parseWith } from '../../base/parseWith';
import { isolated } from '../../base/text';
import { parseTimestamp } from '../../base/timestamp';

/** A part of a label: text of the API, a timestamp (RFC 3339), or a value with a translation. */
export type LabelPart =
  | string
  | { readonly time: string }
  | { readonly name: 'method' | 'direction' | 'status'; readonly value: string };

export interface Related {
  readonly type: string;
  readonly id: string;
  /** Empty if only type and ID are known. */
  readonly label: readonly LabelPart[];
  readonly detail: string | undefined;
  /** The number of links by relationship, the only data of an account whose links were not included. */
  readonly counts: readonly { readonly name: string; readonly count: number }[];
  /** Undefined while only type and ID are known. */
  readonly resource: Resource | undefined;
}

export interface RelationshipView {
  readonly name: string;
  /** Undefined if the API sent the relationship without data. */
  readonly items: readonly Related[] | undefined;
  /** True for a relationship to one resource, false for a list. */
  readonly single: boolean;
  /** The number of further items that can be shown. */
  readonly rest: number;
  /** The number of links beyond the limit. */
  readonly more: number;
}

/** Limits: items of a relationship, relationships of a resource, and links in a label. */
const max = { items: 1000, names: 100, inLabel: 20 } as const;

/** The order of relationships in the panel; others follow. */
const documented = ['accounts', 'interactions', 'author', 'organisation'];

/** The part of the relationships to read. */
interface ShownLimits {
  /** The number of items of a relationship. */
  readonly shown: (name: string) => number;
  /** True for an item that must be shown, with all items before it. */
  readonly always: (id: string) => boolean;
}
const everything: ShownLimits = { shown: () => max.items, always: () => false };

export function relationshipsOf(
  resource: Resource,
  included: readonly Resource[],
  limits = everything,
): RelationshipView[] {
  const all = resource.relationships ?? {};
  const byIdentity = new Map(included.map((r) => [identityOf(r), r]));
  const names = [...documented, ...Object.keys(all).filter((name) => !documented.includes(name))];
  // The cache helps because one resource may be linked a thousand times.
  const known = new Map<string, Related>();
  const related = (link: Identifier) => {
    const key = identityOf(link);
    const made = known.get(key) ?? toRelated(link, byIdentity, resource.id);
    known.set(key, made);
    return made;
  };
  return names.slice(0, max.names).map((name) => {
    const linked = identifiersOf(all[name]);
    const listed = linked?.slice(0, max.items) ?? [];
    const ordered = newestFirst(listed, byIdentity);
    const until = Math.max(limits.shown(name), ordered.findLastIndex(({ id }) => limits.always(id)) + 1);
    const items = linked && ordered.slice(0, until).map(related);
    const rest = listed.length - (items?.length ?? 0);
    const single = isObject(all[name]) && isObject(all[name].data);
    return { name, items, single, rest, more: (linked?.length ?? 0) - listed.length };
  });
}

/** Sorts items with a date, the newest first; the others follow in the API's order. */
function newestFirst(links: readonly Identifier[], included: ReadonlyMap<string, Resource>) {
  const dated = links.map((link) => {
    const at = parseTimestamp(included.get(identityOf(link))?.attributes?.date_time);
    return { link, at: Number.isNaN(at) ? Number.NEGATIVE_INFINITY : at };
  });
  // The comparison keeps equal items in order; subtracting two infinities would give NaN.
  return dated.sort((a, b) => (a.at === b.at ? 0 : b.at - a.at)).map(({ link }) => link);
}

function identifiersOf(relationship: unknown): readonly Identifier[] | undefined {
  const data = parseWith(relationshipSchema, relationship)?.data;
  if (data === undefined) return undefined;
  return Array.isArray(data) ? data : data === null ? [] : [data];
}

/**
 * The links of a relationship; undefined if the API sent none of its data, which does not mean that it has no
 * links.
 */
export const linked = (resource: Resource, name: string): readonly Identifier[] | undefined =>
  identifiersOf(resource.relationships?.[name]);

function toRelated({ type, id }: Identifier, included: ReadonlyMap<string, Resource>, self: string): Related {
  const resource = included.get(identityOf({ type, id }));
  if (resource === undefined) return { type, id, label: [], detail: undefined, counts: [], resource };
  const label = labelOf(resource, included, self);
  const counts = label.length > 0 ? [] : countsOf(resource);
  return { type, id, label, detail: text(resource.attributes?.notes), counts, resource };
}

function countsOf({ relationships }: Resource) {
  return Object.entries(relationships ?? {})
    .slice(0, max.inLabel)
    .filter(([, value]) => isObject(value) && Array.isArray(value.data))
    .map(([name, value]) => ({ name, count: identifiersOf(value)?.length ?? 0 }))
    .filter(({ count }) => count > 0);
}

/** Labels an account by its other contacts, because the panel already shows the contact `self`. */
function labelOf(
  resource: Resource,
  included: ReadonlyMap<string, Resource>,
  self: string,
): readonly LabelPart[] {
  const attributes = resource.attributes ?? {};
  const interaction = interactionLabel(attributes);
  if (interaction.length > 0) return interaction;
  const own = nameOf(attributes);
  if (own !== undefined) return [own];
  const names = ['contacts', 'properties']
    .flatMap((relationship) => linked(resource, relationship) ?? [])
    .filter(({ id }) => id !== self)
    .slice(0, max.inLabel)
    .map((link) => nameOf(included.get(identityOf(link))?.attributes ?? {}))
    .filter((name) => name !== undefined);
  return names.length === 0 ? [] : [[...new Set(names)].map(isolated).join(', ')];
}

function interactionLabel(attributes: JsonObject): LabelPart[] {
  const at = text(attributes.date_time);
  const named = (['method', 'direction', 'status'] as const).flatMap((name) => {
    const value = text(attributes[name]);
    return value === undefined ? [] : [{ name, value }];
  });
  if (at === undefined && named[0]?.name !== 'method') return [];
  return [...(at === undefined ? [] : [{ time: at }]), ...named].flatMap((part, index) =>
    index === 0 ? [part] : [' · ', part],
  );
}

export function nameOf(attributes: JsonObject): string | undefined {
  const profile = isObject(attributes.profile) ? attributes.profile : {};
  const personal = isObject(profile.personal) ? profile.personal : {};
  const address = isObject(attributes.address) ? attributes.address : {};
  return (
    text(attributes.name) ??
    person(attributes) ??
    person(personal) ??
    ['title', 'label', 'description', 'email', 'slug', 'code', 'reference']
      .map((name) => text(attributes[name]))
      .find((value) => value !== undefined) ??
    text(address.description)
  );
}

function person(attributes: JsonObject): string | undefined {
  const names = [attributes.first_name, attributes.last_name].map(text).filter((name) => name !== undefined);
  return names.length === 0 ? undefined : names.join(' ');
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
