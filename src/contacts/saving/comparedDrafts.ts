/**
 * Drafts compared with their contacts, as far as those are known: the fields that both sides changed, the
 * user's answers, and edits that are over.
 */
import { isDeepStrictEqual } from 'node:util';
import type { ContactRef } from '../../api/contacts';
import type { ResourceDocument } from '../../api/http/document';
import type { ConflictChoice, FieldName } from '../../protocol/fields';
import { decided, hasThirdValue, withoutOver } from '../drafts/choices';
import type { ContactDrafts } from '../drafts/contactDrafts';
import { type Draft, withoutUnchanged } from '../drafts/draft';
import type { ContactStore } from '../lists/contactStore';
import { type FieldConflict, type Values, valuesOf } from '../model/contact';
import { merge } from './merge';

/** Returns the values of a reading. One without attributes, or with errors, says nothing about them. */
export const readValues = (document: ResourceDocument | undefined): Values | undefined =>
  document?.resource.attributes && !document.isPartial ? valuesOf(document.resource) : undefined;

export class ComparedDrafts {
  readonly #contacts: ContactStore;
  readonly #drafts: ContactDrafts;

  constructor(contacts: ContactStore, drafts: ContactDrafts) {
    this.#contacts = contacts;
    this.#drafts = drafts;
  }

  /** The contact's values, if it was read. */
  now(ref: ContactRef): Values | undefined {
    return readValues(this.#contacts.document(ref));
  }

  /** The fields that both sides changed, by what is known now. */
  conflicts(
    ref: ContactRef,
    draft: Draft | undefined = this.#drafts.get(ref),
    now: Values | undefined = this.now(ref),
  ): readonly FieldConflict[] {
    if (draft === undefined || now === undefined) return [];
    return merge(draft.base, draft.edits, now, draft.sent).conflicts;
  }

  /**
   * Stores an answer to a conflict; the next save sends it.
   * @returns false if the field is not in conflict
   */
  choose(ref: ContactRef, choice: ConflictChoice): boolean {
    const { field } = choice;
    const draft = this.#drafts.get(ref);
    if (draft === undefined || !this.conflicts(ref).some((conflict) => conflict.field === field))
      return false;
    this.#drafts.set(ref, { ...draft, choices: { ...draft.choices, [field]: choice } });
    return true;
  }

  /** Applies the user's answers to the draft. A field without an answer stays in conflict. */
  decide(ref: ContactRef, choices: readonly ConflictChoice[]): void {
    this.#drafts.change(ref, (draft) => decided(draft, this.conflicts(ref), choices));
  }

  /** Returns the draft with the answers so far. */
  decided(ref: ContactRef): Draft | undefined {
    const draft = this.#drafts.get(ref);
    return draft?.choices && decided(draft, this.conflicts(ref), Object.values(draft.choices));
  }

  /** Ends conflicts that no longer exist. */
  forgetOver(ref: ContactRef): void {
    this.compare(ref, (draft, now) =>
      hasThirdValue(draft) ? withoutOver(draft, this.conflicts(ref), now) : draft,
    );
  }

  /** Ends edits that equal the contact's values. @param typed see `withoutUnchanged` */
  endUnchanged(ref: ContactRef, typed?: FieldName): void {
    const known = this.#contacts.known(ref);
    // A row of a list may be newer than the last reading. Then the user may have typed the value of the reading.
    this.compare(ref, (draft, now) =>
      known && isDeepStrictEqual(valuesOf(known.resource), now) ? withoutUnchanged(draft, now, typed) : draft,
    );
  }

  /** Changes a draft by the contact's values, if it was read. @param isLate see `StoredDrafts.set` */
  compare(ref: ContactRef, change: (draft: Draft, now: Values) => Draft, isLate = false): void {
    const now = this.now(ref);
    if (now) this.#drafts.change(ref, (draft) => change(draft, now), isLate);
  }
}
