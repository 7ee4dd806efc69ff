/** Of a change of an interaction: which values may have arrived, kept in its draft as a contact's are. */
import type { InteractionDraft, InteractionField, InteractionValues } from '../drafts/interactionDraft';
import { sameFieldValue } from '../model/sameValue';
import { kindOfInteractionField } from './sameInteraction';

/**
 * These values are about to be sent. An earlier value of ours that arrived is what its field starts from now, as
 * its mark is about to be replaced.
 * @param now what was read just before
 */
export function withSentChange(
  draft: InteractionDraft,
  sending: InteractionValues,
  now: InteractionValues,
): InteractionDraft {
  const arrived = fieldsOf(draft.sent?.values).filter((field) => {
    const [ours = '', there = ''] = [draft.sent?.values[field], now[field]];
    return there !== draft.base[field] && sameFieldValue(kindOfInteractionField(field), ours, there);
  });
  return {
    ...draft,
    base: { ...draft.base, ...Object.fromEntries(arrived.map((field) => [field, now[field]])) },
    sent: { values: { ...draft.sent?.values, ...sending } },
  };
}

/**
 * What was sent last did not arrive. Another window may have other fields on their way.
 * @param before what may have arrived earlier
 */
export function afterRefusedChange(
  draft: InteractionDraft,
  sending: InteractionValues,
  before: InteractionValues = {},
): InteractionDraft {
  const kept = fieldsOf(draft.sent?.values).filter((field) => sending[field] === undefined);
  const values = Object.fromEntries([
    ...kept.map((field) => [field, draft.sent?.values[field]]),
    ...fieldsOf(sending).flatMap((field) => (before[field] === undefined ? [] : [[field, before[field]]])),
  ]);
  return { ...draft, sent: Object.keys(values).length > 0 ? { values } : undefined };
}

const fieldsOf = (values: InteractionValues = {}) => Object.keys(values) as InteractionField[];
