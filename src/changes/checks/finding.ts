/** What may be wrong with a contact's fields, and how to correct it. Nothing here holds a value, but the fixes. */
import type { ContactRef } from '../../api/contacts';
import type { FieldName } from '../../protocol/fields';

/**
 * - `email`: not an email address; `telephone`: no number, several, or one that no telephone can call
 * - `unseen`: characters or white space that cannot be seen; `capitals`: a name in capitals only
 * - `sameEmail`, `sameTelephone`: another contact of the organisation has the same one
 */
export const ruleIds = ['email', 'telephone', 'unseen', 'capitals', 'sameEmail', 'sameTelephone'] as const;
export type RuleId = (typeof ruleIds)[number];

/**
 * - `trim`: without white space at the ends and what cannot be seen; `number`: as people of its country write it
 * - `case`: a name in capitals as it is usually written
 */
export const fixIds = ['trim', 'number', 'case'] as const;
export type FixId = (typeof fixIds)[number];

export interface QuickFix {
  readonly id: FixId;
  /** The whole field afterwards. It is personal data. */
  readonly value: string;
}

export interface Finding {
  readonly rule: RuleId;
  readonly ref: ContactRef;
  readonly field: FieldName;
  /**
   * Selects the message, which has no values in it. `emailWithoutAt` is an `email` that a save would not send,
   * `spaces` is white space at the ends or doubled, `numberForm` a usual number that is usually written otherwise.
   */
  readonly message: RuleId | 'emailWithoutAt' | 'spaces' | 'numberForm';
  /** A hint is worth a quick fix, and no line in a list of problems. */
  readonly severity: 'warning' | 'hint';
  /** The other contacts, for `sameEmail` and `sameTelephone`. */
  readonly others: readonly ContactRef[];
  readonly fixes: readonly QuickFix[];
}
