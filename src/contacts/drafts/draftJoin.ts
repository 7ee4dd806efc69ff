/** Joins, field by field, the drafts of two windows that edit the same contact. */

import { isDeepStrictEqual } from 'node:util';
import type { FieldName } from '../../protocol/fields';
import { fieldNames } from '../model/contact';
import type { Edits } from '../model/update';
import { type Draft, isEmpty, isProposed, isSavedElse, type OtherText, withProposed } from './draft';

const wholeOf = (draft: Draft | undefined, name: FieldName) => [
  draft?.edits[name],
  draft?.base[name],
  draft?.choices?.[name],
  draft?.sent?.[name],
  draft !== undefined && isProposed(draft, name),
];

/** Compares two drafts except for the parts that belong to one window. */
export function isSameDraft(one: Draft | undefined, other: Draft | undefined): boolean {
  const typed = (draft: Draft | undefined) =>
    isEmpty(draft) ? '' : JSON.stringify(fieldNames.map((name) => wholeOf(draft, name)));
  const others = (draft: Draft | undefined) => JSON.stringify((draft?.others ?? []).map(textOf).sort());
  return typed(one) === typed(other) && others(one) === others(other);
}

const textOf = ({ field, text }: OtherText) => JSON.stringify([field, text]);

/** Adds a text to keep. It replaces texts that it continues, keystroke by keystroke. */
export function withOther(others: readonly OtherText[], other: OtherText): readonly OtherText[] {
  const { field, text } = other;
  const isPart = (one: OtherText) => one.field === field && text.startsWith(one.text);
  return [...others.filter((one) => !isPart(one)), other];
}

/** Drops texts that are in their field and therefore not lost. */
export const othersBeside = ({ edits }: Draft, others: readonly OtherText[]) =>
  others.filter(({ field, text }) => edits[field] !== text);

/**
 * Joins the drafts of two windows: another window stored `theirs` while this one has `mine`, and both began
 * with `common`. A field that only one window changed takes that window's text. Text that is newer than
 * `common` stays if the other window saved or reverted the previous text. If both typed, ours stays and
 * theirs is kept in `others`.
 */
export function joinDrafts(common: Draft | undefined, mine: Draft, theirs: Draft | undefined): Draft {
  const { edits, base, choices, others, proposed: _, ...rest } = mine;
  let joined: Draft = {
    ...rest,
    edits: {},
    base: {},
    choices: {},
    sent: joinedSent(common, mine, theirs),
    since: theirs && !isEmpty(theirs) && theirs.since < mine.since ? theirs.since : mine.since,
  };
  let lost: readonly OtherText[] = [];
  const savedThere: FieldName[] = [];
  for (const field of fieldNames) {
    const [ours, other] = [edits[field], theirs?.edits[field]];
    const [touchedHere, touchedThere] = [touched(field, common, mine), touched(field, common, theirs)];
    const isOurs = touchedHere && (ours !== undefined || !touchedThere);
    const value = isOurs ? ours : other;
    if (isOurs && touchedThere)
      for (const text of typedTexts(field, theirs))
        if (!typedTexts(field, mine).includes(text) && !typedTexts(field, common).includes(text))
          lost = withOther(lost, { field, text });
    if (value === undefined) {
      const was = theirs?.saved?.includes(field) ? common?.edits[field] : undefined;
      // The form in this window may not show the other window's saved value yet.
      if (was !== undefined) {
        joined = { ...joined, sent: { ...joined.sent, [field]: was } };
        savedThere.push(field);
      }
      continue;
    }
    const isChosenHere = !isDeepStrictEqual(choices?.[field], common?.choices?.[field]);
    const chosen = (isOurs || (!touchedHere && isChosenHere) ? mine : theirs)?.choices?.[field];
    joined = {
      ...joined,
      edits: { ...joined.edits, [field]: value },
      base: { ...joined.base, [field]: joinedBase(field, isOurs, common, mine, theirs) },
      sent: { ...joined.sent, ...savedOver(field, isOurs, common, mine, theirs) },
      choices: { ...joined.choices, ...(chosen ? { [field]: chosen } : {}) },
    };
    if (isStillProposed(field, isOurs, mine, theirs)) joined = withProposed(joined, field);
  }
  const kept = joinOthers(common?.others ?? [], others ?? [], theirs?.others ?? [], textOf);
  // A field that has an edit again no longer counts as saved.
  const saved = [...(mine.saved ?? []), ...savedThere].filter((field) => joined.edits[field] === undefined);
  return { ...joined, saved, others: othersBeside(joined, lost.reduce(withOther, kept)) };
}

