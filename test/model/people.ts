/** Steps with the contact: users type, save, revert, choose and look in windows. */

import fc from 'fast-check';
import { fieldNames } from '../../src/contacts/model/contact';
import type { ConflictChoice, FieldName } from '../../src/protocol/fields';
import { isLife } from './ledger';
import { identity, isNote, type Place, ref } from './places';
import { step } from './step';
import type { Window } from './window';
import type { Slot, World } from './world';

export const slot = fc.constantFrom<Slot>('A', 'B', 'A', 'B', 'C');
/** Few fields, so that two users often edit the same one. */
const fields = ['email', 'email', 'email', 'last_name', 'last_name', 'telephone', 'first_name'] as const;
const field = fc.constantFrom<FieldName>(...fields);

/**
 * A new text; the first value; the value that is shown as saved; or that value with other letter case, spaces or
 * punctuation.
 */
export type TextKind = 'new' | 'first' | 'saved' | 'otherwise';
const kinds = ['new', 'new', 'new', 'new', 'first', 'saved', 'otherwise'] as const;

export const typing = (among: readonly FieldName[] = fields, of: readonly TextKind[] = kinds) =>
  step<{ slot: Slot; field: FieldName; kind: TextKind }>(
    'type',
    { slot, field: fc.constantFrom(...among), kind: fc.constantFrom(...of) },
    (world, drawn) => typeInto(world, drawn.slot, drawn.field, drawn.kind),
  );
export const type = typing();

/** Types several keys without a pause that is long enough to store the text. */
export const typeOn = step<{ slot: Slot; field: FieldName }>(
  'type on',
  { slot, field },
  async (world, drawn) => {
    for (let key = 0; key < 14; key++) {
      typeInto(world, drawn.slot, drawn.field, 'new');
      await world.scheduler.run(110);
    }
  },
);

export const save = step<{ slot: Slot }>('save', { slot }, (world, drawn) => pressSave(world, drawn.slot));

export function pressSave(world: World, at: Slot): void {
  const window = world.usable(at);
  const saves = window?.data?.saves;
  if (window === undefined || saves === undefined || isBusy(window)) return;
  const asks = saves.state(ref).kind === 'conflict' && saves.conflicts(ref).length > 0;
  press(world, window);
  // The page continues with the earlier choices.
  if (asks) void saves.resolve(ref, Object.values(window.drafts.get(identity)?.choices ?? {}));
  else void saves.save(ref);
}

export const undo = step<{ slot: Slot }>('undo the save', { slot }, (world, drawn) => {
  const window = world.usable(drawn.slot);
  if (window?.data?.saves.state(ref).kind !== 'saved') return;
  press(world, window);
  void window.data.saves.undo(ref);
});

export const revert = step<{ slot: Slot }>('revert', { slot }, (world, drawn) =>
  pressRevert(world, drawn.slot),
);

export function pressRevert(world: World, at: Slot): void {
  const window = world.usable(at);
  if (window === undefined || window.data?.saves.state(ref).kind === 'saving') return;
  for (const place of fieldNames)
    for (const text of window.texts(place)) world.ledger.settleShown(place, text);
  world.ledger.forgetSent(window.name, world.scheduler.now);
  window.editing.revert();
}

export const unrevert = step<{ slot: Slot }>('undo the revert', { slot }, (world, drawn) => {
  const window = world.usable(drawn.slot);
  if (!window?.editing.canUnrevert) return;
  window.editing.unrevert();
});

type How = 'mine' | 'theirs' | 'other';

/** Chooses one side of every conflict, and continues. */
export const resolve = step<{ slot: Slot; how: How }>(
  'resolve',
  { slot, how: fc.constantFrom('mine', 'theirs', 'other') },
  (world, drawn) => {
    const window = world.usable(drawn.slot);
    const saves = window?.data?.saves;
    if (window === undefined || saves?.state(ref).kind !== 'conflict') return;
    const choices = saves
      .conflicts(ref)
      .map((conflict) => choose(world, window, conflict.field, conflict.theirs, drawn.how));
    press(world, window, choices);
    void saves.resolve(ref, choices);
  },
);

/** Chooses in one field only. */
export const chooseOne = step<{ slot: Slot; field: FieldName; how: How }>(
  'choose',
  { slot, field, how: fc.constantFrom('mine', 'theirs', 'other') },
  (world, drawn) => pressChoice(world, drawn.slot, drawn.field, drawn.how),
);

export function pressChoice(world: World, at: Slot, name: FieldName, how: How): void {
  const window = world.usable(at);
  const saves = window?.data?.saves;
  const conflict = saves?.conflicts(ref).find((one) => one.field === name);
  if (window === undefined || conflict === undefined || saves?.state(ref).kind !== 'conflict') return;
  const choice = choose(world, window, conflict.field, conflict.theirs, how);
  window.editing.choose(choice, 'title', 'organisation');
}

export const look = step<{ slot: Slot }>('look again at the contact', { slot }, (world, drawn) => {
  const window = world.window(drawn.slot);
  if (window?.isLoaded) world.usable(drawn.slot)?.look();
  else if (window?.isOpen && !world.scheduler.isFrozen(window.name)) window.load();
});

