/** Marks for values that the user accepted as they are. A mark does not contain the value. */
import { createHmac } from 'node:crypto';
import type { ContactRef } from '../../api/contacts';
import type { FieldName } from '../../protocol/fields';
import type { RuleId } from './finding';

/**
 * Returns a mark for a rule, a contact and a value. Telephone numbers are few enough to be guessed one by one, so the
 * key must be random and kept apart from the marks.
 * @param key the random key of this installation
 */
export function acceptedMark(
  key: string,
  origin: string,
  rule: RuleId,
  { organisationId, contactId }: ContactRef,
  field: FieldName,
  value: string,
): string {
  const text = JSON.stringify([origin, rule, organisationId, contactId, field, value]);
  return createHmac('sha256', key).update(text).digest('base64url').slice(0, 22);
}
