/** Builds the update that a save sends: the record as it was read, with the edits applied. */

import { isDeepStrictEqual } from 'node:util';
import type { Resource, ResourceDocument, ResourceUpdate } from '../../api/http/document';
import type { ApiError } from '../../api/http/errors';
import { type Conflict, type RecordFields, type Texts, textsOf } from '../model/recordFields';
import { mergeFields, type Wanted } from './merge';

/** A value that Undo restores exactly. Without `json`, the attribute was missing. */
export interface Exact {
  readonly text: string;
  readonly json?: unknown;
}
export type Exacts<F extends string> = Readonly<Partial<Record<F, Exact>>>;

/** Returns the value that Undo must send to restore the field as the resource has it. */
export function exactValue<F extends string>(
  { textOf }: RecordFields<F>,
  resource: Resource,
  field: F,
): Exact {
  const attributes = resource.attributes ?? {};
  const text = textOf(resource, field);
  return Object.hasOwn(attributes, field) ? { text, json: attributes[field] } : { text };
}

/** An attribute whose name the API refuses, with the value that leaving it out would delete. */
export interface RefusedAttribute {
  readonly name: string;
  readonly value: unknown;
}

export interface SaveRequest<F extends string> extends Wanted<F> {
  /** Edits that are sent as the original JSON value, if their text is unchanged. */
  readonly exact?: Exacts<F> | undefined;
  /**
   * Attributes that the user agreed to leave out, which a PUT deletes. They are sent if their value has
   * changed.
   */
  readonly without?: readonly RefusedAttribute[] | undefined;
}

export type Outgoing<F extends string> =
  | { readonly kind: 'conflict'; readonly conflicts: readonly Conflict<F>[] }
  /** `edits` are those that the API does not hold yet; without any, a save sends nothing. */
  | {
      readonly kind: 'update';
      readonly update: ResourceUpdate;
      readonly edits: Texts<F>;
      /** The names of attributes that are left out with the user's agreement. */
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
 * Returns the attributes to offer leaving out. There are none unless the whole refusal is about names of
 * attributes that were sent and that the user did not edit.
 */
export function refusedAttributes(
  { reason, problems }: ApiError,
  { update, edits }: { readonly update: ResourceUpdate; readonly edits: Readonly<Record<string, unknown>> },
): readonly RefusedAttribute[] {
  if (reason !== 'invalid') return [];
  // A refusal that quotes an attribute's value may be about that value.
  const isQuoted = (value: unknown, text: string) =>
    typeof value === 'string' && value.trim().length > 1 && text.includes(value.trim());
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
