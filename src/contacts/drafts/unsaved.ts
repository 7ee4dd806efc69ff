import type { Event } from '../../base/event';
import { type DraftKey, isEmpty, keyText } from './draft';
import type { DraftStore } from './draftStore';
import { isTyped } from './interactionDraft';
import type { InteractionDraftStore } from './interactionDraftStore';

/** The contacts with something that was typed and not saved, be it about them or about their interactions. */
export class Unsaved {
  readonly #drafts: DraftStore;
  readonly #interactionDrafts: InteractionDraftStore;

  constructor(drafts: DraftStore, interactionDrafts: InteractionDraftStore) {
    this.#drafts = drafts;
    this.#interactionDrafts = interactionDrafts;
  }

  readonly onDidChange: Event<DraftKey> = (listener) => {
    const both = [this.#drafts.onDidChange(listener), this.#interactionDrafts.onDidChange(listener)];
    return {
      dispose: () => {
        for (const one of both) one.dispose();
      },
    };
  };

  /** Each contact once. */
  keys(): readonly DraftKey[] {
    const all = [...this.#drafts.all(), ...this.#typed()];
    return [...new Map(all.map(({ key }) => [keyText(key), key])).values()];
  }

  has(key: DraftKey): boolean {
    const text = keyText(key);
    return this.isEdited(key) || this.#typed().some((one) => keyText(one.key) === text);
  }

  /** Whether something of the contact itself is unsaved. */
  isEdited(key: DraftKey): boolean {
    return !isEmpty(this.#drafts.get(key));
  }

  #typed() {
    return this.#interactionDrafts.all().filter(({ draft }) => isTyped(draft));
  }
}
