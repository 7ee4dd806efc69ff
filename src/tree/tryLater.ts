/** Decides when what could not be read is read again by itself, and when that ends. */
import type { ApiError } from '../api/http/errors';
import { Backoff } from '../base/backoff';
import type { Clock } from '../base/clock';
import type { Disposable } from '../base/event';

/** The tries go on for some eight hours where nobody answers at all. */
const patience = { least: 5_000, most: 300_000, tries: 100 };

export class TryLater implements Disposable {
  readonly #clock: Clock;
  readonly #tryAgain: () => void;
  #backoff: Backoff;
  #noted = new WeakSet<ApiError>();
  #isOver = false;
  #timer: Disposable | undefined;

  /** @param tryAgain reads again what failed, where somebody can see it */
  constructor(clock: Clock, tryAgain: () => void) {
    this.#clock = clock;
    this.#tryAgain = tryAgain;
    this.#backoff = new Backoff(patience, clock);
  }

  /** @param errors those of what failed and was not read since @param isReading whether an answer is awaited */
  follow(errors: readonly ApiError[], isReading: boolean): void {
    if (errors.length === 0) {
      // While an answer is awaited, it is not known whether the trouble is over.
      if (!isReading) this.reset();
      return;
    }
    for (const error of errors) {
      if (this.#noted.has(error)) continue;
      this.#noted.add(error);
      this.#isOver = this.#backoff.refused(error.retryAfter) === undefined;
    }
    this.#wait();
  }

  /** Somebody looks again, which is a reason to try at once, unless the server asked to wait. */
  look(): void {
    if (this.#backoff.askedLeft > 0) this.#wait();
    else {
      this.#stop();
      this.#tryAgain();
    }
  }

  /** What failed is read, or belongs to an account that is gone. */
  reset(): void {
    this.#stop();
    this.#backoff = new Backoff(patience, this.#clock);
    this.#noted = new WeakSet();
    this.#isOver = false;
  }

  dispose(): void {
    this.#stop();
  }

  #wait(): void {
    this.#stop();
    if (this.#isOver) return;
    this.#timer = this.#clock.after(this.#backoff.left, () => {
      this.#timer = undefined;
      this.#tryAgain();
    });
  }

  #stop(): void {
    this.#timer?.dispose();
    this.#timer = undefined;
  }
}
