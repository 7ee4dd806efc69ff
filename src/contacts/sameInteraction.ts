/** When what the API has is what was typed about an interaction. */
import type { Resource } from '../api/document';
import { type InteractionField, type InteractionValues, interactionValues } from './interactionDraft';

/** But for how an API may write the same second, or the white space at the ends of a text. */
export function isSame(field: InteractionField, one = '', other = ''): boolean {
  return isUnchanged(field, one, other) || (field !== 'date_time' && one.trim() === other.trim());
}

/** A moment may come back without its milliseconds, or with more digits than it was sent with. */
export function isUnchanged(field: InteractionField, one = '', other = ''): boolean {
  if (one === other) return true;
  return field === 'date_time' && Math.abs(Date.parse(one) - Date.parse(other)) < 1000;
}

/** Whether an interaction is the one that was sent: nothing else tells, as its id is the API's. */
export function isIt(one: Resource | undefined, sent: InteractionValues): boolean {
  if (one === undefined) return false;
  const method = one.attributes?.method;
  const there = { ...interactionValues(one), method: typeof method === 'string' ? method : '' };
  return (['date_time', 'notes', 'method'] as const).every((field) =>
    isSame(field, there[field], sent[field]),
  );
}
