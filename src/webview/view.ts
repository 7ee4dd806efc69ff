/** What is on screen: the host's last state, and over it what the host has not taken yet. Pure. */
import type { ConflictChoice, FieldName } from '../protocol/fields';
import type { ConflictState, FieldState, PanelState, ReadyState } from '../protocol/state';
import { isOutdated, type Typing, typedChoice, typedValue, typeInto, withoutHeard } from './typing';

export interface View {
  readonly state: PanelState;
  readonly typing: Typing;
  /** Save was pressed and the host has not answered yet. */
  readonly asked: boolean;
  /** Somebody types while a save is under way. */
  readonly typedOn: boolean;
  /** What was chosen so far for the fields in conflict. */
  readonly choices: ReadonlyMap<FieldName, ConflictChoice>;
}

/** A field that was typed into since is left alone, also while there is no form; the rest of a state counts. */
export function receive(view: View | undefined, state: PanelState, before: Typing): View {
  if (view !== undefined && isOutdated(before, state.heard)) return view;
  const { body } = state;
  const typing = withoutHeard(before, state.heard);
  if (body.kind !== 'ready') return { state, typing, asked: false, typedOn: false, choices: new Map() };
  const asked = view?.asked === true && body.save.kind === 'idle';
  const choices = chosenIn(body, typing, view?.choices);
  const typedOn = view?.typedOn === true && isUnderWay(body);
  return { state, typing, asked, typedOn, choices };
}

/** What was chosen on this page, or before it was made, for what is still in conflict. */
function chosenIn(
  { fields }: ReadyState,
  typing: Typing,
  here: View['choices'] | undefined,
): View['choices'] {
  const chosen = fields.flatMap(({ name, conflict }) => {
    const choice = conflict && (typedChoice(typing, name) ?? here?.get(name) ?? conflict.chosen);
    return choice ? [[name, choice] as const] : [];
  });
  return new Map(chosen);
}

export function choose(view: View, choice: ConflictChoice): View {
  const typing = typeInto(view.typing, { type: 'choose', choice });
  return { ...view, typing, choices: new Map(view.choices).set(choice.field, choice) };
}

export function conflictsOf(view: View) {
  const { body } = view.state;
  const fields = body.kind === 'ready' ? body.fields : [];
  return fields.flatMap(({ name, conflict }) => (conflict ? [{ name, conflict }] : []));
}

/** A colleague's newer value is to be looked at before it is chosen, or chosen against. */
export const holds = (choice: ConflictChoice | undefined, { theirs }: ConflictState) =>
  choice?.theirs === theirs;

/** What the field held on screen before it was typed into. */
function savedValue(view: View, name: FieldName): string {
  const { body } = view.state;
  return body.kind === 'ready' ? (body.fields.find((field) => field.name === name)?.saved ?? '') : '';
}

export function edit(view: View, field: FieldName, value: string): View {
  const typing = typeInto(view.typing, { type: 'edit', field, value, base: savedValue(view, field) });
  const { body } = view.state;
  const typedOn = body.kind === 'ready' && isUnderWay(body);
  return { ...view, typing, asked: false, typedOn };
}

export function shownValue(view: View, field: FieldState): string {
  return typedValue(view.typing, field.name) ?? field.value;
}

function isChanged(view: View, field: FieldState): boolean {
  return shownValue(view, field) !== field.saved;
}

export function hasChanges(view: View): boolean {
  const { body } = view.state;
  return body.kind === 'ready' && body.fields.some((field) => isChanged(view, field));
}

/** With conflicts, once each of them has a choice. */
export function canSave(view: View): boolean {
  const { body } = view.state;
  if (body.kind !== 'ready' || view.asked || body.readOnly === true) return false;
  if (isUnderWay(body)) return false;
  return conflictsOf(view).length > 0 ? firstUndecided(view) === undefined : hasChanges(view);
}

/** Fields have just turned into a choice: the focus goes to the first of them. */
export function isNewConflict(before: View | undefined, after: View): boolean {
  return conflictsOf(after).length > 0 && (before === undefined || conflictsOf(before).length === 0);
}

/** Save was asked for while there is something to choose. */
export function isAskedInConflict(before: View | undefined, after: View): boolean {
  return conflictsOf(after).length > 0 && isAskedAnew(before, after);
}

/** The first field in conflict that has no choice that holds. */
export function firstUndecided(view: View): FieldName | undefined {
  return conflictsOf(view).find(({ name, conflict }) => !holds(view.choices.get(name), conflict))?.name;
}

/**
 * A save that was asked for has just failed, and nobody typed on: only then may the focus go elsewhere than
 * where the person left it. A session that ends by itself is told of in the same place.
 */
export function hasJustFailed(before: View | undefined, after: View): boolean {
  const was = before?.state.body;
  const is = after.state.body;
  if (was?.kind !== 'ready' || is.kind !== 'ready' || is.save.kind !== 'failed') return false;
  if (before?.typedOn) return false;
  return isUnderWay(was) || isAskedAnew(before, after);
}

function isAskedAnew(before: View | undefined, after: View): boolean {
  const was = before?.state.body;
  const is = after.state.body;
  return was?.kind === 'ready' && is.kind === 'ready' && is.attempt > was.attempt;
}

function isUnderWay({ save }: ReadyState): boolean {
  return save.kind === 'saving' || save.kind === 'waiting';
}
