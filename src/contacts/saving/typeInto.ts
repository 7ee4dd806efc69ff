import type { ContactKey } from '../../protocol/contactKey';
import type { FieldName } from '../../protocol/fields';
import { withoutChosen } from '../drafts/choices';
import { isEmpty, newDraft, withEdit, withProposed } from '../drafts/draft';
import type { DraftStore } from '../drafts/draftStore';
import { isUnderWay } from './contactSaveState';
import type { ContactSaves } from './contactSaves';

export interface TypedValue {
  readonly field: FieldName;
  readonly value: string;
  /** The value on screen before the edit. */
  readonly base: string;
  /** True for a value from an assistant, which nobody typed. */
  readonly isProposed?: true;
}

/**
 * Puts typed text into a contact's draft, in every state of its save.
 * @param saves the saves of the current account, if the draft belongs to it
 * @param title, organisation the names for lists of drafts
 */
export function typeInto(
  drafts: DraftStore,
  saves: ContactSaves | undefined,
  key: ContactKey,
  { field, value, base, isProposed }: TypedValue,
  title: string,
  organisation: string,
): void {
  const before = drafts.get(key);
  // The marks of values that other windows saved stay, because this form may not show those values yet.
  const draft =
    before === undefined || isEmpty(before) ? { ...before, ...newDraft(title, organisation) } : before;
  const saving = saves?.state(key);
  // Another value is being sent, or will be: typing the value on screen is an edit over it.
  const sending = isUnderWay(saving) ? saving.sent : {};
  const typed = withEdit(withoutChosen(draft, field, value), field, value, base, sending);
  drafts.set(key, isProposed ? withProposed(typed, field) : typed);
  saves?.edited(key, field);
}
