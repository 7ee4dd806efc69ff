import { type Clock, systemClock } from './clock';
import type { Logger } from './log';

/** What a service needs of the program it runs in. Tests hand in a clock of their own. */
export interface Runtime {
  readonly clock: Clock;
  readonly log: Logger;
}

export const runtimeWith = (log: Logger, clock: Clock = systemClock): Runtime => ({ clock, log });
