import type { ContactKey } from '../../protocol/contactKey';
import type { FieldName } from '../../protocol/fields';
import { withoutChosen } from '../drafts/choices';
import { isEmpty, newDraft, withEdit } from '../drafts/draft';
import type { DraftStore } from '../drafts/draftStore';
import type { ContactSaves } from './contactSaves';

export interface TypedValue {
  readonly field: FieldName;
  readonly value: string;
  /** The value on screen before the edit. */
  readonly base: string;
}

/**
 * Puts what somebody typed into a contact's draft, whatever else is going on.
 * @param saves of the account that is signed in, where that is the one of the draft
 * @param title how a person knows the contact, for lists of drafts; so is `organisation`
 */
export function typeInto(
  drafts: DraftStore,
  saves: ContactSaves | undefined,
  key: ContactKey,
  { field, value, base }: TypedValue,
  title: string,
  organisation: string,
): void {
  const before = drafts.get(key);
  const draft = before === undefined || isEmpty(before) ? newDraft(title, organisation) : before;
  const saving = saves?.state(key);
  // It is on its way, or will be: typing back to what is on screen is an edit over it.
  const sending = saving?.kind === 'saving' || saving?.kind === 'waiting' ? saving.sent : {};
  drafts.set(key, withEdit(withoutChosen(draft, field, value), field, value, base, sending));
  saves?.edited(key);
}
