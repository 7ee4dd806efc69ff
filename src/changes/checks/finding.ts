/** What may be wrong with a contact's fields, and how to correct it. Nothing here holds a value, but the fixes. */
import type { ContactRef } from '../../api/contacts';
import type { FieldName } from '../../contacts/model/contact';

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
  /** Selects the message, which has no values in it: `emailWithoutAt` is an `email` that a save would not send. */
  readonly message: RuleId | 'emailWithoutAt' | 'spaces';
  /** The other contacts, for `sameEmail` and `sameTelephone`. */
  readonly others: readonly ContactRef[];
  readonly fixes: readonly QuickFix[];
  /** Stands for the rule, the contact and the value where somebody accepts them: a hash with nothing to read in it. */
  readonly mark: string;
}
