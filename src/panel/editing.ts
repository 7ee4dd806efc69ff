/** Edits one contact's draft: typing, reverting, and undoing a revert. */

import { withoutChosen } from '../contacts/drafts/choices';
import { type Draft, isEmpty, type OtherText, withEdit } from '../contacts/drafts/draft';
import { withReverted } from '../contacts/drafts/draftRevert';
import type { DraftStore } from '../contacts/drafts/draftStore';
import type { ContactSaves } from '../contacts/saving/contactSaves';
import { typeInto } from '../contacts/saving/typeInto';
import type { ContactKey } from '../protocol/contactKey';
import type { ConflictChoice } from '../protocol/fields';
import type { EditIntent } from '../protocol/intents';

type Edit = Pick<EditIntent, 'field' | 'value' | 'base'>;

export class Editing {
  readonly #drafts: DraftStore;
  readonly #identity: ContactKey;
  readonly #saves: () => ContactSaves | undefined;
  #reverted: Draft | undefined;

  constructor(drafts: DraftStore, identity: ContactKey, saves: () => ContactSaves | undefined) {
    this.#drafts = drafts;
    this.#identity = identity;
    this.#saves = saves;
  }

  get draft(): Draft | undefined {
    return this.#drafts.get(this.#identity);
  }

  get canUnrevert(): boolean {
    return this.#reverted !== undefined;
  }

  /**
   * Stores an edit in every state of the panel, because a keystroke may arrive while the panel is recreated.
   * @param title, organisation the contact's name for lists of drafts
   */
  edit(edit: Edit, title: string, organisation: string): void {
    this.#reverted = undefined;
    typeInto(this.#drafts, this.#saves(), this.#identity, edit, title, organisation);
  }

  /**
   * Stores an answer to a conflict. If the conflict no longer exists, a third value becomes an edit, so that
   * it is not lost.
   */
  choose(choice: ConflictChoice, title: string, organisation: string): void {
    if (this.#saves()?.choose(this.#identity, choice) || choice.choice !== 'other') return;
    const { field, value, theirs: base } = choice;
    this.edit({ field, value, base }, title, organisation);
  }

  revert(): void {
    const { draft } = this;
    // A running save cannot be reverted; Undo is available afterwards.
    if (isEmpty(draft) || this.#saves()?.state(this.#identity).kind === 'saving') return;
    this.#reverted = draft;
    this.#drafts.revert(this.#identity);
    this.#saves()?.edited(this.#identity);
  }

  /** Undoes a revert. Newer text in a field stays, and the reverted text is kept as another text. */
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

  /** Moves the text of another window into its field. The current text is kept in its place. */
  takeOther(other: OtherText, base: string): void {
    const { draft } = this;
    if (draft === undefined || this.#saves()?.state(this.#identity).kind === 'saving') return;
    const { field, text } = other;
    const typed = draft.edits[field];
    this.#reverted = undefined;
    this.#drafts.dropAside(this.#identity, other);
    this.#drafts.set(
      this.#identity,
      withEdit(withoutChosen(this.draft ?? draft, field, text), field, text, base),
    );
    if (typed !== undefined && typed !== '') this.#drafts.keepAside(this.#identity, { field, text: typed });
    this.#saves()?.edited(this.#identity, field);
  }

  /** Ends the possibility to undo a revert. */
  forgetRevert(): void {
    this.#reverted = undefined;
  }
}
