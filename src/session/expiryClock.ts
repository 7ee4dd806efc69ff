import type { Clock } from '../base/clock';
import type { Disposable } from '../base/event';

export type Phase = 'running' | 'endsSoon' | 'ended';

/** Milliseconds before the expiry at which a session enters the phase `endsSoon`. */
const ahead = 10 * 60_000;
/** The longest timer in milliseconds: timers stand still while the computer is asleep. */
const longest = 60_000;

/** Reports the phases of a session with a known expiry. */
export class ExpiryClock implements Disposable {
  readonly #clock: Clock;
  #timer: Disposable | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * @param end milliseconds since 1970
   * @param tell called at each later phase
   * @returns the current phase
   */
  follow(end: number | undefined, tell: (phase: Phase) => void): Phase {
    this.dispose();
    if (end === undefined) return 'running';
    const phase = phaseOf(end, this.#clock.now());
    if (phase === 'ended') return phase;
    const next = phase === 'running' ? end - ahead : end;
    this.#timer = this.#clock.after(Math.min(longest, next - this.#clock.now()), () => {
      const now = this.follow(end, tell);
      if (now !== phase) tell(now);
    });
    return phase;
  }

  dispose(): void {
    this.#timer?.dispose();
  }
}

function phaseOf(end: number, now: number): Phase {
  const left = end - now;
  return left <= 0 ? 'ended' : left <= ahead ? 'endsSoon' : 'running';
}
