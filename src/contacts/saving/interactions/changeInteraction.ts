/**
 * Saves a change of an existing interaction with `putMerged`, as contacts are saved, including all attributes
 * that were read.
 */
import type { Resource } from '../../../api/http/document';
import { type Logger, logUnexpected } from '../../../base/log';
import {
  changeable,
  type InteractionDraft,
  type InteractionValues,
  interactionValues,
  toAttributes,
  typedIn,
} from '../../drafts/interactionDraft';
import type { RecordFields } from '../../model/recordFields';
import type { RelatedStore } from '../../related/relatedStore';
import { type PutApi, putMerged } from '../putMerged';
import { afterRefusedChange, kindOfInteractionField, withSentChange } from './changeMarks';
import type { InteractionWork } from './interactionWork';

type ChangeableField = (typeof changeable)[number];

const changeableFields: RecordFields<ChangeableField> = {
  names: changeable,
  kindOf: kindOfInteractionField,
  textOf: (resource: Resource, name) => interactionValues(resource)[name] ?? '',
  toJson: (name, text) => toAttributes({ [name]: text }, [name])[name],
};

/**
 * @param change changes the current draft, which marks the values that may have arrived
 * @throws ApiError if the API refused and nothing was saved
 */
export async function changeInteraction(
  related: RelatedStore,
  organisationId: string,
  id: string,
  draft: InteractionDraft,
  change: (change: (draft: InteractionDraft) => InteractionDraft) => void,
  log: Logger,
): Promise<InteractionWork> {
  const { values, base } = draft;
  const before = draft.sent?.values;
  // A value that was typed back is a change, too, if another value may have arrived.
  const mine = changeable.filter((field) => typedIn(draft).includes(field) || before?.[field] !== undefined);
  const edits = Object.fromEntries(mine.map((field) => [field, values[field] ?? '']));
  let sent: InteractionValues = {};
  const refused = () => change((now) => afterRefusedChange(now, sent, before));
  const api: PutApi<ChangeableField> = {
    read: () => related.readInteraction(organisationId, id),
    put: (update, etag, beforeSending) => related.putInteraction(organisationId, update, etag, beforeSending),
    sending: (sending, now) => {
      sent = { ...sent, ...sending };
      change((typed) => withSentChange(typed, sending, now));
    },
  };
  const request = { edits, base, sent: before };
  const outcome = await putMerged(changeableFields, api, request).catch((error: unknown) => {
    refused();
    throw error;
  });
  if ('error' in outcome) logUnexpected(log, 'save interaction', outcome.error);
  if ('document' in outcome) related.saved(organisationId, id, outcome.document);
  if (['conflict', 'ignored', 'nameRefused'].includes(outcome.kind)) refused();
  switch (outcome.kind) {
    case 'saved':
      // If the API truncated the notes, the form must keep the whole text.
      return outcome.differences.length === 0 ? { kind: 'done' } : { kind: 'ignored' };
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
