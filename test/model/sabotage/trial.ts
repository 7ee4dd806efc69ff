/**
 * `npm run test:model -- --sabotage NAME[,NAME…|all] [--runs N] [--seed S]`: takes mends out of the product, one
 * at a time, and tells after how many sequences the model-based test finds what they mend.
 */
import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { profiles } from '../profiles';
import { run } from '../run';
import { buildWith } from './build';
import { type Patch, patches } from './patches';

interface Found {
  readonly profile: string;
  readonly promise: string;
  readonly sequences: number;
  readonly path: string;
  readonly report: string;
}

interface Options {
  readonly names: string;
  readonly runs: number;
  readonly seed: number;
  readonly profile: string | undefined;
  readonly isLong: boolean;
}

/** @returns true if each of them was found */
export async function trial({ names, runs, seed, profile, isLong }: Options): Promise<boolean> {
  const chosen = names === 'all' ? patches : patches.filter(({ name }) => names.split(',').includes(name));
  if (chosen.length === 0) throw new Error(`patches: ${patches.map(({ name }) => name).join(', ')}`);
  let isAll = true;
  for (const patch of chosen) {
    const found = await find(patch, profile === undefined ? patch.profiles : [profile], runs, seed, isLong);
    const isFound = found !== undefined && patch.breaks.some((name) => name === found.promise);
    isAll &&= isFound;
    console.log(
      [
        isFound ? '✓' : '✗',
        patch.name,
        patch.mend,
        found ? `${found.profile}: “${found.promise}” after ${found.sequences} sequences` : `not in ${runs}`,
        `seed ${seed}`,
      ].join(' | '),
    );
    if (found && (isLong || !isFound)) console.log(found.report);
  }
  return isAll;
}

async function find(
  { replacements }: Patch,
  names: readonly string[],
  runs: number,
  seed: number,
  isLong: boolean,
): Promise<Found | undefined> {
  const program = await buildWith(replacements);
  try {
    for (const name of names) {
      const report = await output(program, name, runs, seed, isLong);
      const [, sequences] = /^✗ .*: (\d+) sequences/m.exec(report) ?? [];
      if (sequences === undefined) continue;
      const [, promise = 'no promise'] = new RegExp(`^profile ${name}: (\\w+): `, 'm').exec(report) ?? [];
      const [, path = ''] = /--path "(.*?)"/m.exec(report) ?? [];
      const found = { profile: name, promise, sequences: Number(sequences), path, report };
      return (await holds(found, seed)) ? found : { ...found, promise: 'also with the mend' };
    }
    return undefined;
  } finally {
    await rm(dirname(program), { recursive: true });
  }
}

/** The product as it is keeps its promises in the very same sequence. */
async function holds({ profile, path }: Found, seed: number): Promise<boolean> {
  const same = profiles.find(({ name }) => name === profile);
  return same !== undefined && (await run(same, { runs: 1, seed, path, isQuick: true })) === undefined;
}

function output(
  program: string,
  profile: string,
  runs: number,
  seed: number,
  isLong: boolean,
): Promise<string> {
  const options = [
    ...(isLong ? ['--long'] : []),
    '--profile',
    profile,
    '--runs',
    `${runs}`,
    '--seed',
    `${seed}`,
    '--quick',
  ];
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
