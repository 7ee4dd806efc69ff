/** What is on screen: the host's last state, and over it what the person has typed since. Pure. */
import type { FieldName, FieldState, PanelState, ReadyState } from '../protocol/state';

export interface View {
  readonly state: PanelState;
  /** The number of the last edit made here or known to the host, whichever is higher. */
  readonly revision: number;
  readonly values: ReadonlyMap<FieldName, string>;
  /** Save was pressed and the host has not answered yet. */
  readonly asked: boolean;
}

/** A state that is older than the last edit leaves the fields alone; everything else in it counts. */
export function receive(view: View | undefined, state: PanelState): View {
  const { body } = state;
  if (body.kind !== 'ready') return { state, revision: 0, values: new Map(), asked: false };
  const asked = view?.asked === true && body.save.kind === 'idle';
  if (view !== undefined && body.revision < view.revision) return { ...view, state, asked };
  const values = new Map(body.fields.map(({ name, value }) => [name, value]));
  return { state, revision: body.revision, values, asked };
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

export function canSave(view: View): boolean {
  const { body } = view.state;
  return body.kind === 'ready' && body.save.kind !== 'saving' && !view.asked && hasChanges(view);
}

/** A save has just failed: only then may the focus go elsewhere than where the person left it. */
export function hasJustFailed(before: View | undefined, after: View): boolean {
  const was = before?.state.body;
  const is = after.state.body;
  return was?.kind === 'ready' && !hasFailed(was) && is.kind === 'ready' && hasFailed(is);
}

function hasFailed(body: ReadyState): boolean {
  return body.save.kind === 'failed';
}
