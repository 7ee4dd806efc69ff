/** Time, timers and how long something took. Handed in, so that a test can stop time or let it jump. */
import type { Disposable } from './event';

export interface Clock {
  /**
   * Milliseconds since 1970, by the computer's clock. People, NTP and sleep move it in both directions: use it
   * for what is shown or stored, never to measure an interval.
   */
  now(): number;
  /** Milliseconds since some start, which never jump: for intervals within this process. */
  monotonic(): number;
  /** Calls back once, so many milliseconds from now, however many they are; disposing cancels. */
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
