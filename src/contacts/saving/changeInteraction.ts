/**
 * Saves a change of an existing interaction with `putMerged`, as contacts are saved, including all attributes
 * that were read.
 */
import type { Resource } from '../../api/http/document';
import {
  changeable,
  type InteractionDraft,
  interactionValues,
  toAttributes,
  typedIn,
} from '../drafts/interactionDraft';
import type { RecordFields } from '../model/recordFields';
import type { RelatedStore } from '../related/relatedStore';
import type { InteractionWork } from './interactionWork';
import { kindOfInteractionField } from './sameInteraction';

type ChangeableField = (typeof changeable)[number];

const changeableFields: RecordFields<ChangeableField> = {
  names: changeable,
  kindOf: kindOfInteractionField,
  textOf: (resource: Resource, name) => interactionValues(resource)[name] ?? '',
  toJson: (name, text) => toAttributes({ [name]: text }, [name])[name],
};

/** @throws ApiError if the API refused and nothing was saved */
export async function changeInteraction(
  related: RelatedStore,
  organisationId: string,
  id: string,
  draft: InteractionDraft,
): Promise<InteractionWork> {
  const { values, base } = draft;
  const mine = changeable.filter((field) => typedIn(draft).includes(field));
  const edits = Object.fromEntries(mine.map((field) => [field, values[field] ?? '']));
  const outcome = await related.saveInteraction(organisationId, id, changeableFields, {
    edits,
    base,
    sent: draft.sent?.values,
  });
  switch (outcome.kind) {
    case 'saved':
      // If the API truncated the notes, the form must keep the whole text.
      return outcome.differences.length === 0 ? { kind: 'done' } : { kind: 'notTaken' };
    case 'conflict':
      return {
        kind: 'conflict',
        fields: outcome.conflicts.map(({ field }) => field),
        theirs: interactionValues(outcome.document.resource),
      };
    case 'notSaved':
      return { kind: 'notThere' };
    case 'nameRefused':
      throw outcome.error;
    default:
      return outcome;
  }
}
