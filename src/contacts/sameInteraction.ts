/** Whether an interaction that the API has is the one that was typed here. */
import type { Resource } from '../api/document';
import { type InteractionField, type InteractionValues, interactionValues } from './interactionDraft';
import { sameFieldValue, type TextKind } from './sameValue';

export function kindOfInteractionField(field: InteractionField): TextKind {
  if (field === 'date_time') return 'moment';
  return field === 'contacted' ? 'yesNo' : 'text';
}

/** Whether an interaction is the one that was sent: nothing else tells, as its id is the API's. */
export function isIt(one: Resource | undefined, sent: InteractionValues): boolean {
  if (one === undefined) return false;
  const method = one.attributes?.method;
  const there = { ...interactionValues(one), method: typeof method === 'string' ? method : '' };
  return (['date_time', 'notes', 'method'] as const).every((field) =>
    sameFieldValue(kindOfInteractionField(field), sent[field] ?? '', there[field] ?? ''),
  );
}
