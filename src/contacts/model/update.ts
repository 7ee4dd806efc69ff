import {
  identityOf,
  type Resource,
  type ResourceDocument,
  type ResourceUpdate,
} from '../../api/http/document';
import type { FieldName } from '../../protocol/fields';
import { contactFields, fieldNames } from './contact';
import type { Texts } from './recordFields';

/** The typed values by field; untouched fields are missing. */
export type Edits = Texts<FieldName>;

/** The edits that differ from the resource: a value that was changed back is not an edit. */
export function changesOf(resource: Resource, edits: Edits): Edits {
  return Object.fromEntries(
    fieldNames
      .map((name) => [name, edits[name]] as const)
      .filter(([name, value]) => value !== undefined && value !== contactFields.textOf(resource, name)),
  );
}

/**
 * Makes the body of a PUT: every attribute as the API sent it, with the edits applied. An untouched field
 * keeps its type (null stays null); an emptied field is sent as "".
 */
export function toUpdate(resource: Resource, edits: Edits): ResourceUpdate {
  const { id, type, attributes } = resource;
  return { id, type, attributes: { ...attributes, ...changesOf(resource, edits) } };
}

/**
 * The record after a PUT. The documented response has fewer attributes than GET and no `included`; missing
 * parts are kept, so that the next PUT does not delete them.
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
