/** Combinations of steps that random choice alone seldom produces. */
import fc from 'fast-check';
import type { FaultKind } from './computers/network';
import { pressLog, pressLook } from './notes';
import { pressChoice, pressRevert, pressSave, slot, type TextKind, typeInto } from './people';
import { isNote, type Place } from './places';
import { step } from './step';
import type { Slot, World } from './world';

type Field = Exclude<Place, 'newNotes' | 'oldNotes'>;

/** A text is typed and saved, or noted and logged, and the request has this fault. */
export const trouble = (place: Place, kind: TextKind, ...kinds: readonly FaultKind[]) =>
  step<{ slot: Slot; kind: FaultKind }>(
    `${kind} in ${place} meets`,
    { slot, kind: fc.constantFrom(...kinds) },
    (world, drawn) => {
      if (isNote(place)) world.usable(drawn.slot)?.begin(place);
      typeInto(world, drawn.slot, place, kind);
      world.faults.push({ method: place === 'newNotes' ? 'POST' : 'PUT', kind: drawn.kind, times: 1 });
      if (isNote(place)) pressLog(world, drawn.slot, place);
      else pressSave(world, drawn.slot);
    },
  );

/** A text is typed back to the first value, after the user has seen a colleague's newer value. */
export const typeBack = (field: Field) =>
  step<{ slot: Slot; isLooked: boolean }>(
    `type ${field} back over a newer value`,
    { slot, isLooked: fc.constantFrom(true, true, false) },
    async (world, drawn) => {
      typeInto(world, drawn.slot, field, 'new');
      await world.scheduler.run(400);
      world.colleague(field);
      if (drawn.isLooked) world.usable(drawn.slot)?.look();
      await world.scheduler.run(200);
      typeInto(world, drawn.slot, field, 'first');
    },
  );

/** A colleague changes the edited field, and the save reports a conflict. */
export const conflict = (field: Field) =>
  step<{ slot: Slot }>(`a conflict about ${field}`, { slot }, async (world, drawn) => {
    typeInto(world, drawn.slot, field, 'new');
    world.colleague(field);
    pressSave(world, drawn.slot);
    await world.scheduler.run(300);
  });

/** The user chooses one side of a conflict, and then types into the field. */
export const typeOverChoice = step<{ slot: Slot; how: 'mine' | 'theirs' | 'other' }>(
  'types over a choice',
  { slot, how: fc.constantFrom('mine', 'theirs', 'other') },
  async (world, drawn) => {
    typeInto(world, drawn.slot, 'email', 'new');
    world.colleague('email');
    pressSave(world, drawn.slot);
    await world.scheduler.run(300);
    pressChoice(world, drawn.slot, 'email', drawn.how);
    await world.scheduler.run(200);
    typeInto(world, drawn.slot, 'email', 'new');
    await world.scheduler.run(200);
    pressSave(world, drawn.slot);
  },
);

/** The outcome of a save is unknown, and the user may type before the contact is read again. */
export const unknownOutcome = step<{ slot: Slot; kind: TextKind; lost: FaultKind; isTypedOn: boolean }>(
  'a save of unknown outcome',
  {
    slot,
    kind: fc.constantFrom<TextKind>('new', 'otherwise'),
    lost: fc.constantFrom<FaultKind>('lostAfterAll', 'lostBeforeAll'),
    isTypedOn: fc.boolean(),
  },
  async (world, drawn) => {
    typeInto(world, drawn.slot, 'email', drawn.kind);
    world.faults.push({ method: 'PUT', kind: drawn.lost, times: 1 });
    pressSave(world, drawn.slot);
    await world.scheduler.run(3_000);
    if (drawn.isTypedOn) typeInto(world, drawn.slot, 'email', 'new');
    world.usable(drawn.slot)?.look();
    await world.scheduler.run(300);
  },
);

/** One window saves a text that another one has just typed over. */
export const saveOlder = step<{ slot: Slot; other: Slot; after: number }>(
  'saves what is typed over elsewhere',
  { slot, other: slot, after: fc.constantFrom(0, 50, 140, 160) },
  async (world, drawn) => {
    typeInto(world, drawn.slot, 'email', 'new');
    await world.scheduler.run(700);
    typeInto(world, drawn.slot, 'email', 'new');
    await world.scheduler.run(drawn.after);
    pressSave(world, drawn.other);
    await world.scheduler.run(1_000);
  },
);

/** One window sends an interaction over a slow network; another one looks for it, and would send it again. */
export const lookMeanwhile = step<{ slot: Slot; other: Slot; jump: number; kind: 'slow' | 'slowAnswer' }>(
  'looks for what another window is sending',
  {
    slot,
    other: slot,
    jump: fc.constantFrom(0, -2_000, 60_000, 3_600_000),
    kind: fc.constantFrom('slow', 'slowAnswer'),
  },
  async (world, drawn) => {
    await noteInBoth(world, drawn.slot);
    world.faults.push({ method: 'POST', kind: drawn.kind, times: 1 });
    pressLog(world, drawn.slot, 'newNotes');
    await world.scheduler.run(400);
    world.scheduler.wallOffset += drawn.jump;
    pressLook(world, drawn.other);
    await world.scheduler.run(400);
    pressLog(world, drawn.other, 'newNotes');
  },
);

