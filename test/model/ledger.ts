/**
 * The model: every text that a person typed and what became of it, what people have seen, and what they pressed.
 * It knows nothing of how the product works.
 */
import type { Person, Place } from './places';

/** A text that a person typed. It must be somewhere until it is settled. */
export interface Typed {
  readonly place: Place;
  readonly value: string;
  /** The window that it was typed in. */
  readonly by: string;
  readonly at: number;
  /** The unsaved text that stood in the field before. */
  readonly over: string | undefined;
  /** The window that showed it as another window's text that was typed over. */
  handedTo?: string;
}

/** A person pressed Save, Log Interaction or the like. */
export interface Press {
  readonly place: 'contact' | Place;
  readonly person: Person | undefined;
  readonly at: number;
  /** What the form held, by place; texts without white space at their ends. */
  readonly values: Readonly<Partial<Record<Place, readonly string[]>>>;
  /** No fault, no colleague and no other window has come between. */
  isCalm: boolean;
}

interface Unstored {
  readonly value: string;
  readonly at: number;
}

export class Ledger {
  /** Not settled yet. */
  readonly live = new Set<Typed>();
  /** All that was ever typed. */
  readonly all: Typed[] = [];
  readonly #seen = new Map<Place, Set<string>>();
  readonly #crashed = new Map<string, number>();
  readonly #forgotten = new Map<string, number>();
  readonly #presses = new Map<string, Press>();
  readonly #unstored = new Map<string, Unstored[]>();
  /** The time until which something kept drafts from the disk, with what it takes to recover. */
  disturbedUntil = 0;

  /** A keystroke in a field that showed `shown` as an unsaved text, if any, over `saved`. */
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
    // The same text once more is nothing new.
    if (isAgain) return;
    const typed: Typed = { place, value, by: window, at, over: shown };
    this.live.add(typed);
    this.all.push(typed);
    const name = key(window, place);
    this.#unstored.set(name, [...(this.#unstored.get(name) ?? []), { value, at }]);
  }

  /** The person let go of what the form showed there. */
  settleShown(place: Place, shown: string | undefined): void {
    if (shown === undefined) return;
    for (const typed of this.live)
      if (typed.place === place && isText(shown, typed.value)) this.live.delete(typed);
  }

  /** A value of Ctrl Hub's was on screen when the person typed or chose. */
  see(place: Place, value: string): void {
    const seen = this.#seen.get(place) ?? new Set();
    this.#seen.set(place, seen.add(value));
  }

  hasSeen(place: Place, value: string): boolean {
    return this.#seen.get(place)?.has(value) ?? false;
  }

  /** The person threw away what was typed, and with it what is known of values that may have arrived. */
  forgetSent(window: string, at: number): void {
    this.#forgotten.set(window, at);
  }

  forgotSent(window: string): number {
    return this.#forgotten.get(window) ?? -1;
  }

  crashed(slot: string, at: number): void {
    this.#crashed.set(slot, at);
  }

  /** When the window before this one died. */
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

  /** The texts of a field that were typed since the disk last had one, in order. */
  unstored(window: string, place: Place): Unstored[] | undefined {
    return this.#unstored.get(key(window, place));
  }

  hasUnstored(): boolean {
    return this.#unstored.size > 0;
  }

  forgetUnstored(window: string, place: Place): void {
    this.#unstored.delete(key(window, place));
  }

  /** How a text was typed last. */
  typed(place: Place, value: string): Typed | undefined {
    return this.all.findLast((typed) => typed.place === place && isText(value, typed.value));
  }

  /** Whether only this window, whoever of its lives, has a text typed into it since then. */
  isTypedHereOnly(window: string, place: Place, since: number): boolean {
    return this.all.every((typed) => typed.place !== place || typed.at < since || isLife(typed.by, window));
  }

  /** Whether a text was typed over another one, key by key, in one window. */
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

/** The same but for white space at the ends. */
export const isText = (held: string, typed: string) => held === typed || held.trim() === typed.trim();

/** Whether two names are of one window, which may have been opened again. */
export const isLife = (one: string, other: string) => one[0] === other[0];

const key = (window: string, place: string) => `${window} ${place}`;
