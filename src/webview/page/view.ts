/**
 * The content of the screen: the host's latest state, and over it the text that the host has not confirmed.
 * Pure functions.
 */
import type { ConflictChoice, FieldName } from '../../protocol/fields';
import type { Keystroke } from '../../protocol/keystroke';
import type { InteractionIntent } from '../../protocol/related';
import type { ConflictState, FieldState, PanelState, ReadyState } from '../../protocol/state';
import { isOutdated, type Typing, typedChoice, typedValue, typeInto, withoutHeard } from './typing';

export interface View {
  readonly state: PanelState;
  readonly typing: Typing;
  /** True after the user selected Save, until the host answers. */
  readonly asked: boolean;
  /** True if the user types during a save. */
  readonly typedOn: boolean;
  /** The answers so far to the conflicts. */
  readonly choices: ReadonlyMap<FieldName, ConflictChoice>;
}

/** Merges a new state into the view. Unconfirmed text stays, even while there is no form. */
export function receive(view: View | undefined, state: PanelState, before: Typing): View {
  if (view !== undefined && isOutdated(before, state.heard)) return view;
  const { body } = state;
  const typing = withoutHeard(before, state.heard);
  if (body.kind !== 'ready') return { state, typing, asked: false, typedOn: false, choices: new Map() };
  // A request that found nothing to save ends without a save.
  const isAnswered = view?.state.body.kind === 'ready' && body.attempt > view.state.body.attempt;
  const asked = view?.asked === true && body.save.kind === 'idle' && !isAnswered;
  const choices = chosenIn(body, typing, view?.choices);
  const typedOn = view?.typedOn === true && isUnderWay(body);
  return { state, typing, asked, typedOn, choices };
}

/** Returns the answers for the current conflicts, from this page or an earlier one. */
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

/** An answer applies only to the value on screen: the user must see a colleague's newer value first. */
export const holds = (choice: ConflictChoice | undefined, { theirs }: ConflictState) =>
  choice?.theirs === theirs;

/** Returns the field's saved value on screen, on which an edit is based. */
function savedValue(view: View, name: FieldName): string {
  const { body } = view.state;
  return body.kind === 'ready' ? (body.fields.find((field) => field.name === name)?.saved ?? '') : '';
}

export function edit(view: View, field: FieldName, value: string): View {
  const typing = typeInto(view.typing, { type: 'edit', field, value, base: savedValue(view, field) });
  return { ...view, typing, asked: false, typedOn: isTypedOn(view) };
}

export function note(view: View, typed: Omit<InteractionIntent, 'type' | keyof Keystroke>): View {
  const typing = typeInto(view.typing, { type: 'interaction', ...typed });
  return { ...view, typing, typedOn: isTypedOn(view) };
}

const isTypedOn = ({ state: { body } }: View) => body.kind === 'ready' && isUnderWay(body);

/** Returns true if the user has typed since the save, or since the host made this state. */
export const hasTypedOn = (before: View | undefined, { typing }: View) =>
  before?.typedOn === true || typing.typed.length > 0;

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

/** Allows saving in a conflict only after each field has an answer. */
export function canSave(view: View): boolean {
  const { body } = view.state;
  if (body.kind !== 'ready' || view.asked || body.readOnly === true) return false;
  if (isUnderWay(body)) return false;
  return conflictsOf(view).length > 0 ? firstUndecided(view) === undefined : hasChanges(view);
}

/** Returns true if fields have just come into conflict: the first of them gets the focus. */
export function isNewConflict(before: View | undefined, after: View): boolean {
  return conflictsOf(after).length > 0 && (before === undefined || conflictsOf(before).length === 0);
}

/** Returns true if Save was requested during a conflict. */
export function isAskedInConflict(before: View | undefined, after: View): boolean {
  return conflictsOf(after).length > 0 && isAskedAnew(before, after);
}

/** Returns the first field in conflict without a valid answer. */
export function firstUndecided(view: View): FieldName | undefined {
  return conflictsOf(view).find(({ name, conflict }) => !holds(view.choices.get(name), conflict))?.name;
}

/**
 * Returns true if a requested save has just failed and the user has not typed since: only then may the focus
 * move. A session that ends without a request is shown in the same place, but moves no focus.
 */
export function hasJustFailed(before: View | undefined, after: View): boolean {
  const was = before?.state.body;
  const is = after.state.body;
  if (was?.kind !== 'ready' || is.kind !== 'ready' || is.save.kind !== 'failed') return false;
  if (hasTypedOn(before, after)) return false;
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
