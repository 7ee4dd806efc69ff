/** Runs sequences of a profile, and converts a failure into a readable script. */
import fc from 'fast-check';
import type { PromiseName } from './brokenPromise';
import { BrokenPromise } from './brokenPromise';
import type { Profile } from './profiles';
import { World } from './world';

export interface RunOptions {
  readonly runs: number;
  readonly seed: number;
  /** The path of an earlier counterexample. */
  readonly path?: string | undefined;
  /** The steps of the counterexample that ran: fast-check needs this in addition to the path of a shorter one. */
  readonly replay?: string | undefined;
  /** Skips the search for a shorter counterexample. */
  readonly isQuick?: boolean;
  /** The promises that are not checked. */
  readonly without?: readonly string[];
  /** Stores files in a temporary folder instead of memory. */
  readonly isOnRealDisk?: boolean;
  /** Reports each file operation and timer, too. */
  readonly isLong?: boolean;
}

export interface Broken {
  readonly promise: PromiseName | undefined;
  /** The number of sequences that ran until then. */
  readonly runs: number;
  readonly report: string;
}

/** Matches lines of a trace about timers and files. */
const ofComputers = /^[\d.]+ (timer|\w+ (lists$|(reads|writes|renames|removes|looks at|hears of) ))/;

type Steps = Iterable<fc.AsyncCommand<World, World>>;

/** @returns undefined if every promise held in every sequence */
export async function run(
  profile: Profile,
  {
    runs,
    seed,
    path,
    replay,
    isQuick = false,
    without = [],
    isLong = false,
    isOnRealDisk = false,
  }: RunOptions,
): Promise<Broken | undefined> {
  const steps = fc.commands<World, World, false>([...profile.steps], {
    maxCommands: profile.length,
    size: 'max',
    ...(replay === undefined ? {} : { replayPath: replay }),
  });
  const property = fc.asyncProperty(profile.manner, steps, async (manner, commands) => {
    await play(new World(manner, isOnRealDisk), commands).catch((error: unknown) => {
      if (!(error instanceof BrokenPromise && without.includes(error.promise))) throw error;
    });
  });
  const details = await fc.check(property, {
    numRuns: runs,
    seed,
    endOnFailure: isQuick,
    ...(path === undefined ? {} : { path }),
  });
  if (!details.failed || details.counterexample === null) return undefined;
  const [manner, commands] = details.counterexample;
  const error = details.errorInstance;
  const [, replayPath = ''] = /replayPath="(.*?)"/.exec(String(commands)) ?? [];
  const options = `--seed ${seed} --path "${details.counterexamplePath}" --replay "${replayPath}"`;
  const trace = await traceOf(new World(manner, isOnRealDisk), commands);
  const report = [
    `profile ${profile.name}: ${error instanceof Error ? error.message : String(error)}`,
    ...(error instanceof BrokenPromise ? [] : [error instanceof Error ? (error.stack ?? '') : '']),
    `again: npm run test:model -- --profile "${profile.name}" ${options}`,
    `begins with ${JSON.stringify(manner)}`,
    ...trace.filter((line) => isLong || !ofComputers.test(line)),
  ];
  return {
    promise: error instanceof BrokenPromise ? error.promise : undefined,
    runs: details.numRuns,
    report: report.join('\n'),
  };
}

async function play(world: World, commands: Steps): Promise<void> {
  const restore = ownTimers(world);
  try {
    await world.start();
    await fc.asyncModelRun(() => ({ model: world, real: world }), commands);
    // All operations in progress finish.
    await world.scheduler.run(20_000);
  } finally {
    world.end();
    restore();
  }
}

/** Runs the same sequence again and records each step. */
async function traceOf(world: World, commands: Steps): Promise<readonly string[]> {
  world.isTracing = true;
  await play(world, commands).catch((error: unknown) =>
    world.note(`✗ ${error instanceof Error ? error.message : error}`),
  );
  return world.trace;
}

/** Moves the timers of libraries to the scheduler. */
function ownTimers({ scheduler }: World): () => void {
  const { setTimeout, clearTimeout } = globalThis;
  const own = new WeakMap<object, { dispose(): void }>();
  const start = (callback: () => void, ms = 0) => {
    const handle = { unref: () => handle, ref: () => handle };
    own.set(handle, scheduler.at(undefined, ms, 'timer of a library', callback));
    return handle;
  };
  const clear = (handle: object | undefined) => {
    const timer = typeof handle === 'object' && handle !== null ? own.get(handle) : undefined;
    if (timer) timer.dispose();
    else Reflect.apply(clearTimeout, globalThis, [handle]);
  };
  Object.assign(globalThis, { setTimeout: start, clearTimeout: clear });
  return () => void Object.assign(globalThis, { setTimeout, clearTimeout });
}
