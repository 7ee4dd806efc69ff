import assert from 'node:assert/strict';
import { ApiError } from '../../../../src/api/http/errors';
import { PatientReads } from '../../../../src/contacts/saving/patientReads';
import { SteppedClock } from '../../../support/steppedClock';

describe('reading several contacts', () => {
  const { signal } = new AbortController();
  const refuses = (retryAfter: number) => async () => {
    throw new ApiError('rateLimited', { status: 429, retryAfter });
  };

  it('waits for all of them, and reads the refused one again', async () => {
    const clock = new SteppedClock();
    const reads = new PatientReads({ clock, signal });
    const times: number[] = [];
    const note = async () => void times.push(clock.monotonic());
    let isFirst = true;
    const first = reads.read(async () => {
      if (!isFirst) return note();
      isFirst = false;
      return refuses(30)();
    });
    await new Promise((resolve) => setImmediate(resolve));
    await clock.runUntil(Promise.all([first, reads.read(note)]));
    assert.deepEqual(times, [30_000, 30_000]);
  });

  it('asks for no other contact if the wait is too long', async () => {
    const reads = new PatientReads({ clock: new SteppedClock(), signal });
    await assert.rejects(reads.read(refuses(3_600)), ApiError);
    let isAsked = false;
    const other = reads.read(async () => {
      isAsked = true;
    });
    await assert.rejects(other, ApiError);
    assert.equal(isAsked, false);
  });
});
