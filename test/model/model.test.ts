/** The model-based test of drafts, saves and interactions: 2,000 sequences of what people and computers do. */
import assert from 'node:assert/strict';
import { profiles, runsOf } from './profiles';
import { run } from './run';

const sequences = 2_000;
/** The same ones each time: `npm run test:model` looks for others. */
const seed = 20_260_105;

describe('no promise breaks', () => {
  for (const profile of profiles) {
    it(`in sequences of ${profile.name}`, async () => {
      const broken = await run(profile, { runs: runsOf(profile, sequences), seed });
      assert.equal(broken, undefined, broken?.report);
    });
  }
});
