/**
 * What a person chose of the fields that both sides changed. It is kept in the draft until the next save goes
 * on with it, and holds against the value that was on screen: a colleague's newer one is to be looked at first.
 */
import type { ConflictChoice, FieldName } from '../../protocol/fields';
import { type FieldConflict, fieldNames, type Values } from '../model/contact';
import { type Draft, withChoice } from './draft';
import { withOther } from './draftJoin';

/** The fields that are in conflict stay so where nothing was chosen against what theirs is now. */
export function decided(
  draft: Draft,
  conflicts: readonly FieldConflict[],
  choices: readonly ConflictChoice[],
): Draft {
  let left = draft;
  for (const { field, mine, theirs } of conflicts) {
    const chosen = choices.find((choice) => choice.field === field && choice.theirs === theirs);
    if (chosen === undefined) continue;
    const value = chosen.choice === 'other' ? chosen.value : { mine, theirs }[chosen.choice];
    left = withChoice(left, field, value, theirs);
  }
  return left;
}

/** A third value that was typed for a conflict that is over since is an edit like any other. */
export function withoutOver(draft: Draft, conflicts: readonly FieldConflict[], now: Values): Draft {
  let left = draft;
  for (const field of fieldNames) {
    const choice = draft.choices?.[field];
    if (choice?.choice !== 'other' || conflicts.some((conflict) => conflict.field === field)) continue;
    left = withChoice(left, field, choice.value, now[field]);
  }
  return left;
}

/**
 * Typing `text` into a field ends what was chosen for it: the choice is older. A third value was not on screen where
 * the field is, so it is kept beside it.
 */
export function withoutChosen(draft: Draft, field: FieldName, text: string): Draft {
  const { [field]: choice, ...choices } = draft.choices ?? {};
  if (choice === undefined) return draft;
  const left = { ...draft, choices };
  if (choice.choice !== 'other' || text.startsWith(choice.value)) return left;
  return { ...left, others: withOther(draft.others ?? [], { field, text: choice.value }) };
}

export const hasThirdValue = ({ choices = {} }: Draft) =>
  Object.values(choices).some(({ choice }) => choice === 'other');
