/** All unsaved work: the fields of contacts and the forms of interactions, as one facade. */

import { type Disposable, DisposableStore, Emitter } from '../../base/event';
import { type ContactKey, keyAt, keyText } from '../../protocol/contactKey';
import { isEmpty, proposedFields } from './draft';
import type { DraftStore } from './draftStore';
import { isTyped } from './interactionDraft';
import type { InteractionDraftStore } from './interactionDraftStore';

/** The unsaved parts of a contact: none, interactions only, its own fields, or some that an assistant proposed. */
export type Unsaved = 'none' | 'interactions' | 'fields' | 'proposed';

export interface DraftsChange {
  readonly key: ContactKey;
  /** A draft began if `before` is `none`, and ended if `now` is. */
  readonly before: Unsaved;
  readonly now: Unsaved;
}

export class Drafts implements Disposable {
  readonly contacts: DraftStore;
  readonly interactions: InteractionDraftStore;
  /** The state by contact; contacts without a draft are missing. */
  readonly #unsaved = new Map<string, Unsaved>();
  readonly #subscriptions = new DisposableStore();
  readonly #changed = new Emitter<DraftsChange>();
  /** Fires when unsaved work changes, is saved or is discarded, in this window or another one. */
  readonly onDidChange = this.#changed.event;

  constructor(contacts: DraftStore, interactions: InteractionDraftStore) {
    this.contacts = contacts;
    this.interactions = interactions;
    this.#subscriptions.add(
      contacts.onDidChange((key) => this.#tell(key)),
      interactions.onDidChange((key) => this.#tell(keyAt(key.origin, key))),
    );
  }

  async ready(): Promise<void> {
    await Promise.all([this.contacts.ready(), this.interactions.ready()]);
  }

  /** Writes pending changes to the disk. */
  async flush(): Promise<void> {
    await Promise.all([this.contacts.flush(), this.interactions.flush()]);
  }

  /** Removes the leftovers of windows that were killed during a write, because they hold personal data. */
  async clear(): Promise<void> {
    await Promise.all([this.contacts.clear(), this.interactions.clear()]);
  }

  /** Returns the contacts with unsaved work, each once. */
  keys(): readonly ContactKey[] {
    const all = [...this.contacts.all(), ...this.#typed()];
    return [...new Map(all.map(({ key }) => [keyText(key), key])).values()];
  }

  has(key: ContactKey): boolean {
    const text = keyText(key);
    return this.isEdited(key) || this.#typed().some((one) => keyText(one.key) === text);
  }

  /** Returns true if one of the contact's own fields is unsaved. */
  isEdited(key: ContactKey): boolean {
    return !isEmpty(this.contacts.get(key));
  }

  /** Deletes all unsaved work about a contact. */
  discard(key: ContactKey): void {
    this.contacts.discard(key);
    for (const one of this.interactions.all())
      if (keyText(one.key) === keyText(key)) this.interactions.discard(one.key);
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#changed.dispose();
    this.contacts.dispose();
    this.interactions.dispose();
  }

  #tell(key: ContactKey): void {
    const before = this.#unsaved.get(keyText(key)) ?? 'none';
    const now = this.#unsavedOf(key);
    if (now === 'none') this.#unsaved.delete(keyText(key));
    else this.#unsaved.set(keyText(key), now);
    this.#changed.fire({ key, before, now });
  }

  #unsavedOf(key: ContactKey): Unsaved {
    if (proposedFields(this.contacts.get(key)).length > 0) return 'proposed';
    return this.isEdited(key) ? 'fields' : this.has(key) ? 'interactions' : 'none';
  }

  #typed() {
    return this.interactions.all().filter(({ draft }) => isTyped(draft));
  }
}
