/**
 * What Apply will do, contact by contact. The review shows this object and Apply carries out exactly this object,
 * so every number that is told is taken from it.
 */
import type { ContactRef } from '../../api/contacts';
import type { Exacts } from '../../contacts/saving/outgoing';
import type { ContactSaveRequest } from '../../contacts/saving/saveContact';
import type { FieldName } from '../../protocol/fields';

export interface FieldChange {
  readonly field: FieldName;
  /** What Ctrl Hub has, by the reading that the plan was made from. */
  readonly before: string;
  /** What is sent. */
  readonly after: string;
  /** True where there was a value and none is left. These are counted apart. */
  readonly isEmptied: boolean;
}

export interface PlanItem {
  readonly ref: ContactRef;
  /** How a person knows the contact; server text. */
  readonly title: string;
  /** At least one, in the order of the fields. */
  readonly changes: readonly FieldChange[];
  /** The JSON values of the changed fields by the same reading, for Undo. */
  readonly before: Exacts<FieldName>;
  /** What the save is asked to send: nothing but `changes`, with what each of them started from. */
  readonly request: ContactSaveRequest;
}

/**
 * - `nothing`: no change, or Ctrl Hub has it already; `notInText`: it has no block, or no line, in the document
 * - `damaged`: its block is in error; `wrong`: a value that a save would not send, such as an email address without @
 * - `conflict`: somebody changed the same field; `unread`: it could not be read; `gone`: deleted, or no access to it
 * - `changedSince`, `edited`: for Undo, somebody has changed the field since, or it has an unsaved edit; `takenOut`: taken out of the plan by the person
 * - `busy`: a save of it is under way
 */
export type SkipReason =
  | 'nothing'
  | 'notInText'
  | 'damaged'
  | 'wrong'
  | 'conflict'
  | 'unread'
  | 'gone'
  | 'changedSince'
  | 'edited'
  | 'takenOut'
  | 'busy';

export interface Skipped {
  readonly ref: ContactRef;
  readonly title: string;
  readonly reason: SkipReason;
  /** The fields that the reason is about; none for all of the contact. */
  readonly fields: readonly FieldName[];
}

/**
 * What the change as a whole looks like, where that is unusual.
 * - `oneValue`: all items get the same value; `emptied`: a field loses its value in more than a few
 * - `swapped`: two fields of a contact have each other's values
 * - `moved`: a contact gets the value that another one of the plan loses, as where lines were mixed up
 * - `encoding`: values look as if text was read in another encoding
 */
export type ShapeWarning =
  | { readonly kind: 'oneValue'; readonly field: FieldName; readonly contacts: number }
  | { readonly kind: 'emptied'; readonly field: FieldName; readonly contacts: number }
  | { readonly kind: 'swapped'; readonly fields: readonly [FieldName, FieldName]; readonly contacts: number }
  | { readonly kind: 'moved'; readonly field: FieldName; readonly contacts: number }
  | { readonly kind: 'encoding'; readonly field: FieldName; readonly contacts: number };

export interface FieldCount {
  readonly changed: number;
  /** Of those, how many lose their value. */
  readonly emptied: number;
}

export interface Plan {
  /** The API that it is for. */
  readonly origin: string;
  /** The organisations of the items, in their order, each with the number of its items. */
  readonly organisations: readonly { readonly organisationId: string; readonly contacts: number }[];
  /** The contacts that will be sent, in the order of the scope. */
  readonly items: readonly PlanItem[];
  readonly skipped: readonly Skipped[];
  readonly warnings: readonly ShapeWarning[];
  /** By field, those with at least one change. */
  readonly counts: Readonly<Partial<Record<FieldName, FieldCount>>>;
}
