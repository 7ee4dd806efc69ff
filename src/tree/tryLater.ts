/** Decides when failed reads are repeated automatically, and when to stop. */
import type { ApiError } from '../api/http/errors';
import { Backoff } from '../base/backoff';
import type { Clock } from '../base/clock';
import type { Disposable } from '../base/event';

/** Repeats for about eight hours if no server answers. */
const patience = { min: 5_000, max: 300_000, tries: 100 };

export class TryLater implements Disposable {
  readonly #clock: Clock;
  readonly #tryAgain: () => void;
  #backoff: Backoff;
  #noted = new WeakSet<ApiError>();
  #isOver = false;
  #timer: Disposable | undefined;

  /** @param tryAgain repeats the failed reads if the view is visible */
  constructor(clock: Clock, tryAgain: () => void) {
    this.#clock = clock;
    this.#tryAgain = tryAgain;
    this.#backoff = new Backoff(patience, clock);
  }

  /**
   * @param errors the errors of reads that failed and have not succeeded since
   * @param isReading true while a response is awaited
   */
  follow(errors: readonly ApiError[], isReading: boolean): void {
    if (errors.length === 0) {
      // While a response is awaited, the failure may or may not be over.
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

  /** Tries at once when the user returns to the view, unless the server requested a wait. */
  retryNow(): void {
    if (this.#backoff.askedLeft > 0) this.#wait();
    else {
      this.#stop();
      this.#tryAgain();
    }
  }

  /** Starts from scratch: the failed reads succeeded, or the account changed. */
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
