import type { ContactRef } from '../api/contacts';
import { Emitter } from '../base/event';
import { type FieldName, keyOf } from './contact';
import type { Edits } from './update';

/** What a person typed and has not saved. */
export interface Draft {
  readonly edits: Edits;
  /** Counts the edits, so that an older picture of the form can be told from a newer one. */
  readonly revision: number;
}

const none: Draft = { edits: {}, revision: 0 };

/** The drafts of one account, in memory. A panel may be hidden and shown again, or closed, meanwhile. */
export class DraftStore {
  readonly #drafts = new Map<string, Draft>();
  readonly #changed = new Emitter<ContactRef>();
  readonly onDidChange = this.#changed.event;

  get(ref: ContactRef): Draft {
    return this.#drafts.get(keyOf(ref)) ?? none;
  }

  edit(ref: ContactRef, field: FieldName, value: string, revision: number): void {
    const before = this.get(ref);
    if (revision <= before.revision) return;
    this.#set(ref, { edits: { ...before.edits, [field]: value }, revision });
  }

  revert(ref: ContactRef): void {
    this.#set(ref, { edits: {}, revision: this.get(ref).revision });
  }

  /** Drops what was saved; what was typed while it was being saved stays. */
  saved(ref: ContactRef, saved: Edits): void {
    const { edits, revision } = this.get(ref);
    const left = Object.entries(edits).filter(([field, value]) => value !== saved[field as FieldName]);
    this.#set(ref, { edits: Object.fromEntries(left), revision });
  }

  #set(ref: ContactRef, draft: Draft): void {
    this.#drafts.set(keyOf(ref), draft);
    this.#changed.fire(ref);
  }
}
