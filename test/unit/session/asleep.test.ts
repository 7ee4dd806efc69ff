import assert from 'node:assert/strict';
import { ExpiryClock, type Phase } from '../../../src/session/expiryClock';
import { SteppedClock } from '../../support/steppedClock';

describe('a session that ended while the computer was asleep', () => {
  it('is over a minute after it wakes up', () => {
    const clock = new SteppedClock();
    const expiry = new ExpiryClock(clock);
    const told: Phase[] = [];
    expiry.follow(clock.now() + 3 * 60 * 60_000, (phase) => told.push(phase));
    // Timers stand still while the computer is asleep, and the time of day does not.
    clock.jump(8 * 60 * 60_000);
    clock.advance(60_000);
    assert.deepEqual(told, ['ended']);
  });
});
