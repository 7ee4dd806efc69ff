/**
 * `npm run test:model -- --sabotage NAME[,NAME…|all] [--runs N] [--seed S]` removes fixes from the product, one at a
 * time, and reports after how many sequences the model-based test finds each defect. By default it runs the sequences
 * of `npm test`; with `--profile`, all N sequences use that profile.
 */
import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Profile, profiles, runsOf } from '../profiles';
import { run } from '../run';
import { buildWith } from './build';
import { draftPatches } from './draftPatches';
import type { Patch } from './patch';
import { savingPatches } from './savingPatches';

const patches = [...draftPatches, ...savingPatches];

interface Options {
  /** A comma-separated list of patches. */
  readonly names: string;
  readonly runs: number;
  readonly seed: number;
  /** Replaces the profiles that should find the patch. */
  readonly profile: string | undefined;
  /** Prints each step of a failure. */
  readonly isLong: boolean;
}

interface Found {
  readonly profile: Profile;
  readonly promise: string;
  readonly sequences: number;
  readonly path: string;
  readonly report: string;
}

/** @returns true if the test found each of them */
export async function trial(options: Options): Promise<boolean> {
  const { names, seed, isLong } = options;
  const chosen = names === 'all' ? patches : patches.filter(({ name }) => names.split(',').includes(name));
  if (chosen.length === 0) throw new Error(`patches: ${patches.map(({ name }) => name).join(', ')}`);
  let isEachFound = true;
  for (const patch of chosen) {
    const found = await find(patch, options);
    const reason = found && (await doubtOf(found, patch, seed));
    const isFound = found !== undefined && reason === undefined;
    isEachFound &&= isFound;
    const how = found
      ? `${found.profile.name}: “${found.promise}” after ${found.sequences} sequences${reason ?? ''}`
      : `not found by ${patch.profiles.join(', ')}`;
    console.log([isFound ? '✓' : '✗', patch.name, patch.mend, how, `seed ${seed}`].join(' | '));
    if (found && (isLong || !isFound)) console.log(found.report);
  }
  return isEachFound;
}

async function find(patch: Patch, { runs, seed, profile, isLong }: Options): Promise<Found | undefined> {
  const names = profile === undefined ? patch.profiles : [profile];
  const program = await buildWith(patch.replacements);
  try {
    for (const one of profiles.filter(({ name }) => names.includes(name))) {
      const most = profile === undefined ? runsOf(one, runs) : runs;
      const options = ['--profile', one.name, '--runs', `${most}`, '--seed', `${seed}`, '--quick'];
      const report = await output(program, isLong ? [...options, '--long'] : options);
      const [, sequences] = /^✗ .*: (\d+) sequences/m.exec(report) ?? [];
      if (sequences === undefined) continue;
      const [, promise = 'no promise'] = /^profile [^:]+: (\w+): /m.exec(report) ?? [];
      const [, path = ''] = /--path "(.*?)"/.exec(report) ?? [];
      return { profile: one, promise, sequences: Number(sequences), path, report };
    }
    return undefined;
  } finally {
    await rm(dirname(program), { recursive: true });
  }
}

/** Checks that the patch breaks this promise, and that the unpatched product keeps it in the same sequence. */
async function doubtOf({ profile, promise, path }: Found, { breaks }: Patch, seed: number) {
  if (!breaks.some((name) => name === promise)) return ', which is another promise';
  const broken = await run(profile, { runs: 1, seed, path, isQuick: true });
  return broken && ', and also with the mend';
}

function output(program: string, options: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [program, ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve(text));
  });
}
