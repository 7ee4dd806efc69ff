import type { Clock } from '../../src/base/clock';

/** A clock that stands still until it is told to go on, or to jump. */
export function fakeClock(start = Date.parse('2026-03-03T12:00:00Z')) {
  let [wall, steady] = [start, 0];
  const timers = new Set<{ readonly at: number; readonly callback: () => void }>();
  const clock: Clock = {
    now: () => wall,
    monotonic: () => steady,
    after: (ms, callback) => {
      const timer = { at: steady + Math.max(0, ms), callback };
      timers.add(timer);
      return { dispose: () => void timers.delete(timer) };
    },
  };
  return {
    ...clock,
    /** Time passes, and what is due is called. */
    async advance(ms: number): Promise<void> {
      for (const end = steady + ms; ; ) {
        const [next] = [...timers].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at);
        const to = next?.at ?? end;
        wall += to - steady;
        steady = to;
        if (next === undefined) return;
        timers.delete(next);
        next.callback();
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    /** Somebody sets the computer's clock. */
    jump(ms: number): void {
      wall += ms;
    },
  };
}
