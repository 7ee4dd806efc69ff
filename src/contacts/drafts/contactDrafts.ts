import type { ContactRef } from '../../api/contacts';
import { type ContactKey, keyAt } from '../../protocol/contactKey';
import type { Draft } from './draft';
import type { DraftStore } from './draftStore';

/** The drafts of the contacts of one API. */
export class ContactDrafts {
  readonly #origin: string;
  readonly #store: DraftStore;

  constructor(origin: string, store: DraftStore) {
    this.#origin = origin;
    this.#store = store;
  }

  get(ref: ContactRef): Draft | undefined {
    return this.#store.get(this.#key(ref));
  }

  set(ref: ContactRef, draft: Draft, isLate = false): void {
    this.#store.set(this.#key(ref), draft, isLate);
  }

  /**
   * Stores the draft only if `change` returns another one.
   * @param isLate see `StoredDrafts.set`
   */
  change(ref: ContactRef, change: (draft: Draft) => Draft, isLate = false): void {
    const draft = this.get(ref);
    const changed = draft && change(draft);
    if (changed !== undefined && changed !== draft) this.set(ref, changed, isLate);
  }

  flush(): Promise<void> {
    return this.#store.flush();
  }

  #key(ref: ContactRef): ContactKey {
    return keyAt(this.#origin, ref);
  }
}
