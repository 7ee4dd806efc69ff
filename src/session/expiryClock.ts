import type { Disposable } from '../base/event';

export type Phase = 'running' | 'endsSoon' | 'ended';

/** Milliseconds before its end that a session is said to end. */
const ahead = 10 * 60_000;
/** What a timer takes. */
const longest = 2 ** 31 - 1;

/** Tells when a session with a known end comes near it, and when it is there. */
export class ExpiryClock implements Disposable {
  #timer: NodeJS.Timeout | undefined;

  /** @param end in milliseconds since 1970 @returns the phase now; `tell` hears of the later ones */
  follow(end: number | undefined, tell: (phase: Phase) => void): Phase {
    clearTimeout(this.#timer);
    if (end === undefined) return 'running';
    const phase = phaseOf(end);
    if (phase === 'ended') return phase;
    const next = phase === 'running' ? end - ahead : end;
    this.#timer = setTimeout(
      () => {
        const now = this.follow(end, tell);
        if (now !== phase) tell(now);
      },
      Math.min(next - Date.now(), longest),
    );
    return phase;
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }
}

function phaseOf(end: number): Phase {
  const left = end - Date.now();
  return left <= 0 ? 'ended' : left <= ahead ? 'endsSoon' : 'running';
}
