/** Runs the model-based test of drafts, saves and interactions: 2,000 sequences of actions by users and computers. */
import assert from 'node:assert/strict';
import { profiles, runsOf, usual } from './profiles';
import { run } from './run';

describe('no promise breaks', () => {
  for (const profile of profiles) {
    it(`in sequences of ${profile.name}`, async () => {
      const broken = await run(profile, { runs: runsOf(profile, usual.runs), seed: usual.seed });
      assert.equal(broken, undefined, broken?.report);
    });
  }
});
