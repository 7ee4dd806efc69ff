/** Compares the product's reports about a save with the real events. */
import type { AccountStores } from '../../src/contacts/accountStores';
import { fieldNames } from '../../src/contacts/model/contact';
import { BrokenPromise } from './brokenPromise';
import type { Written } from './computers/server';
import { isLife, isText } from './ledger';
import { isNote, isTidied, type NotePlace, type Place, ref, whatOf } from './places';
import type { Window } from './window';
import type { World } from './world';

/** The last report, by window and place. */
const said = new WeakMap<Window, Map<string, string>>();

/** @returns true if the state differs from the previous one */
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
  /** An earlier save whose answer was lost may also have delivered the value. */
  const delivered = fieldNames.filter((field) => {
    const value = sent[field];
    if (value === undefined) return false;
    return world.promises.isDelivered(field, value, world.ledger.typed(field, value)?.at ?? pressedAt);
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
    // Ctrl Hub answered with another value, and the product reports that.
    const told = state.outcome.differences.map(({ field }) => field);
    const missing = all.find((field) => !delivered.includes(field) && !told.includes(field));
    for (const field of told) world.ledger.settleShown(field, sent[field]);
    if (missing) claim(`Ctrl Hub was never given “${sent[missing]}” as ${missing}`);
  }
  if (state.kind === 'ignored') {
    const taken = state.fields.find((field) => visible.includes(field));
    if (taken) claim(`Ctrl Hub took “${sent[taken]}” as ${taken}`);
  }
  if (state.kind === 'notSaved' && all.length > 0 && visible.length === all.length)
    claim('Ctrl Hub has it all');
  // A server that tidies a value into its old value has not accepted it.
  const ends = ['saved', 'blocked', 'idle', 'waiting', ...(world.server.manner.tidies ? ['ignored'] : [])];
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
    world.ledger.typed(place, notes)?.at ?? sinceAny(place, press.at),
  );
  const claim = (text: string) => {
    throw new BrokenPromise('true', `${window.name} says “${state.kind}” of ${place} “${notes}”: ${text}`);
  };
  if (state.kind === 'done' && !isThere) claim('Ctrl Hub was never given it');
  const isVisible = world.promises.isVisible(
    place,
    notes,
    world.ledger.typed(place, notes)?.at ?? sinceAny(place, press.at),
  );
  if (state.kind === 'notThere' && isVisible) claim('Ctrl Hub has it');
  if (state.kind === 'ignored' && isVisible) claim('Ctrl Hub took it');
  if (state.kind === 'conflict') {
    const theirs = state.theirs.notes ?? '';
    if (state.fields.includes('notes')) checkForeign(world, window, place, notes, theirs);
  }
  const troubles = ['unknown', 'failed', ...(world.server.manner.tidies ? [] : ['ignored'])];
  // Two windows may both have typed about it.
  const isHereOnly = world.ledger.isTypedHereOnly(window.name, place, 0);
  if (isHereOnly && press.isCalm && troubles.includes(state.kind))
    throw new BrokenPromise(
      'calm',
      `${window.name} says “${state.kind}” of ${place}, and nothing disturbed it`,
    );
}

/** Checks that the other side of a conflict comes from another user. */
export function checkForeign(world: World, window: Window, place: Place, mine: string, theirs: string): void {
  const { ledger } = world;
  const name = isNote(place) ? 'notes' : place;
  const history = world.server.history(place === 'oldNotes' ? '7' : 'contact', name);
  const isTheirs = ({ value }: Written) => String(value ?? '') === theirs;
  // A PUT repeats values of other users, so the author is the user who first wrote the value.
  const after = history.findLastIndex(isTheirs);
  const before = history.slice(0, after + 1).findLastIndex((one) => !isTheirs(one));
  const written = after === -1 ? undefined : history[before + 1];
  const by = written?.by ?? 'colleague';
  const at = written?.at ?? 0;
  // A text from another window is based on the values on that window's screen.
  const typed = ledger.typed(place, mine);
  const isTypedHere = typed !== undefined && isLife(typed.by, window.name);
  const isHereOnly = ledger.isTypedHereOnly(window.name, place, at - 500);
  const savesAlone = ledger.presses().every(([name, one]) => one.place !== 'contact' || name === window.name);
  const isOwn =
    isTypedHere && isHereOnly && savesAlone && by === window.name && at > ledger.forgotSent(window.name);
  // This window need not know about another window's save.
  // The same applies to a save that began within half a second before a crash.
  const diedAt = ledger.crashedAt(window.name) ?? Number.POSITIVE_INFINITY;
  const isKnown = by === window.name || at < diedAt - 500;
  const isSame =
    isLife(by, window.name) &&
    isKnown &&
    savesAlone &&
    isTidied(place, mine, theirs) &&
    history.some(({ sent, by }) => by !== 'colleague' && isText(String(sent), mine));
  if (isOwn || isSame || isOverOurs(world, window, place, mine, written))
    throw new BrokenPromise('true', `${window.name} says that somebody else changed ${place} to “${theirs}”`);
}

/** Returns true if a text is based on a saved value from another window, once this window knows about it. */
function isOverOurs(
  { ledger, scheduler, manner }: World,
  window: Window,
  place: Place,
  mine: string,
  written: Written | undefined,
): boolean {
  if (written === undefined || ['colleague', 'start', window.name].includes(written.by)) return false;
  const isHeardOf = manner.disk.watching === 'prompt' && ledger.disturbedUntil === 0;
  return (
    isHeardOf &&
    written.at < scheduler.now - 1_000 &&
    ledger.isTypedHereOnly(window.name, place, written.at - 500) &&
    ledger.isTypedOver(window.name, place, mine, String(written.sent))
  );
}

/** Each new interaction has unique notes, so its author does not matter. */
const sinceAny = (place: Place, pressedAt: number) => (place === 'newNotes' ? 0 : pressedAt);
