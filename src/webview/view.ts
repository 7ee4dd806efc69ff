/** What is on screen: the host's last state, and over it what the person has typed since. Pure. */
import type { ConflictChoice } from '../protocol/intents';
import type { FieldName, FieldState, PanelState, ReadyState } from '../protocol/state';

export interface View {
  readonly state: PanelState;
  /** The number of the last edit made here or known to the host, whichever is higher. */
  readonly revision: number;
  readonly values: ReadonlyMap<FieldName, string>;
  /** Save was pressed and the host has not answered yet. */
  readonly asked: boolean;
  /** What was chosen so far for the fields in conflict. */
  readonly choices: ReadonlyMap<FieldName, ConflictChoice>;
}

/** A state that is older than the last edit leaves the fields alone; everything else in it counts. */
export function receive(view: View | undefined, state: PanelState): View {
  const { body } = state;
  if (body.kind !== 'ready') {
    return { state, revision: 0, values: new Map(), asked: false, choices: new Map() };
  }
  const asked = view?.asked === true && body.save.kind === 'idle';
  const choices = new Map([...(view?.choices ?? [])].filter(([name]) => inConflict(body, name)));
  if (view !== undefined && body.revision < view.revision) return { ...view, state, asked, choices };
  const values = new Map(body.fields.map(({ name, value }) => [name, value]));
  return { state, revision: body.revision, values, asked, choices };
}

function inConflict(body: ReadyState, name: FieldName): boolean {
  return body.fields.some((field) => field.name === name && field.conflict !== undefined);
}

export function choose(view: View, choice: ConflictChoice): View {
  return { ...view, choices: new Map(view.choices).set(choice.field, choice) };
}

export function conflictsOf(view: View): readonly FieldState[] {
  const { body } = view.state;
  return body.kind === 'ready' ? body.fields.filter(({ conflict }) => conflict !== undefined) : [];
}

/** What the field held on screen before it was typed into. */
export function savedValue(view: View, name: FieldName): string {
  const { body } = view.state;
  return body.kind === 'ready' ? (body.fields.find((field) => field.name === name)?.saved ?? '') : '';
}

export function edit(view: View, field: FieldName, value: string): View {
  const values = new Map(view.values).set(field, value);
  return { ...view, revision: view.revision + 1, values, asked: false };
}

export function shownValue(view: View, field: FieldState): string {
  return view.values.get(field.name) ?? field.value;
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

/** The first field in conflict that has no choice yet. */
export function firstUndecided(view: View): FieldName | undefined {
  return conflictsOf(view).find(({ name }) => !view.choices.has(name))?.name;
}

/**
 * A save that was asked for has just failed: only then may the focus go elsewhere than where the person
 * left it. A session that ends by itself is told of in the same place.
 */
export function hasJustFailed(before: View | undefined, after: View): boolean {
  const was = before?.state.body;
  const is = after.state.body;
  if (was?.kind !== 'ready' || is.kind !== 'ready' || is.save.kind !== 'failed') return false;
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
