/** When what the API has is what was typed about an interaction. */
import type { InteractionField } from './interactionDraft';

/** But for how an API may write the same second, or the white space at the ends of a text. */
export function isSame(field: InteractionField, one = '', other = ''): boolean {
  return isUnchanged(field, one, other) || (field !== 'date_time' && one.trim() === other.trim());
}

/** A moment may come back without its milliseconds, or with more digits than it was sent with. */
export function isUnchanged(field: InteractionField, one = '', other = ''): boolean {
  if (one === other) return true;
  return field === 'date_time' && Math.abs(Date.parse(one) - Date.parse(other)) < 1000;
}
