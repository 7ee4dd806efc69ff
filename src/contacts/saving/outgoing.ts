/** What a save sends: the record as it was read, with what a person wants saved. */

import { isDeepStrictEqual } from 'node:util';
import type { ResourceDocument, ResourceUpdate } from '../../api/http/document';
import type { ApiError } from '../../api/http/errors';
import { type Conflict, type RecordFields, type Texts, textsOf } from '../model/recordFields';
import { mergeFields, type Wanted } from './merge';

/** A value put back as it was before a save. Without `json`, the attribute was not there. */
export interface Exact {
  readonly text: string;
  readonly json?: unknown;
}
export type Exacts<F extends string> = Readonly<Partial<Record<F, Exact>>>;

/** An attribute whose name the API does not accept, with the value that would go with it. */
export interface RefusedAttribute {
  readonly name: string;
  readonly value: unknown;
}

export interface SaveRequest<F extends string> extends Wanted<F> {
  /** Edits that are sent as the JSON value that was there, as long as their text is the same. */
  readonly exact?: Exacts<F> | undefined;
  /** Attributes that the person agreed to leave out, which a PUT removes. With another value they are sent. */
  readonly without?: readonly RefusedAttribute[] | undefined;
}

export type Outgoing<F extends string> =
  | { readonly kind: 'conflict'; readonly conflicts: readonly Conflict<F>[] }
  /** `edits` are what the API does not have yet; without any, a save sends nothing. */
  | {
      readonly kind: 'update';
      readonly update: ResourceUpdate;
      readonly edits: Texts<F>;
      /** Attributes that are left out as the person agreed, by name. */
      readonly leftOut: readonly string[];
    };

export function toOutgoing<F extends string>(
  fields: RecordFields<F>,
  { resource }: ResourceDocument,
  request: SaveRequest<F>,
): Outgoing<F> {
  const { edits, conflicts } = mergeFields(fields, request, textsOf(fields, resource));
  if (conflicts.length > 0) return { kind: 'conflict', conflicts };
  const attributes = new Map<string, unknown>(Object.entries(resource.attributes ?? {}));
  for (const name of fields.names) {
    const text = edits[name];
    const exact = request.exact?.[name];
    if (text === undefined) continue;
    if (exact?.text !== text) attributes.set(name, fields.toJson(name, text));
    else if ('json' in exact) attributes.set(name, exact.json);
    else attributes.delete(name);
  }
  const agreed = request.without ?? [];
  const leftOut = agreed.flatMap(({ name, value }) =>
    !Object.hasOwn(edits, name) && attributes.has(name) && isDeepStrictEqual(attributes.get(name), value)
      ? [name]
      : [],
  );
  for (const name of leftOut) attributes.delete(name);
  const { id, type } = resource;
  return { kind: 'update', update: { id, type, attributes: Object.fromEntries(attributes) }, edits, leftOut };
}

/**
 * The attributes to offer leaving out. There are none unless the whole refusal is about names, of attributes
 * that were sent and that nobody edits here.
 */
export function refusedAttributes(
  { reason, problems }: ApiError,
  { update, edits }: { readonly update: ResourceUpdate; readonly edits: Readonly<Record<string, unknown>> },
): readonly RefusedAttribute[] {
  if (reason !== 'invalid') return [];
  // A refusal that quotes what the attribute holds may be about just that.
  const isQuoted = (value: unknown, said: string) =>
    typeof value === 'string' && value.trim().length > 1 && said.includes(value.trim());
  const quotes = problems.some(
    ({ refusedName = '', title, detail }) =>
      update.attributes[refusedName] !== refusedName &&
      isQuoted(update.attributes[refusedName], `${title} ${detail}`),
  );
  if (quotes) return [];
  const names = [...new Set(problems.map(({ refusedName }) => refusedName))];
  const attributes = names.flatMap((name) =>
    name !== undefined && Object.hasOwn(update.attributes, name) && !Object.hasOwn(edits, name)
      ? [{ name, value: update.attributes[name] }]
      : [],
  );
  return attributes.length === names.length ? attributes : [];
}
