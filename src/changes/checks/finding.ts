/** Findings about contacts' fields, and their fixes. Only the fixes hold values. */
import type { ContactRef } from '../../api/contacts';
import type { FieldName } from '../../protocol/fields';

/**
 * - `email`: not an email address; `telephone`: no number, several, or one that cannot be called
 * - `unseen`: invisible characters or white space; `capitals`: a name in capitals only
 * - `sameEmail`, `sameTelephone`: another contact of the organisation has the same one
 */
export const ruleIds = ['email', 'telephone', 'unseen', 'capitals', 'sameEmail', 'sameTelephone'] as const;
export type RuleId = (typeof ruleIds)[number];

/**
 * - `trim`: removes white space at the ends and invisible characters; `number`: formats the number as in its country
 * - `case`: writes a name in capitals in its usual case
 */
export const fixIds = ['trim', 'number', 'case'] as const;
export type FixId = (typeof fixIds)[number];

export interface QuickFix {
  readonly id: FixId;
  /** The whole field after the fix. It is personal data. */
  readonly value: string;
}

export interface Finding {
  readonly rule: RuleId;
  readonly ref: ContactRef;
  readonly field: FieldName;
  /**
   * Selects the message, which contains no values. `emailWithoutAt` is an `email` that a save refuses, `spaces` is
   * white space at the ends or doubled, `numberForm` is a valid number in an unusual format.
   */
  readonly message: RuleId | 'emailWithoutAt' | 'spaces' | 'numberForm';
  /** A hint has a quick fix, and is not listed as a problem. */
  readonly severity: 'warning' | 'hint';
  /** The other contacts, for `sameEmail` and `sameTelephone`. */
  readonly others: readonly ContactRef[];
  readonly fixes: readonly QuickFix[];
}
