/** The text fields that a user types into, and the one contact that they belong to. */

import { newInteractionId } from '../../src/contacts/drafts/interactionDraft';
import { fieldNames } from '../../src/contacts/model/contact';
import type { FieldName } from '../../src/protocol/fields';

export const origin = 'https://api.example.org';
export const ref = { organisationId: 'o1', contactId: 'c1' } as const;
export const identity = { origin, ...ref } as const;

/** A field of the contact, or the notes of an interaction: a new one, or one that Ctrl Hub has. */
export type Place = FieldName | NotePlace;
export const notePlaces = ['newNotes', 'oldNotes'] as const;
export type NotePlace = (typeof notePlaces)[number];
export const places: readonly Place[] = [...fieldNames, ...notePlaces];
export const isNote = (place: Place): place is NotePlace => place === 'newNotes' || place === 'oldNotes';

/** The id of the interaction that Ctrl Hub has. */
export const oldInteraction = '7';
export const whatOf = (place: NotePlace) => (place === 'newNotes' ? newInteractionId : oldInteraction);

/** True if a server may have tidied one value into the other. */
export function isTidied(place: Place, one: string, other: string): boolean {
  const tidy = (text: string) => {
    const plain = text.normalize('NFC').replace(/\s+/g, ' ').trim();
    if (place === 'email') return plain.toLowerCase();
    return place === 'telephone' ? plain.replace(/[\s().-]/g, '') : plain;
  };
  return tidy(one) === tidy(other);
}

/** The signed-in user. `who` is the person, even if the session does not identify them. */
export interface Person {
  readonly who: string;
  readonly token: string;
  readonly label: string | undefined;
}
