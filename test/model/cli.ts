/**
 * `npm run test:model -- --runs N [--seed S] [--profile NAME] [--path P]` runs the model-based test for longer. It
 * continues with the other profiles after a failure, and exits with 1 if there was one. `--sabotage`: see
 * sabotage/trial.ts.
 */
import { parseArgs } from 'node:util';
import { profiles, runsOf, usual } from './profiles';
import { run } from './run';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: `${usual.runs}` },
    seed: { type: 'string' },
    profile: { type: 'string' },
    path: { type: 'string' },
    replay: { type: 'string' },
    /** A comma-separated list of promises that are not checked. */
    without: { type: 'string', default: '' },
    quick: { type: 'boolean', default: false },
    /** `real` stores the files in a temporary folder. */
    disk: { type: 'string', default: 'memory' },
    sabotage: { type: 'string' },
    /** Prints each step of a failure. */
    long: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const chosen = profiles.filter(({ name }) => values.profile === undefined || name === values.profile);

async function main(): Promise<void> {
  const without = values.without.split(',');
  const { sabotage: names, profile: only, long: isLong } = values;
  if (names !== undefined) {
    const { trial } = await import('./sabotage/trial');
    const from = Number(values.seed ?? usual.seed);
    if (!(await trial({ names, runs: Number(values.runs), seed: from, profile: only, isLong })))
      process.exitCode = 1;
    return;
  }
  if (chosen.length === 0) throw new Error(`profiles: ${profiles.map(({ name }) => name).join(', ')}`);
  for (const profile of chosen) {
    const started = performance.now();
    const runs = values.profile === undefined ? runsOf(profile, Number(values.runs)) : Number(values.runs);
    const broken = await run(profile, {
      runs,
      seed,
      path: values.path,
      replay: values.replay,
      isQuick: values.quick,
      without,
      isLong,
      isOnRealDisk: values.disk === 'real',
    });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(
      `${broken ? '✗' : '✓'} ${profile.name}: ${broken?.runs ?? runs} sequences, ${seconds} s, seed ${seed}`,
    );
    if (broken === undefined) continue;
    console.log(broken.report);
    process.exitCode = 1;
  }
}

void main();
