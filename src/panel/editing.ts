/** What a person does to one contact's draft: typing, reverting, and taking a revert back. */

import type { ContactRef } from '../api/contacts';
import { withoutChosen } from '../contacts/drafts/choices';
import { type Draft, isEmpty, type OtherText, withEdit } from '../contacts/drafts/draft';
import { withReverted } from '../contacts/drafts/draftRevert';
import type { DraftStore } from '../contacts/drafts/draftStore';
import type { Saves } from '../contacts/saving/saves';
import { typeInto } from '../contacts/saving/typeInto';
import type { ConflictChoice } from '../protocol/fields';
import type { EditIntent } from '../protocol/intents';
import type { PanelIdentity } from '../protocol/state';

type Edit = Pick<EditIntent, 'field' | 'value' | 'base'>;

export class Editing {
  readonly #drafts: DraftStore;
  readonly #identity: PanelIdentity;
  readonly #saves: () => Saves | undefined;
  readonly #ref: ContactRef;
  #reverted: Draft | undefined;

  constructor(drafts: DraftStore, identity: PanelIdentity, saves: () => Saves | undefined) {
    this.#drafts = drafts;
    this.#identity = identity;
    this.#saves = saves;
    this.#ref = { organisationId: identity.organisationId, contactId: identity.contactId };
  }

  get draft(): Draft | undefined {
    return this.#drafts.get(this.#identity);
  }

  get canUnrevert(): boolean {
    return this.#reverted !== undefined;
  }

  /**
   * Kept whatever else is going on: a key may be on its way while the panel is made anew.
   * @param title, organisation how a person knows the contact, for lists of drafts
   */
  edit(edit: Edit, title: string, organisation: string): void {
    this.#reverted = undefined;
    typeInto(this.#drafts, this.#saves(), this.#identity, edit, title, organisation);
  }

  /** A third value that is typed into a conflict is never lost: when that is over, it is typed into the field. */
  choose(choice: ConflictChoice, title: string, organisation: string): void {
    if (this.#saves()?.choose(this.#ref, choice) || choice.choice !== 'other') return;
    const { field, value, theirs: base } = choice;
    this.edit({ field, value, base }, title, organisation);
  }

  revert(): void {
    const { draft } = this;
    // What is on its way is not to be called back; afterwards there is Undo.
    if (isEmpty(draft) || this.#saves()?.state(this.#ref).kind === 'saving') return;
    this.#reverted = draft;
    this.#drafts.revert(this.#identity);
    this.#saves()?.edited(this.#ref);
  }

  /** What was typed into a field since stays, and what was reverted there is kept beside it. */
  unrevert(): void {
    const { draft } = this;
    const reverted = this.#reverted;
    if (reverted === undefined) return;
    this.#reverted = undefined;
    const { left, others } = withReverted(
      draft ?? { ...reverted, edits: {}, base: {}, choices: {} },
      reverted,
    );
    this.#drafts.set(this.#identity, left);
    for (const other of others) this.#drafts.keepAside(this.#identity, other);
  }

  /** Types the text of another window into its field. What stands there is kept in its place. */
  takeOther(other: OtherText, base: string): void {
    const { draft } = this;
    if (draft === undefined || this.#saves()?.state(this.#ref).kind === 'saving') return;
    const { field, text } = other;
    const typed = draft.edits[field];
    this.#reverted = undefined;
    this.#drafts.dropAside(this.#identity, other);
    this.#drafts.set(
      this.#identity,
      withEdit(withoutChosen(this.draft ?? draft, field, text), field, text, base),
    );
    if (typed !== undefined && typed !== '') this.#drafts.keepAside(this.#identity, { field, text: typed });
    this.#saves()?.edited(this.#ref);
  }

  /** A revert can be taken back until something else happens. */
  forgetRevert(): void {
    this.#reverted = undefined;
  }
}
