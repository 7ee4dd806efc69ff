/**
 * The changes that Apply sends, for each contact. The review shows this object and Apply carries out this object, so
 * every number in the review comes from it.
 */
import type { ContactRef } from '../../api/contacts';
import type { Exacts } from '../../contacts/saving/outgoing';
import type { ContactSaveRequest } from '../../contacts/saving/saveContact';
import type { FieldName } from '../../protocol/fields';

export interface FieldChange {
  readonly field: FieldName;
  /** The value in Ctrl Hub, from the reading that the plan is based on. */
  readonly before: string;
  /** The value to send. */
  readonly after: string;
  /** True if the field had a value and loses it. These changes are counted separately. */
  readonly isEmptied: boolean;
  /** True if an assistant proposed the value and nobody has typed over it. */
  readonly isProposed?: true;
  /** True if a check of contacts finds a likely error in the new value. */
  readonly mayBeWrong?: true;
}

export interface PlanItem {
  readonly ref: ContactRef;
  /** The display name of the contact, which comes from the server. */
  readonly title: string;
  /** At least one, in the order of the fields. */
  readonly changes: readonly FieldChange[];
  /** The JSON values of the changed fields from the same reading, for Undo. */
  readonly before: Exacts<FieldName>;
  /** The request for the save: only `changes`, each with the value that the edit started from. */
  readonly request: ContactSaveRequest;
}

/**
 * - `nothing`: no change, or Ctrl Hub has it already; `leftOut`: not in the scope of the review, such as a line that was
 * removed from its text
 * - `wrong`: a value that a save refuses, such as an email address without @
 * - `conflict`: another user changed the same field; `unread`: it could not be read; `gone`: deleted, or not accessible
 * - `changedSince`, `edited`: for Undo, another user has changed the field since, or it has an unsaved edit;
 * `excluded`: the user removed it from the plan
 * - `busy`: a save of it is in progress
 */
export type SkipReason =
  | 'nothing'
  | 'leftOut'
  | 'wrong'
  | 'conflict'
  | 'unread'
  | 'gone'
  | 'changedSince'
  | 'edited'
  | 'excluded'
  | 'busy';

export interface Skipped {
  readonly ref: ContactRef;
  readonly title: string;
  readonly reason: SkipReason;
  /** The fields that the reason applies to; empty if it applies to the whole contact. */
  readonly fields: readonly FieldName[];
}

/**
 * Warnings about unusual patterns in the change as a whole.
 * - `oneValue`: all items get the same value; `emptied`: a field loses its value in more than a few
 * - `swapped`: two fields of a contact exchange their values
 * - `moved`: a contact gets the value that another one of the plan loses, as after mixing up lines
 * - `encoding`: values look as if they were decoded with the wrong encoding
 * - `mayBeWrong`: new values in which a check of contacts finds a likely error
 */
export type ShapeWarning =
  | { readonly kind: 'oneValue'; readonly field: FieldName; readonly contacts: number }
  | { readonly kind: 'emptied'; readonly field: FieldName; readonly contacts: number }
  | { readonly kind: 'swapped'; readonly fields: readonly [FieldName, FieldName]; readonly contacts: number }
  | { readonly kind: 'moved'; readonly field: FieldName; readonly contacts: number }
  | { readonly kind: 'encoding'; readonly field: FieldName; readonly contacts: number }
  | { readonly kind: 'mayBeWrong'; readonly field: FieldName; readonly contacts: number };

/** Returns true if a check finds a likely error in a value that the user has not accepted. */
export type MayBeWrong = (ref: ContactRef, field: FieldName, value: string) => boolean;

export interface FieldCount {
  readonly changed: number;
  /** The number of these changes that clear the field. */
  readonly emptied: number;
}

export interface Plan {
  /** The API of all items. */
  readonly origin: string;
  /** The organisations of the items, in their order, each with the number of its items. */
  readonly organisations: readonly { readonly organisationId: string; readonly contacts: number }[];
  /** The contacts to send, in the order of the scope. */
  readonly items: readonly PlanItem[];
  readonly skipped: readonly Skipped[];
  readonly warnings: readonly ShapeWarning[];
  /** The counts by field, for fields with at least one change. */
  readonly counts: Readonly<Partial<Record<FieldName, FieldCount>>>;
}
