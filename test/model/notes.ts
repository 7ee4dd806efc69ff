/** Steps with interactions: users begin one, type notes, log it, look for a sent one, and cancel. */
import fc from 'fast-check';
import { slot, type TextKind, typeInto } from './people';
import { type NotePlace, oldInteraction, ref, whatOf } from './places';
import { step } from './step';
import type { Slot, World } from './world';

const place = fc.constantFrom<NotePlace>('newNotes', 'newNotes', 'oldNotes');

export const begin = step<{ slot: Slot; place: NotePlace }>('begin', { slot, place }, (world, drawn) => {
  const window = world.usable(drawn.slot);
  if (window === undefined) return;
  window.begin(drawn.place);
});

export const note = step<{ slot: Slot; place: NotePlace; kind: TextKind }>(
  'note',
  { slot, place, kind: fc.constantFrom<TextKind>('new', 'new', 'new', 'saved', 'otherwise', 'first') },
  (world, drawn) => {
    const window = world.usable(drawn.slot);
    if (window?.edit(drawn.place) === undefined) window?.begin(drawn.place);
    if (window?.edit(drawn.place) !== undefined) typeInto(world, drawn.slot, drawn.place, drawn.kind);
  },
);

export const noteOn = step<{ slot: Slot; place: NotePlace }>(
  'note on',
  { slot, place },
  async (world, drawn) => {
    for (let key = 0; key < 14; key++) {
      if (world.usable(drawn.slot)?.edit(drawn.place) !== undefined)
        typeInto(world, drawn.slot, drawn.place, 'new');
      await world.scheduler.run(110);
    }
  },
);

export const log = step<{ slot: Slot; place: NotePlace }>('log', { slot, place }, (world, drawn) =>
  pressLog(world, drawn.slot, drawn.place),
);

export function pressLog(world: World, at: Slot, of: NotePlace): void {
  const window = world.usable(at);
  const saves = window?.data?.interactionSaves;
  const interactionId = whatOf(of);
  const notes = window?.edit(of);
  if (window === undefined || saves === undefined || notes === undefined) return;
  // The form has no unsaved notes.
  if (notes === window.saved(of)) return;
  const { kind } = saves.state(ref, interactionId);
  if (kind === 'sending' || kind === 'conflict' || (kind === 'unknown' && of === 'newNotes')) return;
  world.press(window, of, { [of]: [notes] }, isAlone(world, window.name) && world.isWell(window));
  void saves.send(ref, interactionId);
}

export const lookFor = step<{ slot: Slot }>('look for the interaction', { slot }, (world, drawn) =>
  pressLook(world, drawn.slot),
);

export function pressLook(world: World, at: Slot): void {
  const window = world.usable(at);
  const saves = window?.data?.interactionSaves;
  if (window === undefined || saves?.state(ref, '').kind !== 'unknown') return;
  const sent = window.texts('newNotes')[1];
  if (sent === undefined) return;
  world.press(window, 'newNotes', { newNotes: [sent] }, world.isWell(window));
  void saves.search(ref);
}

export const cancel = step<{ slot: Slot; place: NotePlace }>('cancel', { slot, place }, (world, drawn) => {
  const window = world.usable(drawn.slot);
  const saves = window?.data?.interactionSaves;
  const interactionId = whatOf(drawn.place);
  if (window === undefined || saves === undefined || saves.state(ref, interactionId).kind === 'sending')
    return;
  for (const text of window.texts(drawn.place)) world.ledger.settleShown(drawn.place, text);
  saves.drop(ref, interactionId);
});

export const chooseNotes = step<{ slot: Slot; how: 'mine' | 'theirs' }>(
  'choose notes',
  { slot, how: fc.constantFrom('mine', 'theirs') },
  (world, drawn) => {
    const window = world.usable(drawn.slot);
    const saves = window?.data?.interactionSaves;
    const state = saves?.state(ref, oldInteraction);
    const notes = window?.edit('oldNotes');
    if (window === undefined || state?.kind !== 'conflict' || notes === undefined) return;
    world.ledger.see('oldNotes', state.theirs.notes ?? '');
    if (drawn.how === 'theirs') world.ledger.settleShown('oldNotes', notes);
    world.press(window, 'oldNotes', { oldNotes: [notes] }, false);
    void saves?.resolve(ref, oldInteraction, drawn.how);
  },
);

/** Returns true if only this window has changed an interaction. */
function isAlone(world: World, window: string): boolean {
  const own = (id: string) =>
    world.server.history(id, 'notes').every(({ by }) => by === 'start' || by === window);
  return world.server.interactions().every(own);
}
