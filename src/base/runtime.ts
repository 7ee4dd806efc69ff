import { type Clock, systemClock } from './clock';
import type { Logger } from './log';

/** The clock and the log of a service. Tests pass their own. */
export interface Runtime {
  readonly clock: Clock;
  readonly log: Logger;
}

export const runtimeWith = (log: Logger, clock: Clock = systemClock): Runtime => ({ clock, log });
