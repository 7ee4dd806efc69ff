import {
  identityOf,
  type Resource,
  type ResourceDocument,
  type ResourceUpdate,
} from '../../api/http/document';
import type { FieldName } from '../../protocol/fields';
import { contactFields, fieldNames } from './contact';
import type { Texts } from './recordFields';

/** What a person typed, by field; a field that is not here was left alone. */
export type Edits = Texts<FieldName>;

/** The edits that differ from what the resource holds: a value typed and typed back is no change. */
export function changesOf(resource: Resource, edits: Edits): Edits {
  return Object.fromEntries(
    fieldNames
      .map((name) => [name, edits[name]] as const)
      .filter(([name, value]) => value !== undefined && value !== contactFields.textOf(resource, name)),
  );
}

/**
 * The body of a PUT: every attribute as the API gave it, those edited replaced. A field that was left
 * alone keeps its shape (null stays null); one that was emptied is sent as "".
 */
export function toUpdate(resource: Resource, edits: Edits): ResourceUpdate {
  const { id, type, attributes } = resource;
  return { id, type, attributes: { ...attributes, ...changesOf(resource, edits) } };
}

/**
 * The record after an answer to a PUT. The documented answer shows fewer attributes than GET does, and
 * no `included`; what it leaves out is kept, so that the next PUT does not take it away.
 */
export function afterUpdate(before: ResourceDocument, answer: ResourceDocument): ResourceDocument {
  const { resource } = answer;
  const kept = new Map([...before.included, ...answer.included].map((r) => [identityOf(r), r]));
  return {
    resource: {
      ...before.resource,
      ...resource,
      attributes: { ...before.resource.attributes, ...resource.attributes },
      meta: { ...before.resource.meta, ...resource.meta },
      relationships: resource.relationships ?? before.resource.relationships,
    },
    included: [...kept.values()],
  };
}
