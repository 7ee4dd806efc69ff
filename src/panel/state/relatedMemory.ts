/**
 * Caches the state of the related records. It is made again after a change of a store; if only the text of a form
 * changed, only that form is made again.
 */

import type { ResourceDocument } from '../../api/http/document';
import type { AccountStores } from '../../contacts/accountStores';
import type { HistoryState } from '../../protocol/related';
import type { RelationshipState } from '../../protocol/state';
import { formOf, type RelatedSource, type RelatedStates, relatedStates, withForm } from './relatedView';

interface Made extends RelatedStates {
  readonly document: ResourceDocument;
  readonly data: AccountStores;
  readonly history: HistoryState | undefined;
}

export class RelatedMemory {
  #made: Made | undefined;
  /** The interactions whose form has a new text. */
  readonly #typed = new Set<string>();

  /** Drops the cached state, because something changed from which it is made. */
  forget(): void {
    this.#made = undefined;
  }

  /** The draft of an interaction changed, and nothing else. */
  typed(interactionId: string): void {
    this.#typed.add(interactionId);
  }

  /** @param historyOf makes the history of the contact */
  states(source: RelatedSource, historyOf: () => HistoryState | undefined): Made {
    const { document, data } = source;
    const before = this.#made;
    const isSame = before?.document === document && before.data === data;
    const relationships = isSame ? this.#withTyped(before, source) : undefined;
    const made =
      isSame && relationships
        ? { ...before, relationships }
        : { ...relatedStates(source), history: historyOf(), document, data };
    this.#typed.clear();
    this.#made = made;
    return made;
  }

  /** @returns undefined if a form began or ended, which changes the rows */
  #withTyped(made: Made, source: RelatedSource): readonly RelationshipState[] | undefined {
    let relationships: readonly RelationshipState[] | undefined = made.relationships;
    for (const interactionId of this.#typed) {
      const form = formOf(source, interactionId, made.accounts);
      relationships = relationships && form && withForm(relationships, form);
    }
    return relationships;
  }
}