/** Two windows send the same interaction at about the same time, and one of them is suspended meanwhile. */
export const bothSend = step<{ slot: Slot; other: Slot; operations: number; after: number; ms: number }>(
  'two windows send',
  {
    slot,
    other: slot,
    operations: fc.integer({ min: 1, max: 12 }),
    after: fc.constantFrom(0, 3, 10, 30),
    ms: fc.constantFrom(2_500, 3_500, 7_000),
  },
  async (world, drawn) => {
    await noteInBoth(world, drawn.slot);
    world.arm(drawn.slot, drawn.operations, () => world.freeze(drawn.slot, drawn.ms));
    pressLog(world, drawn.slot, 'newNotes');
    await world.scheduler.run(drawn.after);
    pressLog(world, drawn.other, 'newNotes');
    await world.scheduler.run(drawn.ms);
  },
);

/** A window starts while another one replaces an unreadable draft. */
export const startBesideUnreadable = step<{ slot: Slot; other: Slot; after: number; operations: number }>(
  'starts beside a draft that cannot be read',
  {
    slot,
    other: slot,
    after: fc.integer({ min: 140, max: 160 }),
    operations: fc.integer({ min: 3, max: 8 }),
  },
  async (world, drawn) => {
    world.outside('email', `{"version":2,"text":"${world.next()}"}`);
    typeInto(world, drawn.slot, 'email', 'new');
    await world.scheduler.run(drawn.after);
    world.crash(drawn.other);
    world.arm(drawn.other, drawn.operations, () => world.freeze(drawn.other, 30));
    await world.scheduler.run(300);
  },
);

/** A file is lost, and another window that has not noticed starts a new draft in its place. */
export const beginAnew = step<{ slot: Slot; other: Slot; text: 'vanishes' | 'unreadable' }>(
  'begins a draft anew',
  { slot, other: slot, text: fc.constantFrom('vanishes', 'unreadable') },
  async (world, drawn) => {
    typeInto(world, drawn.slot, 'email', 'new');
    await world.scheduler.run(700);
    world.outside('email', drawn.text === 'vanishes' ? undefined : `{"version":2,"text":"${world.next()}"}`);
    typeInto(world, drawn.other, 'last_name', 'new');
    await world.scheduler.run(700);
    typeInto(world, drawn.slot, 'last_name', 'new');
  },
);

/** The user reverts a field, another window types, and the user undoes the revert. */
export const revertAndBack = step<{ slot: Slot; other: Slot; field: Field }>(
  'reverts and takes it back',
  { slot, other: slot, field: fc.constantFrom<Field>('email', 'last_name') },
  async (world, drawn) => {
    typeInto(world, drawn.slot, 'email', 'new');
    await world.scheduler.run(700);
    pressRevert(world, drawn.slot);
    await world.scheduler.run(700);
    typeInto(world, drawn.other, drawn.field, 'new');
    await world.scheduler.run(700);
    world.usable(drawn.slot)?.editing.unrevert();
  },
);

/** A save waits for the server or for a new session, and the user types more. */
export const typeWhileSaveWaits = step<{ slot: Slot; who: 'Ann' | 'Bob' | undefined }>(
  'types while a save waits',
  { slot, who: fc.constantFrom(undefined, 'Ann', 'Ann', 'Bob') },
  async (world, drawn) => {
    typeInto(world, drawn.slot, 'email', 'new');
    if (drawn.who === undefined) world.faults.push({ method: 'PUT', kind: 429, times: 1, retryAfter: '1' });
    else if (world.person) world.endSession(world.person);
    pressSave(world, drawn.slot);
    await world.scheduler.run(300);
    typeInto(world, drawn.slot, 'last_name', 'new');
    typeInto(world, drawn.slot, 'email', 'new');
    if (drawn.who !== undefined) world.signIn(world.newPerson(drawn.who));
    await world.scheduler.run(1_500);
  },
);

/** A window is suspended during a write, and another one writes meanwhile. */
export const writeBesideFrozen = step<{ slot: Slot; other: Slot; operations: number; ms: number }>(
  'writes beside a window that stands still',
  {
    slot,
    other: slot,
    operations: fc.integer({ min: 1, max: 8 }),
    ms: fc.constantFrom(2_500, 3_500, 7_000),
  },
  async (world, drawn) => {
    typeInto(world, drawn.slot, 'email', 'new');
    typeInto(world, drawn.other, 'last_name', 'new');
    world.arm(drawn.slot, drawn.operations, () => world.freeze(drawn.slot, drawn.ms));
    await world.scheduler.run(drawn.ms + 1_000);
  },
);

/** A window is killed during a write while the clock is ahead; then the clock is corrected. */
export const dieAhead = step<{ slot: Slot; operations: number }>(
  'dies while the clock is ahead',
  { slot, operations: fc.integer({ min: 1, max: 6 }) },
  async (world, drawn) => {
    world.scheduler.wallOffset += 3_600_000;
    typeInto(world, drawn.slot, 'email', 'new');
    world.arm(drawn.slot, drawn.operations, () => world.crash(drawn.slot));
    await world.scheduler.run(500);
    world.scheduler.wallOffset -= 3_600_000;
    typeInto(world, drawn.slot, 'email', 'new');
    await world.scheduler.run(15_000);
  },
);

async function noteInBoth(world: World, at: Slot): Promise<void> {
  world.usable(at)?.begin('newNotes');
  typeInto(world, at, 'newNotes', 'new');
  await world.scheduler.run(700);
}
