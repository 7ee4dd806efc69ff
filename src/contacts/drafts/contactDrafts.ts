import type { ContactRef } from '../../api/contacts';
import type { Draft, DraftKey } from './draft';
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

  set(ref: ContactRef, draft: Draft): void {
    this.#store.set(this.#key(ref), draft);
  }

  /** Stores the draft only if `change` returns another one. */
  change(ref: ContactRef, change: (draft: Draft) => Draft): void {
    const draft = this.get(ref);
    const changed = draft && change(draft);
    if (changed !== undefined && changed !== draft) this.set(ref, changed);
  }

  flush(): Promise<void> {
    return this.#store.flush();
  }

  #key({ organisationId, contactId }: ContactRef): DraftKey {
    return { origin: this.#origin, organisationId, contactId };
  }
}
