/**
 * The user's answers to the conflicts of a draft. The draft keeps them until the next save. An answer applies
 * only to the value that was on screen; if a colleague has changed it again, the user must see the new one
 * first.
 */
import type { ConflictChoice, FieldName } from '../../protocol/fields';
import { type FieldConflict, fieldNames, type Values } from '../model/contact';
import { type Draft, withChoice } from './draft';
import { withOther } from './draftJoin';

/** Applies the answers. A field stays in conflict if it has no answer for the API's current value. */
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

/** Turns a third value into an ordinary edit if its conflict no longer exists. */
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
 * Drops the older answer for a field into which the user types `text`. A third value was not visible in the
 * field, so it is kept as another text.
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
