/**
 * Texts that another window had typed and this window typed over: what a person can get back, as the panel
 * offers it. This is the only place that knows how the product hands them back.
 */
import { toLine } from '../../src/base/text';
import type { DraftStore } from '../../src/contacts/draftStore';
import type { InteractionDraftStore } from '../../src/contacts/interactionDraftStore';
import { identity, isNote, type Place, whatOf } from './places';

interface Stores {
  readonly drafts: DraftStore;
  readonly interactionDrafts: InteractionDraftStore;
}

export function lostTexts({ drafts, interactionDrafts }: Stores, place: Place): readonly string[] {
  const text = isNote(place)
    ? interactionDrafts.lost({ ...identity, what: whatOf(place) })
    : drafts.lost(identity)[place];
  if (text === undefined) return [];
  // The notice is one line of 200 characters.
  return [text.length > 200 || text.includes('\n') ? toLine(text) : text];
}
