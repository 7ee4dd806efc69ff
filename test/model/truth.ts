/** What the product says of a save, against what really happened. */
import type { AccountStores } from '../../src/contacts/accountStores';
import { fieldNames } from '../../src/contacts/model/contact';
import { BrokenPromise } from './brokenPromise';
import { isText } from './ledger';
import { isNote, isTidied, type NotePlace, type Place, ref, whatOf } from './places';
import type { Window } from './window';
import type { World } from './world';

/** What was said last, by window and place. */
const said = new WeakMap<Window, Map<string, string>>();

/** @returns whether the state is another one than before */
function isNews(window: Window, place: string, kind: string): boolean {
  const all = said.get(window) ?? new Map<string, string>();
  said.set(window, all);
  const before = all.get(place);
  all.set(place, kind);
  return before !== kind;
}

export function saidOfContact(world: World, window: Window, { saves }: AccountStores): void {
  const state = saves.state(ref);
  if (!isNews(window, 'contact', state.kind)) return;
  world.note(`${window.name} says of the contact: ${state.kind}`);
  const press = world.ledger.pressed(window.name, 'contact');
  if (state.kind === 'saving') {
    sending.set(window, state.sent);
    return;
  }
  const sent = sending.get(window) ?? {};
  const pressedAt = press?.at ?? 0;
  /** It may also have got there by an earlier save whose answer was lost. */
  const delivered = fieldNames.filter((field) => {
    const value = sent[field];
    if (value === undefined) return false;
    return world.promises.isDelivered(field, value, world.ledger.typedAt(field, value) ?? pressedAt);
  });
  const visible = fieldNames.filter((field) => {
    const value = sent[field];
    return value !== undefined && world.promises.isVisible(field, value, pressedAt);
  });
  const all = fieldNames.filter((field) => sent[field] !== undefined);
  const claim = (text: string) => {
    throw new BrokenPromise('true', `${window.name} says “${state.kind}”: ${text}`);
  };
  if (state.kind === 'saved') {
    // Ctrl Hub answered with another value, and that is said.
    const told = state.outcome.differences.map(({ field }) => field);
    const missing = all.find((field) => !delivered.includes(field) && !told.includes(field));
    for (const field of told) world.ledger.settleShown(field, sent[field]);
    if (missing) claim(`Ctrl Hub was never given “${sent[missing]}” as ${missing}`);
  }
  if (state.kind === 'notTaken') {
    const taken = state.fields.find((field) => visible.includes(field));
    if (taken) claim(`Ctrl Hub took “${sent[taken]}” as ${taken}`);
  }
  if (state.kind === 'notSaved' && all.length > 0 && visible.length === all.length)
    claim('Ctrl Hub has it all');
  // A server that tidies a value to what it held has not taken it.
  const ends = ['saved', 'blocked', 'idle', 'waiting', ...(world.server.manner.tidies ? ['notTaken'] : [])];
  if (press?.isCalm && !ends.includes(state.kind))
    throw new BrokenPromise('calm', `${window.name} says “${state.kind}” of a save that nothing disturbed`);
  if (!['waiting', 'idle'].includes(state.kind)) sending.delete(window);
}

const sending = new WeakMap<Window, Readonly<Partial<Record<Place, string>>>>();

export function saidOfInteraction(
  world: World,
  window: Window,
  { interactionSaves }: AccountStores,
  place: NotePlace,
): void {
  const state = interactionSaves.state(ref, whatOf(place));
  if (!isNews(window, place, state.kind)) return;
  world.note(`${window.name} says of ${place}: ${state.kind}`);
  const press = world.ledger.pressed(window.name, place);
  const [notes] = press?.values[place] ?? [];
  if (press === undefined || notes === undefined) return;
  const isThere = world.promises.isDelivered(
    place,
    notes,
    world.ledger.typedAt(place, notes) ?? sinceAny(place, press.at),
  );
  const claim = (text: string) => {
    throw new BrokenPromise('true', `${window.name} says “${state.kind}” of ${place} “${notes}”: ${text}`);
  };
  if (state.kind === 'done' && !isThere) claim('Ctrl Hub was never given it');
  const isVisible = world.promises.isVisible(
    place,
    notes,
    world.ledger.typedAt(place, notes) ?? sinceAny(place, press.at),
  );
  if (state.kind === 'notThere' && isVisible) claim('Ctrl Hub has it');
  if (state.kind === 'notTaken' && isVisible) claim('Ctrl Hub took it');
  if (state.kind === 'conflict') {
    const theirs = state.theirs.notes ?? '';
    if (state.fields.includes('notes')) checkForeign(world, window, place, notes, theirs);
  }
  const troubles = ['unknown', 'failed', ...(world.server.manner.tidies ? [] : ['notTaken'])];
  // Two windows may both have a form of it open.
  if (world.manner.windows === 1 && press.isCalm && troubles.includes(state.kind))
    throw new BrokenPromise(
      'calm',
      `${window.name} says “${state.kind}” of ${place}, and nothing disturbed it`,
    );
}

/** The other side of a conflict is somebody else's. */
export function checkForeign(world: World, window: Window, place: Place, mine: string, theirs: string): void {
  const name = isNote(place) ? 'notes' : place;
  const history = world.server.history(place === 'oldNotes' ? '7' : 'contact', name);
  const written = history.findLast(({ value }) => String(value ?? '') === theirs);
  // A text of another window stands on what was on that window's screen.
  const typedHere = world.ledger.typedBy(place, mine)?.[0] === window.name[0];
  const savesAlone = world.ledger
    .presses()
    .every(([name, one]) => one.place !== 'contact' || name === window.name);
  const isOwn =
    typedHere &&
    savesAlone &&
    written?.by === window.name &&
    written.at > world.ledger.forgotSent(window.name);
  // Another window's save need not be known here.
  // Nor need one that began within the last half second before a crash.
  const diedAt = world.ledger.crashedAt(window.name) ?? Number.POSITIVE_INFINITY;
  const isKnown = written?.by === window.name || (written?.at ?? 0) < diedAt - 500;
  const isHere = written?.by[0] === window.name[0] && isKnown;
  const isSame =
    isHere &&
    savesAlone &&
    isTidied(place, mine, theirs) &&
    history.some(({ sent, by }) => by !== 'colleague' && isText(String(sent), mine));
  if (isOwn || (isSame && written?.by !== 'colleague'))
    throw new BrokenPromise('true', `${window.name} says that somebody else changed ${place} to “${theirs}”`);
}

/** Each new interaction has notes of its own, whoever sent it. */
const sinceAny = (place: Place, pressedAt: number) => (place === 'newNotes' ? 0 : pressedAt);
