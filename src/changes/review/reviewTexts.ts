/** The texts of a review. */
import * as vscode from 'vscode';
import { ApiError } from '../../api/http/errors';
import { toLine } from '../../base/text';
import { contactFields, fieldNames } from '../../contacts/model/contact';
import { sameFieldValue } from '../../contacts/model/sameValue';
import { describeError } from '../../platform/text/errorMessages';
import { fieldLabels, namesOf } from '../../platform/text/labels';
import { conflictText, keptOldText, notSavedText, unknownText } from '../../platform/text/outcomeTexts';
import { contactCount, formatNumber, plural } from '../../platform/text/plural';
import type { ResultKind, ReviewStrings } from '../../protocol/review';
import type { ItemOutcome, StopReason } from '../apply/outcome';
import type { FieldChange, Plan, ShapeWarning, SkipReason } from '../plan/plan';
import { countOutcomes } from './reviewModel';

const { t } = vscode.l10n;

export const applyLabel = (count: number): string =>
  plural(t('one: Apply to 1 contact | other: Apply to {0} contacts', formatNumber(count)), count);

/** The number of contacts, followed by one text for each field. */
export function totalsOf({ items, counts }: Plan): readonly string[] {
  const labels = fieldLabels();
  const all = items.length;
  const changes = plural(t('one: 1 contact changes | other: {0} contacts change', formatNumber(all)), all);
  const fields = fieldNames.flatMap((field) => {
    const count = counts[field];
    if (count === undefined) return [];
    const changed = t('{0}: {1}', labels[field], formatNumber(count.changed));
    return [count.emptied === 0 ? changed : t('{0} ({1} emptied)', changed, formatNumber(count.emptied))];
  });
  const proposed = items.reduce(
    (sum, item) => sum + item.changes.filter(({ isProposed }) => isProposed).length,
    0,
  );
  const byAssistant = plural(
    t(
      'one: 1 change proposed by an assistant | other: {0} changes proposed by an assistant',
      formatNumber(proposed),
    ),
    proposed,
  );
  return [changes, ...fields, ...(proposed > 0 ? [byAssistant] : [])];
}

export function warningText(warning: ShapeWarning): string {
  const labels = fieldLabels();
  const number = formatNumber(warning.contacts);
  if (warning.kind === 'swapped') {
    const [one, other] = warning.fields;
    return t('{0} and {1} change places: {2}', labels[one], labels[other], contactCount(warning.contacts));
  }
  const field = labels[warning.field];
  switch (warning.kind) {
    case 'oneValue':
      return t('{0}: all {1} contacts get the same value', field, number);
    case 'emptied':
      return t('{0} is emptied: {1}', field, contactCount(warning.contacts));
    case 'moved':
      return t('{0} moves from one contact to another: {1}', field, contactCount(warning.contacts));
    case 'encoding':
      return t('{0} looks as if letters were damaged: {1}', field, contactCount(warning.contacts));
    case 'mayBeWrong':
      return t('{0} may be wrong: {1}', field, contactCount(warning.contacts));
  }
}

/** The time of an Apply, by which the user knows it. @param at as in `Batch` */
export const timeText = (at: string): string =>
  new Date(at).toLocaleString(vscode.env.language, { dateStyle: 'medium', timeStyle: 'short' });

/** The heading for a group of skipped contacts. */
export function skipText(reason: SkipReason): string {
  switch (reason) {
    case 'nothing':
      return t('Nothing to change: Ctrl Hub has it already');
    case 'leftOut':
      return t('Left out here: stays a draft');
    case 'wrong':
      return t('A value that cannot be saved');
    case 'conflict':
      return conflictText();
    case 'unread':
      return t('Could not be read');
    case 'gone':
      return t('Deleted, or your account may not see it');
    case 'changedSince':
      return t('Somebody has changed it since, so it is not undone');
    case 'edited':
      return t('Has unsaved changes, so it is not undone');
    case 'excluded':
      return t('Excluded');
    case 'busy':
      return t('A save is under way');
  }
}

