/**
 * Joins the drafts of two windows about the same interaction. It is sent as a whole, so fields of two windows
 * are never mixed.
 */
import { joinOthers } from './draftJoin';
import {
  changeable,
  type InteractionDraft,
  type InteractionEnding,
  type InteractionValues,
  interactionFields,
  isNewOne,
  isTyped,
  type Sent,
  typedIn,
} from './interactionDraft';
import { lostTexts, withOther, withOthers } from './interactionOthers';

/** Compares two drafts. Drafts without typed text are equal, whether or not they have begun. */
export function isSameInteractionDraft(
  one: InteractionDraft | undefined,
  other: InteractionDraft | undefined,
): boolean {
  const typed = (draft: InteractionDraft | undefined) =>
    isTyped(draft)
      ? JSON.stringify([
          typedText(draft),
          draft.form,
          sentText(draft),
          (draft.others ?? []).map(valuesText).sort(),
        ])
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

/**
 * Joins the drafts of two windows: another window stored `theirs` while this one has `mine`, and both began
 * with `common`. Text that is newer than `common` stays, even if the other window sent or discarded its
 * draft, and is then based on the saved values. If both typed, ours stays and theirs is kept in `others`.
 */
export function joinInteractionDrafts(
  common: InteractionDraft | undefined,
  mine: InteractionDraft | undefined,
  theirs: InteractionDraft | undefined,
): InteractionDraft | undefined {
  if (mine === undefined) return theirs?.ended ? undefined : theirs;
  if (mine.ended) return theirs && !theirs.ended ? afterEnding(common, theirs, mine.ended) : mine;
  const others = joinOthers(common?.others ?? [], mine.others ?? [], theirs?.others ?? [], valuesText);
  if (theirs === undefined || theirs.ended) {
    if (isSameInteractionDraft(mine, common)) return undefined;
    const left = { ...mine, sent: sentOf(common, mine, undefined) };
    const after = theirs?.ended ? afterEnding(common, left, theirs.ended) : left;
    return after && withOthers(after, others);
  }
  const [before, ours, other] = [typedText(common), typedText(mine), typedText(theirs)];
  const isTheirs = other !== before && (ours === undefined || ours === before);
  const { values, base, form } = isTheirs || other === ours ? theirs : mine;
  const draft: InteractionDraft = {
    ...mine,
    values,
    base: isTheirs ? base : joinedBase(common, mine, theirs),
    sent: isTheirs ? sentOf(common, mine, theirs) : sentBeside(common, mine, theirs),
    ...(form === undefined ? {} : { form }),
  };
  const lost = isTheirs || other === before || other === ours ? [] : lostTexts(common, mine, theirs);
  return withOthers(draft, lost.reduce(withOther, others));
}

/** Returns the text that was typed after the other window saved the common one; undefined if none is left. */
function afterEnding(
  common: InteractionDraft | undefined,
  draft: InteractionDraft,
  { saved, logged }: InteractionEnding,
): InteractionDraft | undefined {
  // The text continues a logged one. Only a search shows which part of it Ctrl Hub holds.
  if (logged !== undefined && logged === draft.form) return { ...draft, sent: sentBefore(common ?? draft) };
  const arrived = Object.fromEntries(
    saved.flatMap((field) => {
      const was = common?.values[field];
      return was === undefined || draft.base[field] !== common?.base[field] ? [] : [[field, was]];
    }),
  );
  const typedOn = Object.entries(arrived).filter(
    ([field, was]) => draft.values[field as keyof InteractionValues] !== was,
  );
  const sent = { ...draft.sent?.values, ...Object.fromEntries(typedOn) };
  const left = {
    ...draft,
    base: { ...draft.base, ...arrived },
    sent: Object.keys(sent).length > 0 ? { ...draft.sent, values: sent } : undefined,
  };
  return isTyped(left) ? left : undefined;
}

/**
 * The base of a joined field. If the other window saved it, or answered a conflict, the newer text is based
 * on that value.
 */
function joinedBase(
  common: InteractionDraft | undefined,
  mine: InteractionDraft,
  theirs: InteractionDraft,
): InteractionValues {
  if (isNewOne(mine) || common === undefined) return mine.base;
  const moved = changeable.filter((field) => mine.base[field] === common.base[field]);
  return { ...mine.base, ...Object.fromEntries(moved.map((field) => [field, theirs.base[field] ?? ''])) };
}

/** Works as `sentOf`, for the case that this window's text stays. */
function sentBeside(
  common: InteractionDraft | undefined,
  mine: InteractionDraft,
  theirs: InteractionDraft,
): Sent | undefined {
  const isLogged =
    common !== undefined &&
    isNewOne(mine) &&
    mine.form === common.form &&
    theirs.form !== common.form &&
    theirs.base.date_time === common.values.date_time &&
    baseText(theirs) !== baseText(common);
  if (isLogged && mine.sent === undefined) return sentBefore(common);
  return sentOf(common, mine, theirs);
}

const sentBefore = ({ sent, values }: InteractionDraft): Sent =>
  sent ? { values: sent.values, before: sent.before } : { values };

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
  if (!isNewOne(mine)) return theirs ? sentValuesOf(common, mine, theirs) : mine.sent;
  if (sentText(mine) === sentText(common)) return theirs ? theirs.sent : mine.sent;
  const isLate = sentText(theirs) !== sentText(common);
  if (mine.sent === undefined || (isLate && theirs?.sent)) return theirs?.sent;
  return common && baseText(theirs) !== baseText(common)
    ? { values: (common.sent ?? common).values }
    : mine.sent;
}

/**
 * For a change: the window that sent a value, or received its response, determines whether the value may have
 * arrived.
 */
function sentValuesOf(
  common: InteractionDraft | undefined,
  mine: InteractionDraft,
  theirs: InteractionDraft,
): Sent | undefined {
  const values = Object.fromEntries(
    changeable.flatMap((field) => {
      const isOurs = mine.sent?.values[field] !== common?.sent?.values[field];
      const value = (isOurs ? mine : theirs).sent?.values[field];
      return value === undefined ? [] : [[field, value]];
    }),
  );
  return Object.keys(values).length > 0 ? { values } : undefined;
}
