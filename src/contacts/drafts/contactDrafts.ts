import type { ContactRef } from '../../api/contacts';
import type { Draft, DraftKey } from './draft';
import type { DraftStore } from './draftStore';

/** The drafts of one API's contacts. */
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

  /** Writes only what is another draft afterwards. */
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
