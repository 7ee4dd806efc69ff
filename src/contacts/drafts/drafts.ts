/** Everything that a person typed and did not save: fields of contacts and forms of interactions as one. */
import { type Disposable, DisposableStore, Emitter } from '../../base/event';
import { type DraftKey, isEmpty, keyText } from './draft';
import type { DraftStore } from './draftStore';
import { isTyped } from './interactionDraft';
import type { InteractionDraftStore } from './interactionDraftStore';

/** How much of a contact is unsaved: nothing, text of its interactions only, or its own fields. */
export type Unsaved = 'none' | 'interactions' | 'fields';

export interface DraftsChange {
  readonly key: DraftKey;
  /** A draft began if `before` is `none`, and ended if `now` is. */
  readonly before: Unsaved;
  readonly now: Unsaved;
}

export class Drafts implements Disposable {
  readonly contacts: DraftStore;
  readonly interactions: InteractionDraftStore;
  /** By contact; one without a draft is not in it. */
  readonly #unsaved = new Map<string, Unsaved>();
  readonly #subscriptions = new DisposableStore();
  readonly #changed = new Emitter<DraftsChange>();
  /** Something was typed, saved or discarded, here or in another window. */
  readonly onDidChange = this.#changed.event;

  constructor(contacts: DraftStore, interactions: InteractionDraftStore) {
    this.contacts = contacts;
    this.interactions = interactions;
    this.#subscriptions.add(
      contacts.onDidChange((key) => this.#tell(key)),
      interactions.onDidChange((key) => this.#tell(key)),
    );
  }

  async ready(): Promise<void> {
    await Promise.all([this.contacts.ready(), this.interactions.ready()]);
  }

  /** Writes what was typed a moment ago. */
  async flush(): Promise<void> {
    await Promise.all([this.contacts.flush(), this.interactions.flush()]);
  }

  /** Clears what windows left behind that were killed while they wrote: it holds other people's data, too. */
  async clear(): Promise<void> {
    await Promise.all([this.contacts.clear(), this.interactions.clear()]);
  }

  /** The contacts with unsaved text, each once. */
  keys(): readonly DraftKey[] {
    const all = [...this.contacts.all(), ...this.#typed()];
    return [...new Map(all.map(({ key }) => [keyText(key), key])).values()];
  }

  has(key: DraftKey): boolean {
    const text = keyText(key);
    return this.isEdited(key) || this.#typed().some((one) => keyText(one.key) === text);
  }

  /** Tells if one of the contact's own fields is unsaved. */
  isEdited(key: DraftKey): boolean {
    return !isEmpty(this.contacts.get(key));
  }

  /** Deletes all that was typed about a contact. */
  discard(key: DraftKey): void {
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

  #tell({ origin, organisationId, contactId }: DraftKey): void {
    const key = { origin, organisationId, contactId };
    const before = this.#unsaved.get(keyText(key)) ?? 'none';
    const now = this.isEdited(key) ? 'fields' : this.has(key) ? 'interactions' : 'none';
    if (now === 'none') this.#unsaved.delete(keyText(key));
    else this.#unsaved.set(keyText(key), now);
    this.#changed.fire({ key, before, now });
  }

  #typed() {
    return this.interactions.all().filter(({ draft }) => isTyped(draft));
  }
}
