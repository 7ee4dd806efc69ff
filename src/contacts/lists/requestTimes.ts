/** Numbers the requests and saves of an account, and remembers when each was made, to half a minute. */
import type { Clock } from '../../base/clock';

/** Milliseconds. A list of 100,000 is a thousand requests, and a time for each of them would be too much. */
const precision = 30_000;

export class RequestTimes {
  readonly #clock: Clock;
  #last = 0;
  /** The first request of each half-minute. */
  readonly #marks: { readonly number: number; readonly at: number }[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts up from 1. */
  next(): number {
    const number = ++this.#last;
    const at = this.#clock.now();
    if (Math.abs(at - (this.#marks.at(-1)?.at ?? Number.NEGATIVE_INFINITY)) >= precision)
      this.#marks.push({ number, at });
    return number;
  }

  /** @returns milliseconds since 1970: the request was made then, or up to half a minute later */
  at(number: number): number | undefined {
    return this.#marks.findLast((mark) => mark.number <= number)?.at;
  }
}