/** The typed texts for a field: the edit, and the third value of a conflict. */
function typedTexts(field: FieldName, draft: Draft | undefined): readonly string[] {
  const choice = draft?.choices?.[field];
  const texts = [draft?.edits[field], choice?.choice === 'other' ? choice.value : undefined];
  return texts.filter((text) => text !== undefined);
}

const touched = (field: FieldName, common: Draft | undefined, draft: Draft | undefined) =>
  !isDeepStrictEqual(typedTexts(field, draft), typedTexts(field, common));

/** The mark belongs to the text that stays. A text that both have is a person's as soon as it is so in one window. */
function isStillProposed(field: FieldName, isOurs: boolean, mine: Draft, theirs: Draft | undefined): boolean {
  const [here, there] = [isProposed(mine, field), theirs !== undefined && isProposed(theirs, field)];
  if (mine.edits[field] === theirs?.edits[field]) return here && there;
  return isOurs ? here : there;
}

/** The base of a joined field. If the other window saved the common text, the newer text is based on it. */
function joinedBase(
  field: FieldName,
  isOurs: boolean,
  common: Draft | undefined,
  mine: Draft,
  theirs: Draft | undefined,
): string {
  const before = common?.base[field];
  const [from, other] = isOurs ? [mine, theirs] : [theirs, mine];
  const own = from?.base[field] ?? '';
  if (own !== before) return own;
  if (other?.edits[field] !== undefined) return other.base[field] ?? own;
  return savedOver(field, isOurs, common, mine, theirs)[field] ?? own;
}

/**
 * A text that both had and the other side saved: the API has it, perhaps in a tidier form. Without common ground, and
 * if the other side does not know what it saved, it may be this very text.
 */
function savedOver(
  field: FieldName,
  isOurs: boolean,
  common: Draft | undefined,
  mine: Draft,
  theirs: Draft | undefined,
): Edits {
  const was = common?.edits[field];
  const [from, other] = isOurs ? [mine, theirs] : [theirs, mine];
  if (beganAtSaved(field, common, from)) return {};
  const isSaved = other?.edits[field] === undefined && other?.saved?.includes(field) === true;
  if (isSaved && common === undefined) return { [field]: other?.sent?.[field] ?? from?.edits[field] };
  return was !== undefined && isSaved && from?.base[field] === common?.base[field] ? { [field]: was } : {};
}

/**
 * True if an edit began at a value that its own window had saved, which is newer than what the other one saved. An edit
 * that both had is older: the other window may have saved it since.
 */
const beganAtSaved = (field: FieldName, common: Draft | undefined, draft: Draft | undefined): boolean =>
  draft?.edits[field] !== undefined &&
  draft.sent?.[field] === draft.base[field] &&
  draft.base[field] !== common?.base[field];

/** The window that sent a value, or received its response, determines whether the value may have arrived. */
function joinedSent(common: Draft | undefined, mine: Draft, theirs: Draft | undefined): Edits {
  return Object.fromEntries(
    fieldNames.flatMap((field) => {
      const isTheirs = mine.edits[field] === common?.edits[field] && beganAtSaved(field, common, theirs);
      const isOurs = !isTheirs && mine.sent?.[field] !== common?.sent?.[field];
      const value = (isOurs ? mine : theirs)?.sent?.[field];
      // An edit that began after this window's save already knows the saved value.
      const from = mine.edits[field] === undefined ? theirs?.base[field] : undefined;
      if (isOurs && from !== undefined && !isSavedElse(mine, field, from)) return [];
      return value === undefined ? [] : [[field, value]];
    }),
  );
}

/**
 * Combines the texts of both windows, without those that one of them has dropped.
 * @param textOf returns what two equal entries have in common
 */
export function joinOthers<T>(
  common: readonly T[],
  mine: readonly T[],
  theirs: readonly T[],
  textOf: (one: T) => string,
): readonly T[] {
  const has = (others: readonly T[], one: T) => others.some((other) => textOf(other) === textOf(one));
  const isDone = (one: T) => has(common, one) && !(has(mine, one) && has(theirs, one));
  const added = theirs.filter((one) => !has(mine, one));
  return [...mine, ...added].filter((one) => !isDone(one));
}
