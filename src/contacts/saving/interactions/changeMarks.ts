/**
 * Marks, in the draft of a changed interaction, the values that may have arrived, as in the draft of a
 * contact.
 */
import type { InteractionField } from '../../../protocol/related';
import type { InteractionDraft, InteractionValues } from '../../drafts/interactionDraft';
import { hasChangedTo, type TextKind } from '../../model/sameValue';

/** Selects the comparison for a field. */
export function kindOfInteractionField(field: InteractionField): TextKind {
  if (field === 'date_time') return 'timestamp';
  return field === 'contacted' ? 'yesNo' : 'text';
}

/**
 * Notes the values that are about to be sent. A sent value that arrived becomes the base of its field,
 * because its mark is about to be replaced.
 * @param now the values of the preceding read
 */
export function withSentChange(
  draft: InteractionDraft,
  sending: InteractionValues,
  now: InteractionValues,
): InteractionDraft {
  const arrived = fieldsOf(draft.sent?.values).filter((field) => {
    const [ours = '', there = ''] = [draft.sent?.values[field], now[field]];
    return hasChangedTo(kindOfInteractionField(field), ours, draft.base[field], there);
  });
  return {
    ...draft,
    base: { ...draft.base, ...Object.fromEntries(arrived.map((field) => [field, now[field]])) },
    sent: { values: { ...draft.sent?.values, ...sending } },
  };
}

/**
 * Removes the marks of sent values that the API refused. Another window may be sending other fields.
 * @param before values that may have arrived earlier
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
