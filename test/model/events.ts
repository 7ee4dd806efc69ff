/** Events that affect users: changes by a colleague, and failures of servers, networks, disks, clocks and processes. */
import fc from 'fast-check';
import type { FaultKind } from './computers/network';
import { slot } from './people';
import type { Place } from './places';
import { step } from './step';
import type { Slot } from './world';

type Shared = Exclude<Place, 'newNotes'>;

export const colleagueIn = (...among: readonly Shared[]) =>
  step<{ place: Shared }>('the colleague changes', { place: fc.constantFrom(...among) }, (world, { place }) =>
    world.colleague(place),
  );
export const colleague = colleagueIn('email', 'email', 'last_name', 'telephone', 'first_name', 'oldNotes');

export const wait = step<{ ms: number }>(
  'wait',
  { ms: fc.constantFrom(1_000, 5_000, 15_000, 60_000) },
  async (world, { ms }) => world.scheduler.run(ms),
);

export const freeze = step<{ slot: Slot; operations: number; ms: number }>(
  'stands still after',
  {
    slot,
    operations: fc.integer({ min: 0, max: 6 }),
    ms: fc.constantFrom(2_500, 3_500, 7_000, 60_000, 120_000),
  },
  (world, drawn) => world.arm(drawn.slot, drawn.operations, () => world.freeze(drawn.slot, drawn.ms)),
  fc.constantFrom(2, 2, 200),
);

export const crash = step<{ slot: Slot; operations: number }>(
  'crashes after',
  { slot, operations: fc.integer({ min: 0, max: 6 }) },
  (world, drawn) => world.arm(drawn.slot, drawn.operations, () => world.crash(drawn.slot)),
);

/** The window is closed normally, and opened again. */
export const reload = step<{ slot: Slot }>('is reloaded', { slot }, async (world, drawn) => {
  const window = world.usable(drawn.slot);
  if (window === undefined) return;
  void window.flush();
  await world.scheduler.run(300);
  if (world.window(drawn.slot) === window) world.crash(drawn.slot);
});

export const clock = step<{ ms: number }>(
  'the clock jumps by',
  { ms: fc.constantFrom(-2_000, 60_000, -3_600_000, 3_600_000, 3_600_000) },
  (world, { ms }) => {
    world.scheduler.wallOffset += ms;
  },
);

const retryAfter = fc.constantFrom(
  '0',
  '-5',
  '1.5',
  '1',
  '2',
  '99999999999',
  'Thu, 01 Jan 1970 00:00:00 GMT',
);
type Method = 'GET' | 'PUT' | 'POST';

/** Faults that an answer to a reading cannot have. */
const ofWrites: readonly FaultKind[] = ['bare', 'noContent', 'ignored', 400, 409, 412, 422];

export const fault = (methods: readonly Method[], ...kinds: readonly FaultKind[]) =>
  step<{ method: Method; kind: FaultKind; times: number; after: string }>(
    'the next',
    {
      method: fc.constantFrom(...methods),
      kind: fc.constantFrom(...kinds),
      times: fc.constantFrom(1, 1, 2, 3, 200),
      after: retryAfter,
    },
    (world, { method, kind, times, after }) => {
      if (method === 'GET' && ofWrites.includes(kind)) return;
      // Only requests to wait continue for long.
      const isLong = kind === 429;
      world.faults.push({
        method,
        kind,
        times: isLong ? times : Math.min(times, 3),
        ...(isLong ? { retryAfter: after } : {}),
      });
    },
    fc.constantFrom(2, 2, 200),
  );

export const calm = step<object>('the network is well', {}, (world) => {
  world.faults.length = 0;
});

const drafts = fc.constantFrom<Place>('email', 'newNotes');

export const vanish = step<{ place: Place }>('the file vanishes of', { place: drafts }, (world, { place }) =>
  world.outside(place, undefined),
);

export const unreadable = step<{ place: Place }>(
  'a future version writes',
  { place: drafts },
  (world, { place }) => world.outside(place, `{"version":2,"text":"${world.next()}"}`),
);

export const diskRefuses = step<{ what: 'writing' | 'reading'; ms: number }>(
  'the disk refuses',
  { what: fc.constantFrom('writing', 'reading'), ms: fc.constantFrom(500, 4_000) },
  (world, { what, ms }) => world.refuseDisk(what, ms),
);

export const endSession = step<object>('the session ends', {}, (world) => {
  if (world.person) world.endSession(world.person);
});

export const signIn = step<{ who: string }>(
  'signs in',
  { who: fc.constantFrom('Ann', 'Ann', 'Bob', 'nobody') },
  (world, { who }) => world.signIn(who === 'nobody' ? undefined : world.newPerson(who)),
);