/** The user takes the text of another window, or drops it. */
export const takeOther = step<{ slot: Slot; place: Place; how: 'take' | 'drop' }>(
  'with another window’s text',
  {
    slot,
    place: fc.constantFrom<Place>('email', 'last_name', 'newNotes', 'oldNotes'),
    how: fc.constantFrom('take', 'drop'),
  },
  (world, drawn) => {
    const window = world.usable(drawn.slot);
    const [text] = window?.handedBack(drawn.place) ?? [];
    if (window === undefined || text === undefined) return;
    if (drawn.how === 'take') window.takeOther(drawn.place, text);
    else {
      world.ledger.settleShown(drawn.place, text);
      window.dropOther(drawn.place, text);
    }
  },
);

export function typeInto(world: World, at: Slot, place: Place, kind: TextKind): void {
  const window = world.usable(at);
  const data = window?.data;
  if (window === undefined || data === undefined) return;
  if (isNote(place) && window.edit(place) === undefined) return;
  // While a third value is typed, the page shows its box in place of the field.
  const isAsked = data.saves.state(ref).kind === 'conflict';
  const isOther = !isNote(place) && window.drafts.get(identity)?.choices?.[place]?.choice === 'other';
  if (isOther && isAsked && data.saves.conflicts(ref).some(({ field }) => field === place)) return;
  const saved = window.saved(place);
  const value = textOf(world, place, kind, saved);
  // Typing the saved value ends the edit, including its choices.
  if (value === saved) for (const text of window.texts(place)) world.ledger.settleShown(place, text);
  world.ledger.type(window.name, place, value, window.edit(place), saved, world.scheduler.now);
  world.note(`  “${value}” in ${window.name}`);
  if (isNote(place)) window.typeNotes(place, value);
  else {
    window.editing.edit({ field: place, value, base: saved }, 'title', 'organisation');
  }
}

/** Records the form of a contact when the user presses Save. */
function press(world: World, window: Window, choices: readonly ConflictChoice[] = []): void {
  const values = Object.fromEntries(
    fieldNames.map((name) => {
      const choice = choices.find((one) => one.field === name);
      const texts = [...window.texts(name), choice?.choice === 'other' ? choice.value : undefined];
      return [name, texts.filter((text) => text !== undefined)];
    }),
  );
  // A text from another window is based on the values on that window's screen.
  const isTypedHere = fieldNames.every((name) => {
    const text = window.edit(name);
    const typed = text === undefined ? undefined : world.ledger.typed(name, text);
    return text === undefined || (typed !== undefined && isLife(typed.by, window.name));
  });
  const isAlone =
    isTypedHere &&
    fieldNames.every((name) =>
      world.server.history('contact', name).every(({ by }) => by === 'start' || by === window.name),
    );
  world.press(window, 'contact', values, isAlone && world.isWell(window));
}

function choose(world: World, window: Window, name: FieldName, theirs: string, how: How): ConflictChoice {
  world.ledger.see(name, theirs);
  const third = window.drafts.get(identity)?.choices?.[name];
  if (third?.choice === 'other') world.ledger.settleShown(name, third.value);
  if (how === 'mine') return { field: name, theirs, choice: how };
  const mine = window.edit(name);
  if (how === 'theirs') {
    for (const text of window.texts(name)) world.ledger.settleShown(name, text);
    return { field: name, theirs, choice: how };
  }
  const value = textOf(world, name, 'new', theirs);
  for (const text of window.texts(name)) world.ledger.settleShown(name, text);
  world.ledger.type(window.name, name, value, mine, theirs, world.scheduler.now);
  return { field: name, theirs, choice: how, value };
}

const isBusy = (window: Window) => ['saving', 'waiting'].includes(window.data?.saves.state(ref).kind ?? '');

function textOf(world: World, place: Place, kind: TextKind, saved: string): string {
  if (kind === 'saved') return saved;
  if (kind === 'first' && place !== 'newNotes') {
    const record = place === 'oldNotes' ? '7' : 'contact';
    return String(world.server.history(record, place === 'oldNotes' ? 'notes' : place)[0]?.value ?? '');
  }
  // All numbers have the same length: a text that extends another one replaces it.
  const number = 1_000 + world.next();
  if (kind === 'otherwise' && saved !== '') {
    const other = otherwise(place, saved);
    if (other !== saved) return other;
  }
  // The value has a decomposed accent, two spaces and capitals, all of which a server may tidy.
  if (place === 'email') return `New${number}@Example.org`;
  if (place === 'telephone') return `+44 20 ${number}`;
  if (isNote(place)) {
    const rest = number % 3 === 0 ? `\n${'and so on, '.repeat(30)}` : '';
    return `Rene\u0301 called  again ${number}${rest}`;
  }
  return `Rene\u0301  ${number}`;
}

/** Returns a value that a tidying server considers equal, and a reader does not. */
function otherwise(place: Place, saved: string): string {
  if (place === 'email') return saved === saved.toLowerCase() ? saved.toUpperCase() : saved.toLowerCase();
  if (place === 'telephone') return `${saved.slice(0, 3)} ${saved.slice(3)}`.replace(/ {2}/, '');
  return saved.includes('  ') ? saved.replace(/ {2}/, ' ') : `${saved.slice(0, 2)}  ${saved.slice(2)}`;
}
