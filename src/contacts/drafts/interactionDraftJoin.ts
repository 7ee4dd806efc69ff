/**
 * Joins the drafts of two windows about the same interaction. It is sent as a whole, so fields of two windows
 * are never mixed.
 */
import {
  type InteractionDraft,
  type InteractionValues,
  interactionFields,
  isTyped,
  type Sent,
  typedIn,
} from './interactionDraft';

/** Compares two drafts. Drafts without typed text are equal, whether or not they have begun. */
export function isSameInteractionDraft(
  one: InteractionDraft | undefined,
  other: InteractionDraft | undefined,
): boolean {
  const typed = (draft: InteractionDraft | undefined) =>
    isTyped(draft)
      ? JSON.stringify([typedText(draft), sentText(draft), (draft.others ?? []).map(valuesText).sort()])
      : '';
  return typed(one) === typed(other);
}

const listed = (some: InteractionValues | undefined) => interactionFields.map((name) => some?.[name]);
const valuesText = (some: InteractionValues) => JSON.stringify(listed(some));
/** Undefined for a draft without typed text. */
const typedText = (draft: InteractionDraft | undefined) =>
  draft && typedIn(draft).length > 0 ? JSON.stringify([listed(draft.values), listed(draft.base)]) : undefined;
const baseText = (draft: InteractionDraft | undefined) => JSON.stringify(listed(draft?.base));
const sentText = (draft: InteractionDraft | undefined) =>
  draft?.sent && JSON.stringify([draft.sent.attempt, draft.sent.since, listed(draft.sent.values)]);

/** Adds a text to keep. It replaces texts that it continues, keystroke by keystroke. */
export function withOtherNotes(
  others: readonly InteractionValues[],
  other: InteractionValues,
): readonly InteractionValues[] {
  const isPart = (one: InteractionValues) => (other.notes ?? '').startsWith(one.notes ?? '');
  return [...others.filter((one) => !isPart(one)), other];
}

/** Drops texts that are in the form and therefore not lost. */
export function withOthers(
  { others: _, ...draft }: InteractionDraft,
  others: readonly InteractionValues[],
): InteractionDraft {
  const left = others.filter(({ notes }) => notes !== draft.values.notes);
  return left.length > 0 ? { ...draft, others: left } : draft;
}

/**
 * Joins the drafts of two windows: another window stored `theirs` while this one has `mine`, and both began
 * with `common`. Text that is newer than `common` stays, even if the other window sent or discarded its
 * draft. If both typed, ours stays and theirs is kept in `others`.
 */
export function joinInteractionDrafts(
  common: InteractionDraft | undefined,
  mine: InteractionDraft | undefined,
  theirs: InteractionDraft | undefined,
): InteractionDraft | undefined {
  if (mine === undefined) return theirs;
  const others = joinOthers(common?.others ?? [], mine.others ?? [], theirs?.others ?? []);
  if (theirs === undefined) {
    const isOurs = !isSameInteractionDraft(mine, common);
    return isOurs ? withOthers({ ...mine, sent: sentOf(common, mine, theirs) }, others) : undefined;
  }
  const [before, ours, other] = [typedText(common), typedText(mine), typedText(theirs)];
  const isTheirs = other !== before && (ours === undefined || ours === before);
  const text = isTheirs ? { values: theirs.values, base: theirs.base } : {};
  const draft = { ...mine, ...text, sent: sentOf(common, mine, theirs) };
  const isLost =
    !isTheirs &&
    other !== before &&
    other !== ours &&
    typedIn(theirs).includes('notes') &&
    !!theirs.values.notes;
  return withOthers(draft, isLost ? withOtherNotes(others, theirs.values) : others);
}

/**
 * Determines the mark of sending. The window that sent it knows best, but this window comes late if another
 * one has sent in the meantime: then our mark is dropped, or the text continues the sent one, which may be
 * the previous text.
 */
function sentOf(
  common: InteractionDraft | undefined,
  mine: InteractionDraft,
  theirs: InteractionDraft | undefined,
): Sent | undefined {
  if (sentText(mine) === sentText(common)) return theirs ? theirs.sent : mine.sent;
  const isLate = sentText(theirs) !== sentText(common);
  if (mine.sent === undefined || (isLate && theirs?.sent)) return theirs?.sent;
  return common && baseText(theirs) !== baseText(common)
    ? { values: (common.sent ?? common).values }
    : mine.sent;
}

/** Combines the texts of both windows, without those that one of them has dropped. */
function joinOthers(
  common: readonly InteractionValues[],
  mine: readonly InteractionValues[],
  theirs: readonly InteractionValues[],
): readonly InteractionValues[] {
  const has = (others: readonly InteractionValues[], one: InteractionValues) =>
    others.some((other) => valuesText(other) === valuesText(one));
  const isDone = (one: InteractionValues) => has(common, one) && !(has(mine, one) && has(theirs, one));
  const added = theirs.filter((one) => !has(mine, one));
  return [...mine, ...added].filter((one) => !isDone(one));
}
