/**
 * Texts from another window that this window typed over: the texts that the panel offers to restore. Only this module
 * knows how the product hands them back.
 */
import type { DraftStore } from '../../src/contacts/drafts/draftStore';
import type { InteractionDraftStore } from '../../src/contacts/drafts/interactionDraftStore';
import { identity, isNote, type Place, whatOf } from './places';

interface Stores {
  readonly drafts: DraftStore;
  readonly interactionDrafts: InteractionDraftStore;
}

export function lostTexts({ drafts, interactionDrafts }: Stores, place: Place): readonly string[] {
  if (isNote(place))
    return interactionDrafts
      .lost({ ...identity, interactionId: whatOf(place) })
      .flatMap(({ notes }) => (notes === undefined ? [] : [notes]));
  return drafts
    .lost(identity)
    .filter(({ field }) => field === place)
    .map(({ text }) => text);
}

/** Drops such a text, as the user does in the panel. */
export function dropLostText({ drafts, interactionDrafts }: Stores, place: Place, text: string): void {
  if (!isNote(place)) {
    drafts.dropAside(identity, { field: place, text });
    return;
  }
  const key = { ...identity, interactionId: whatOf(place) };
  const other = interactionDrafts.lost(key).find(({ notes }) => notes === text);
  if (other) interactionDrafts.dropAside(key, other);
}
