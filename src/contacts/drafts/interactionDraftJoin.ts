/** Two windows that write about one interaction: it is sent as a whole, so it is not mixed of two. */
import {
  type InteractionDraft,
  type InteractionValues,
  interactionFields,
  isTyped,
  type Sent,
  typedIn,
} from './interactionDraft';

/** Nothing typed is the same, whether or not it was begun. */
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
/** What is only begun has none. */
const typedText = (draft: InteractionDraft | undefined) =>
  draft && typedIn(draft).length > 0 ? JSON.stringify([listed(draft.values), listed(draft.base)]) : undefined;
const baseText = (draft: InteractionDraft | undefined) => JSON.stringify(listed(draft?.base));
const sentText = (draft: InteractionDraft | undefined) =>
  draft?.sent && JSON.stringify([draft.sent.attempt, draft.sent.since, listed(draft.sent.values)]);

/** One more text to be kept. What it goes on from, key by key, is no text of its own. */
export function withOtherNotes(
  others: readonly InteractionValues[],
  other: InteractionValues,
): readonly InteractionValues[] {
  const isPart = (one: InteractionValues) => (other.notes ?? '').startsWith(one.notes ?? '');
  return [...others.filter((one) => !isPart(one)), other];
}

/** What stands in the form is not lost. */
export function withOthers(
  { others: _, ...draft }: InteractionDraft,
  others: readonly InteractionValues[],
): InteractionDraft {
  const left = others.filter(({ notes }) => notes !== draft.values.notes);
  return left.length > 0 ? { ...draft, others: left } : draft;
}

/**
 * Another window stored `theirs` while this one has `mine`, both having started from `common`. Text that is newer
 * than `common` stays, also where the other side is done with it or emptied its form. Where both typed, ours
 * stays and theirs is kept among the `others`.
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
 * Whether it is on its way is known to the window that sent it. This one comes late where another has it on its
 * way, or had it: then it is gone, or goes on from what was sent, which may be what stood there before.
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

/** Those of both, without what one of them is done with. */
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
