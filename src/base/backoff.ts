/** Decides how long to wait before a request is sent again, and when to stop: one policy for every retry. */
import type { Clock } from './clock';

export interface Patience {
  /** Milliseconds before the first retry. Each later wait is twice as long. */
  readonly min: number;
  /** The longest wait in milliseconds. A server that asks for a longer one ends the retries. */
  readonly max: number;
  /** The number of retries until a request is accepted. */
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

  /** Milliseconds left of the current wait. */
  get left(): number {
    return Math.max(0, this.#until - this.#clock.monotonic());
  }

  /** Milliseconds left of the wait that the server requested. */
  get askedLeft(): number {
    return Math.max(0, this.#askedUntil - this.#clock.monotonic());
  }

  /**
   * Notes that a request was refused.
   * @param asked the wait that the server requested, in seconds
   * @returns the milliseconds to wait; undefined if only the user may retry
   */
  refused(asked = 0): number | undefined {
    const { min, max, tries } = this.#patience;
    const now = this.#clock.monotonic();
    this.#askedUntil = Math.max(this.#askedUntil, now + asked * 1000);
    if (this.askedLeft > max) return undefined;
    // Requests that run in parallel are refused together, so they count as one refusal.
    if (this.left === 0) {
      if (this.#tries >= tries) return undefined;
      this.#until = now + Math.min(min * 2 ** this.#tries++, max);
    }
    this.#until = Math.max(this.#until, this.#askedUntil);
    return Math.min(this.left, max);
  }

  /** Notes that a request was accepted. A request sent before the wait began does not end the wait. */
  accepted(): void {
    if (this.left === 0) this.#tries = 0;
  }
}
