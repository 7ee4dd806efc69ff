/** What people have typed and seen in texts and panels. */
import type { ContactRef } from '../../../src/api/contacts';
import { keyOf } from '../../../src/contacts/model/contact';
import type { FieldName } from '../../../src/protocol/fields';

/** A field of a contact. */
export interface Place {
  readonly ref: ContactRef;
  readonly field: FieldName;
}
export const placeKey = ({ ref, field }: Place) => `${field} ${keyOf(ref)}`;

export class ByPlace<T> {
  readonly #all = new Map<string, Set<T>>();
  of(place: Place): Set<T> {
    const there = this.#all.get(placeKey(place)) ?? new Set();
    this.#all.set(placeKey(place), there);
    return there;
  }
  clear(place: Place): void {
    this.#all.delete(placeKey(place));
  }
}

/** What people have typed and seen. */
export class Ledger {
  /** The values that somebody typed, until they are discarded. */
  readonly typed = new ByPlace<string>();
  /** All values that somebody typed, who therefore knows them. */
  readonly ever = new ByPlace<string>();
  /** The values that were saved in a text or typed in a panel, and must be found again. */
  readonly owed = new ByPlace<string>();
  /** The values that were on the screen where each value was typed. */
  readonly seenBefore = new Map<string, Set<string>>();

  /** An empty value is kept nowhere beside another one. */
  owe(place: Place, value: string): void {
    if (value.trim() !== '') this.owed.of(place).add(value.trim());
  }

  type(place: Place, value: string, seen: Iterable<string>): void {
    this.typed.of(place).add(value.trim());
    this.ever.of(place).add(value.trim());
    const key = `${placeKey(place)} ${value.trim()}`;
    this.seenBefore.set(key, new Set([...(this.seenBefore.get(key) ?? []), ...seen]));
  }
}
