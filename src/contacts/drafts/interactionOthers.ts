/**
 * Texts of another window's form that this one replaced, kept until the user decides about them. An entry
 * with notes is a whole form, because the notes belong to its other fields; any other entry is the value of
 * one field.
 */
import type { InteractionField } from '../../protocol/related';
import {
  type InteractionDraft,
  type InteractionValues,
  interactionFields,
  typedIn,
} from './interactionDraft';

/** Returns the field under which the text is shown. */
export function fieldOfOther(other: InteractionValues): InteractionField {
  const isThere = (field: InteractionField) => other[field] !== undefined;
  return isThere('notes') ? 'notes' : (interactionFields.find(isThere) ?? 'notes');
}

export const textOfOther = (other: InteractionValues): string => other[fieldOfOther(other)] ?? '';

/** Returns one entry for each of these fields; the whole form comes last. */
const othersOf = (
  values: InteractionValues,
  fields: readonly InteractionField[],
): readonly InteractionValues[] =>
  fields
    .filter((field) => (values[field] ?? '') !== '')
    .toSorted((one, other) => Number(one === 'notes') - Number(other === 'notes'))
    .map((field) => (field === 'notes' ? values : { [field]: values[field] }));

/** Returns texts of `theirs` that `mine` lacks and that are newer than `common`. */
export function lostTexts(
  common: InteractionDraft | undefined,
  mine: InteractionDraft,
  theirs: InteractionDraft,
): readonly InteractionValues[] {
  const isLost = (field: InteractionField) =>
    theirs.values[field] !== mine.values[field] && theirs.values[field] !== common?.values[field];
  return othersOf(theirs.values, typedIn(theirs).filter(isLost));
}

/** Adds an entry to keep. It replaces entries that it continues, keystroke by keystroke. */
export function withOther(
  others: readonly InteractionValues[],
  other: InteractionValues,
): readonly InteractionValues[] {
  const isPart = (one: InteractionValues) =>
    fieldOfOther(one) === fieldOfOther(other) && textOfOther(other).startsWith(textOfOther(one));
  return [...others.filter((one) => !isPart(one)), other];
}

/** Drops texts that are in the form and therefore not lost. */
export function withOthers(
  { others: _, ...draft }: InteractionDraft,
  others: readonly InteractionValues[],
): InteractionDraft {
  const left = others.filter((one) => textOfOther(one) !== (draft.values[fieldOfOther(one)] ?? ''));
  return left.length > 0 ? { ...draft, others: left } : draft;
}

/** Removes an entry that is in the form now. The previous text is kept in its place. */
export function withTaken(draft: InteractionDraft, other: InteractionValues): InteractionDraft {
  const left = (draft.others ?? []).filter((one) => one !== other);
  const replaced = typedIn(draft).filter((field) => other[field] !== undefined);
  const others = othersOf(draft.values, replaced).reduce(withOther, left);
  return { ...draft, values: { ...draft.values, ...other }, others };
}
