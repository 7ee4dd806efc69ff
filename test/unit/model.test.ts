/**
 * Runs the model-based test of drafts, saves and interactions: 2,000 sequences of actions by users and
 * computers.
 */
import assert from 'node:assert/strict';
import { profiles, runsOf } from '../model/profiles';
import { run } from '../model/run';

const sequences = 2_000;
/** A fixed seed repeats the same sequences; `npm run test:model` searches for others. */
const seed = 20_260_105;

describe('no promise breaks', () => {
  for (const profile of profiles) {
    it(`in sequences of ${profile.name}`, async function () {
      this.timeout(120_000);
      const broken = await run(profile, { runs: runsOf(profile, sequences), seed });
      assert.equal(broken, undefined, broken?.report);
    });
  }
});
