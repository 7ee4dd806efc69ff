/** Runs sequences of a profile, and makes of a failure a script that can be read. */
import fc from 'fast-check';
import type { PromiseName } from './brokenPromise';
import { BrokenPromise } from './brokenPromise';
import type { Profile } from './profiles';
import { World } from './world';

export interface RunOptions {
  readonly runs: number;
  readonly seed: number;
  /** Of a counterexample that was found before. */
  readonly path?: string | undefined;
  /** Which steps of it were played: fast-check needs this beside the path of a shorter one. */
  readonly replay?: string | undefined;
  /** Does not look for a shorter counterexample. */
  readonly isQuick?: boolean;
  /** Promises that are not looked at. */
  readonly without?: readonly string[];
  /** Files are in a temporary folder, and not in memory. */
  readonly isOnRealDisk?: boolean;
  /** Reports each file operation and timer, too. */
  readonly isLong?: boolean;
}

export interface Broken {
  readonly promise: PromiseName | undefined;
  /** How many sequences were run until then. */
  readonly runs: number;
  readonly report: string;
}

/** Lines of a trace about timers and files. */
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
    // What is under way comes to an end.
    await world.scheduler.run(20_000);
  } finally {
    world.end();
    restore();
  }
}

/** The same sequence once more, told step by step. */
async function traceOf(world: World, commands: Steps): Promise<readonly string[]> {
  world.isTracing = true;
  await play(world, commands).catch((error: unknown) =>
    world.note(`✗ ${error instanceof Error ? error.message : error}`),
  );
  return world.trace;
}

/** Timers that libraries start belong to the scheduler, too. */
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
