/**
 * The model: every typed text with its outcome, the values that users have seen, and the buttons that they pressed. It
 * is independent of the product's implementation.
 */
import type { Person, Place } from './places';

/** A text that a user typed. The product must keep it until it is settled. */
export interface Typed {
  readonly place: Place;
  readonly value: string;
  /** The window that it was typed in. */
  readonly by: string;
  readonly at: number;
  /** The previous unsaved text of the field. */
  readonly over: string | undefined;
  /** The window that showed it as another window's text after it was typed over. */
  handedTo?: string;
}

/** A click on Save, Log Interaction or a similar button. */
export interface Press {
  readonly place: 'contact' | Place;
  readonly person: Person | undefined;
  readonly at: number;
  /** The values in the form, by place; texts without white space at their ends. */
  readonly values: Readonly<Partial<Record<Place, readonly string[]>>>;
  /** True as long as no fault, colleague or other window interferes. */
  isCalm: boolean;
}

interface Unstored {
  readonly value: string;
  readonly at: number;
}

export class Ledger {
  /** The texts that are not settled yet. */
  readonly live = new Set<Typed>();
  /** All texts that were ever typed. */
  readonly all: Typed[] = [];
  readonly #seen = new Map<Place, Set<string>>();
  readonly #crashed = new Map<string, number>();
  readonly #forgotten = new Map<string, number>();
  readonly #presses = new Map<string, Press>();
  readonly #unstored = new Map<string, Unstored[]>();
  /** The time until which drafts may be missing from the disk, including the time for recovery. */
  disturbedUntil = 0;

  /** Records a keystroke in a field that showed `shown` as an unsaved text, if any, over `saved`. */
  type(
    window: string,
    place: Place,
    value: string,
    shown: string | undefined,
    saved: string,
    at: number,
  ): void {
    const isAgain = shown !== undefined && isText(shown, value);
    if (!isAgain) this.settleShown(place, shown);
    this.see(place, saved);
    if (value === saved) {
      this.#unstored.delete(key(window, place));
      return;
    }
    // Typing the same text again adds no record.
    if (isAgain) return;
    const typed: Typed = { place, value, by: window, at, over: shown };
    this.live.add(typed);
    this.all.push(typed);
    const name = key(window, place);
    this.#unstored.set(name, [...(this.#unstored.get(name) ?? []), { value, at }]);
  }

  /** Settles the texts that the form showed there, because the user discarded them. */
  settleShown(place: Place, shown: string | undefined): void {
    if (shown === undefined) return;
    for (const typed of this.live)
      if (typed.place === place && isText(shown, typed.value)) this.live.delete(typed);
  }

  /** Records that a value of Ctrl Hub was on screen when the user typed or chose. */
  see(place: Place, value: string): void {
    const seen = this.#seen.get(place) ?? new Set();
    this.#seen.set(place, seen.add(value));
  }

  hasSeen(place: Place, value: string): boolean {
    return this.#seen.get(place)?.has(value) ?? false;
  }

  /** Records that the user discarded the edits, and with them the values that may have arrived. */
  forgetSent(window: string, at: number): void {
    this.#forgotten.set(window, at);
  }

  forgotSent(window: string): number {
    return this.#forgotten.get(window) ?? -1;
  }

  crashed(slot: string, at: number): void {
    this.#crashed.set(slot, at);
  }

  /** Returns the time when the previous process of the window was killed. */
  crashedAt(window: string): number | undefined {
    return this.#crashed.get(window[0] ?? '');
  }

  press(window: string, press: Press): void {
    this.#presses.set(key(window, press.place), press);
  }

  pressed(window: string, place: Press['place']): Press | undefined {
    return this.#presses.get(key(window, place));
  }

  presses(): readonly (readonly [string, Press])[] {
    return [...this.#presses].map(([name, press]) => [name.split(' ')[0] ?? '', press]);
  }

  /** Returns the texts of a field since the last one that was stored on the disk, in order. */
  unstored(window: string, place: Place): Unstored[] | undefined {
    return this.#unstored.get(key(window, place));
  }

  hasUnstored(): boolean {
    return this.#unstored.size > 0;
  }

  forgetUnstored(window: string, place: Place): void {
    this.#unstored.delete(key(window, place));
  }

  /** Returns the latest record of a text. */
  typed(place: Place, value: string): Typed | undefined {
    return this.all.findLast((typed) => typed.place === place && isText(value, typed.value));
  }

  /** Returns true if all texts since then were typed in this window, including its earlier processes. */
  isTypedHereOnly(window: string, place: Place, since: number): boolean {
    return this.all.every((typed) => typed.place !== place || typed.at < since || isLife(typed.by, window));
  }

  /** Returns true if one window replaced a text with another one, key by key. */
  isTypedOver(window: string, place: Place, value: string, other: string): boolean {
    const seen = new Set<Typed>();
    for (let typed = this.typed(place, value); typed && !seen.has(typed); ) {
      seen.add(typed);
      if (!isLife(typed.by, window) || typed.over === undefined) return false;
      if (isText(typed.over, other)) return true;
      typed = this.typed(place, typed.over);
    }
    return false;
  }
}

/** Compares two texts without white space at the ends. */
export const isText = (held: string, typed: string) => held === typed || held.trim() === typed.trim();

/** Returns true if both names belong to one window, which may have been reopened. */
export const isLife = (one: string, other: string) => one[0] === other[0];

const key = (window: string, place: string) => `${window} ${place}`;
