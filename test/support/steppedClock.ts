/** A clock that only the test moves. */
import type { Clock } from '../../src/base/clock';

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

export class SteppedClock implements Clock {
  #wall: number;
  #monotonic = 0;
  #timers: Timer[] = [];

  constructor(now = Date.now()) {
    this.#wall = now;
  }

  now(): number {
    return this.#wall;
  }

  monotonic(): number {
    return this.#monotonic;
  }

  after(ms: number, callback: () => void) {
    const timer = { at: this.#monotonic + Math.max(0, ms), callback };
    this.#timers.push(timer);
    return { dispose: () => this.#drop(timer) };
  }

  /** Milliseconds until the next timer. */
  get next(): number | undefined {
    const [first] = this.#timers.toSorted((one, other) => one.at - other.at);
    return first && first.at - this.#monotonic;
  }

  /** Changes the time of day; no time passes. */
  jump(ms: number): void {
    this.#wall += ms;
  }

  advance(ms: number): void {
    const end = this.#monotonic + ms;
    for (;;) {
      const [first] = this.#timers.toSorted((one, other) => one.at - other.at);
      if (first === undefined || first.at > end) break;
      this.#pass(first.at - this.#monotonic);
      this.#drop(first);
      first.callback();
    }
    this.#pass(end - this.#monotonic);
  }

  /** Works as `advance`, and lets the work of each timer continue before the next one is due. */
  async elapse(ms: number): Promise<void> {
    for (const end = this.#monotonic + ms; ; ) {
      const left = end - this.#monotonic;
      this.advance(Math.min(left, this.next ?? left));
      if (this.#monotonic >= end) return;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Lets time pass as fast as the work allows, until `work` ends. */
  async runUntil<T>(work: Promise<T>): Promise<T> {
    let isDone = false;
    const over = () => {
      isDone = true;
    };
    work.then(over, over);
    while (!isDone) {
      await new Promise((resolve) => setImmediate(resolve));
      if (!isDone && this.next !== undefined) this.advance(this.next);
    }
    return work;
  }

  #drop(timer: Timer): void {
    this.#timers = this.#timers.filter((one) => one !== timer);
  }

  #pass(ms: number): void {
    this.#monotonic += ms;
    this.#wall += ms;
  }
}