/** @param changes the values that were sent */
export function resultOf(
  outcome: ItemOutcome,
  changes: readonly FieldChange[],
): { readonly kind: ResultKind; readonly text: string } {
  switch (outcome.kind) {
    case 'pending':
      return { kind: 'open', text: t('Not sent') };
    case 'saved': {
      const others = changes.flatMap(({ field, after }) => {
        const now = outcome.arrived.now[field] ?? after;
        if (sameFieldValue(contactFields.kindOf(field), after, now)) return [];
        return [t('{0}: {1}', fieldLabels()[field], toLine(now, 500) || t('(empty)'))];
      });
      return {
        kind: 'done',
        text: others.length > 0 ? t('Saved, but Ctrl Hub has {0}', others.join(' · ')) : t('Saved'),
      };
    }
    case 'alreadySo':
      return { kind: 'done', text: t('Already so') };
    case 'conflict':
      return { kind: 'trouble', text: t('In conflict: {0}', namesOf(outcome.fields)) };
    case 'unknown':
      return { kind: 'open', text: unknownText() };
    case 'refused': {
      const words = outcome.words.map((one) => toLine(one, 500)).join(' · ');
      return { kind: 'trouble', text: notSavedText(words || reasonText(outcome.reason)) };
    }
  }
}

const described = ['unreachable', 'timedOut', 'forbidden', 'notFound', 'invalid', 'server'] as const;

function reasonText(reason: string): string {
  if (reason === 'ignored') return keptOldText();
  if (reason === 'busy') return t('A save is under way');
  const known = described.find((one) => one === reason);
  return describeError(known && new ApiError(known));
}

/** "11 saved, 1 in conflict" */
export function outcomesText(outcomes: readonly (ItemOutcome | undefined)[]): string {
  const counts = countOutcomes(outcomes);
  const of = (forms: string, count = 0) => (count === 0 ? [] : [plural(forms, count)]);
  const number = (count = 0) => formatNumber(count);
  return [
    ...of(t('one: 1 saved | other: {0} saved', number(counts.saved)), counts.saved),
    ...of(t('one: 1 already so | other: {0} already so', number(counts.alreadySo)), counts.alreadySo),
    ...of(t('one: 1 in conflict | other: {0} in conflict', number(counts.conflict)), counts.conflict),
    ...of(t('one: 1 not saved | other: {0} not saved', number(counts.refused)), counts.refused),
    ...of(t('one: 1 not known | other: {0} not known', number(counts.unknown)), counts.unknown),
    ...of(t('one: 1 not sent | other: {0} not sent', number(counts.pending)), counts.pending),
  ].join(', ');
}

/** The result of an Apply. @param isOutdated true if the page cannot be applied any more */
export function resultText(
  outcomes: readonly (ItemOutcome | undefined)[],
  stopped: StopReason | undefined,
  isOutdated = false,
): string {
  const sentences = [...(stopped ? [stopText(stopped)] : []), ...(isOutdated ? [outdatedText()] : [])];
  return [outcomesText(outcomes), sentences.join(' ')].filter((text) => text !== '').join('. ');
}

export const outdatedText = () => t('Drafts have changed since. Review them again before you apply them.');

function stopText(reason: StopReason): string {
  switch (reason) {
    case 'cancelled':
      return t('Cancelled: no other contact was sent.');
    case 'likeFailures':
      return t('Stopped after three contacts in a row failed in the same way.');
    case 'session':
      return t('Stopped: the session has ended, and the same person did not sign in again.');
    case 'forbidden':
      return t('Stopped: your account is not allowed to do this.');
    case 'wait':
      return t('Stopped: Ctrl Hub asks for a longer wait. Try again later.');
    case 'disk':
      return t(
        'Stopped: this computer could not write down what is sent, so nothing else was. Check the free space.',
      );
    case 'otherWindow':
      return t('Another window is applying changes. Try again when it is done.');
  }
}

export const reviewStrings = (): ReviewStrings => ({
  language: vscode.env.language,
  title: t('Review Changes'),
  cancel: t('Cancel'),
  compare: t('Show as Diff'),
  saveResult: t('Save Result…'),
  reviewAgain: t('Review Again'),
  signIn: t('Sign In'),
  discard: t('Discard the File’s Drafts'),
  search: t('Search in the changes'),
  found: t('{0} of {1} shown', '{0}', '{1}'),
  warnings: t('Check this first'),
  changes: t('Changes'),
  includeAll: t('Include all that are shown'),
  include: t('Include {0}', '{0}'),
  contact: t('Contact'),
  field: t('Field'),
  before: t('Before'),
  after: t('After'),
  result: t('Result'),
  empty: t('(empty)'),
  skipped: t('Left out'),
});
