/**
 * What a related resource is called. The API's `type` strings are not documented, so a resource is known
 * by the attributes it has. An account has no attributes at all: it is called by its contacts or property.
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

/** A piece of a label: text as the API gave it, a moment (RFC 3339), or what there are words for. */
export type LabelPart =
  | string
  | { readonly time: string }
  | { readonly name: 'method' | 'direction' | 'status'; readonly value: string };

export interface Related {
  readonly type: string;
  readonly id: string;
  /** Empty when nothing is known but type and id. */
  readonly label: readonly LabelPart[];
  readonly detail: string | undefined;
  /** How many it links to, by relationship: all that is known of an account whose links were not included. */
  readonly counts: readonly { readonly name: string; readonly count: number }[];
  /** Undefined while nothing but type and id is known. */
  readonly resource: Resource | undefined;
}

export interface RelationshipView {
  readonly name: string;
  /** Undefined when the API named the relationship without its data. */
  readonly items: readonly Related[] | undefined;
  /** Whether it links to one resource and not to a list of them. */
  readonly single: boolean;
  /** How many more can be shown. */
  readonly rest: number;
  /** How many are linked beyond all that can be shown. */
  readonly more: number;
}

/** Of one relationship, and of a resource's relationships: nobody looks at more. */
const most = { items: 1000, names: 100, inLabel: 20 } as const;

/** In the order of the panel; whatever else the API names comes after. */
const documented = ['accounts', 'interactions', 'author', 'organisation'];

/** How much of the relationships is looked at. */
interface Look {
  /** How many of one. */
  readonly shown: (name: string) => number;
  /** One that is to be seen in any case, and all before it. */
  readonly always: (id: string) => boolean;
}
const everything: Look = { shown: () => most.items, always: () => false };

export function relationshipsOf(
  resource: Resource,
  included: readonly Resource[],
  look = everything,
): RelationshipView[] {
  const all = resource.relationships ?? {};
  const byIdentity = new Map(included.map((r) => [identityOf(r), r]));
  const names = [...documented, ...Object.keys(all).filter((name) => !documented.includes(name))];
  // One resource may be linked a thousand times.
  const known = new Map<string, Related>();
  const related = (link: Identifier) => {
    const key = identityOf(link);
    const made = known.get(key) ?? toRelated(link, byIdentity, resource.id);
    known.set(key, made);
    return made;
  };
  return names.slice(0, most.names).map((name) => {
    const linked = identifiersOf(all[name]);
    const listed = linked?.slice(0, most.items) ?? [];
    const ordered = newestFirst(listed, byIdentity);
    const until = Math.max(look.shown(name), ordered.findLastIndex(({ id }) => look.always(id)) + 1);
    const items = linked && ordered.slice(0, until).map(related);
    const rest = listed.length - (items?.length ?? 0);
    const single = isObject(all[name]) && isObject(all[name].data);
    return { name, items, single, rest, more: (linked?.length ?? 0) - listed.length };
  });
}

/** Those with a date, newest first; what is not known yet comes after, as the API has it. */
function newestFirst(links: readonly Identifier[], included: ReadonlyMap<string, Resource>) {
  const dated = links.map((link) => {
    const at = parseTimestamp(included.get(identityOf(link))?.attributes?.date_time);
    return { link, at: Number.isNaN(at) ? Number.NEGATIVE_INFINITY : at };
  });
  // Equal ones keep their order; the difference of two infinities would be no number.
  return dated.sort((a, b) => (a.at === b.at ? 0 : b.at - a.at)).map(({ link }) => link);
}

function identifiersOf(relationship: unknown): readonly Identifier[] | undefined {
  const data = parseWith(relationshipSchema, relationship)?.data;
  if (data === undefined) return undefined;
  return Array.isArray(data) ? data : data === null ? [] : [data];
}

/** What a resource is related to by that name; undefined where the API did not say, which is not nothing. */
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
    .slice(0, most.inLabel)
    .filter(([, value]) => isObject(value) && Array.isArray(value.data))
    .map(([name, value]) => ({ name, count: identifiersOf(value)?.length ?? 0 }))
    .filter(({ count }) => count > 0);
}

/** An account is called by its other contacts: whose record it is shown with is known. */
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
    .slice(0, most.inLabel)
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
