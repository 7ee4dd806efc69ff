import type { Clock } from '../base/clock';
import type { Disposable } from '../base/event';

export type Phase = 'running' | 'endsSoon' | 'ended';

/** Milliseconds before its end that a session is said to end. */
const ahead = 10 * 60_000;

/** Tells when a session with a known end comes near it, and when it is there. */
export class ExpiryClock implements Disposable {
  readonly #clock: Clock;
  #timer: Disposable | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @param end in milliseconds since 1970 @returns the phase now; `tell` hears of the later ones */
  follow(end: number | undefined, tell: (phase: Phase) => void): Phase {
    this.dispose();
    if (end === undefined) return 'running';
    const phase = phaseOf(end, this.#clock.now());
    if (phase === 'ended') return phase;
    const next = phase === 'running' ? end - ahead : end;
    this.#timer = this.#clock.after(next - this.#clock.now(), () => {
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
