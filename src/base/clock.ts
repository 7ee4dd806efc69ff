/** Time and timers. Services receive a clock, so that a test can stop time or let it jump. */
import type { Disposable } from './event';

export interface Clock {
  /**
   * Milliseconds since 1970 by the computer's clock. The user, NTP and sleep move it in both directions: show
   * or store it, but never measure an interval with it.
   */
  now(): number;
  /**
   * Milliseconds since an arbitrary start. The value never jumps, so it measures intervals within this
   * process.
   */
  monotonic(): number;
  /**
   * Calls back once after `ms` milliseconds, which may exceed the limit of Node's timers. Disposing cancels
   * the call.
   */
  after(ms: number, callback: () => void): Disposable;
}

/** Node's timers hold 31 bits; a longer one would fire at once. */
const maxTimer = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (ms, callback) => {
    let timer: NodeJS.Timeout;
    const wait = (left: number) => {
      const part = Math.min(left, maxTimer);
      timer = setTimeout(() => (left > part ? wait(left - part) : callback()), part);
    };
    wait(Math.max(0, ms));
    return { dispose: () => clearTimeout(timer) };
  },
};
