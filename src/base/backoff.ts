/** How long to wait before a request is tried again, and when to stop: one policy for everything that repeats. */
import type { Clock } from './clock';

export interface Patience {
  /** Milliseconds before the first new try. Each later wait is twice as long. */
  readonly least: number;
  /** The longest wait in milliseconds. A server that asks for more ends the tries. */
  readonly most: number;
  /** How many new tries there are until one is accepted. */
  readonly tries: number;
}

export class Backoff {
  readonly #patience: Patience;
  readonly #clock: Clock;
  #tries = 0;
  #until = Number.NEGATIVE_INFINITY;
  #askedUntil = Number.NEGATIVE_INFINITY;

  constructor(patience: Patience, clock: Clock) {
    this.#patience = patience;
    this.#clock = clock;
  }

  /** Milliseconds that are left of the wait. */
  get left(): number {
    return Math.max(0, this.#until - this.#clock.monotonic());
  }

  /** Milliseconds that are left of the wait that the server asked for. */
  get askedLeft(): number {
    return Math.max(0, this.#askedUntil - this.#clock.monotonic());
  }

  /**
   * Notes that a request was refused.
   * @param asked the wait that the server asked for, in seconds
   * @returns the milliseconds to wait; undefined when nothing should be tried again without a person
   */
  refused(asked = 0): number | undefined {
    const { least, most, tries } = this.#patience;
    const now = this.#clock.monotonic();
    this.#askedUntil = Math.max(this.#askedUntil, now + asked * 1000);
    if (this.askedLeft > most) return undefined;
    // Requests that were under way together are refused together: they count as one.
    if (this.left === 0) {
      if (this.#tries >= tries) return undefined;
      this.#until = now + Math.min(least * 2 ** this.#tries++, most);
    }
    this.#until = Math.max(this.#until, this.#askedUntil);
    return Math.min(this.left, most);
  }

  /** Notes that a request was accepted. One that was sent before the wait began says nothing about it. */
  accepted(): void {
    if (this.left === 0) this.#tries = 0;
  }
}
