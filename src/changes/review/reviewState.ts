/** Builds the state that the page of a review shows. */
import * as vscode from 'vscode';
import type { ContactRef } from '../../api/contacts';
import { clip, isVisible, toLine } from '../../base/text';
import type { AccountStores } from '../../contacts/accountStores';
import { environmentName } from '../../platform/text/environmentNames';
import { fieldLabels, namesOf, proposedText } from '../../platform/text/labels';
import { contactCount } from '../../platform/text/plural';
import type { ReviewHead, ReviewMark, ReviewRow, ReviewSkipped } from '../../protocol/review';
import type { ItemOutcome } from '../apply/outcome';
import type { FieldChange, Skipped, SkipReason } from '../plan/plan';
import { escapeValue, unseenIn } from '../text/escape';
import { leftGroups, leftOf } from './leftRows';
import type { ReviewModel } from './reviewModel';
import { applyLabel, resultOf, skipText, timeText, totalsOf, warningText } from './reviewTexts';

/** The greatest number of characters of a value on the page. The diff shows the whole value. */
const maxLength = 2_000;

/** A header without text and without buttons. */
export const emptyHead: ReviewHead = {
  where: '',
  totals: [],
  warnings: [],
  status: '',
  announcement: '',
  canInclude: false,
  canCancel: false,
  canCompare: false,
  canSaveResult: false,
  canReviewAgain: false,
  canSignIn: false,
  canDiscard: false,
};

type Organisations = Pick<AccountStores['organisations'], 'name'>;

const nameOf = (organisations: Organisations, id: string) => toLine(organisations.name(id) ?? id);

/** "Moorland Water · Production" */
function whereText({ plan, rows }: ReviewModel, organisations: Organisations): string {
  const all = plan.organisations;
  const planned = all.map(({ organisationId, contacts }) => {
    const name = nameOf(organisations, organisationId);
    return all.length > 1 ? `${name} (${contactCount(contacts)})` : name;
  });
  // After Apply, or when everything is excluded, nothing is planned.
  const shown = [...new Set(rows.map(({ item }) => nameOf(organisations, item.ref.organisationId)))];
  const names = planned.length > 0 ? planned : shown;
  return [...names, environmentName(plan.origin)].join(' · ');
}

export function headOf(model: ReviewModel, organisations: Organisations): ReviewHead {
  const { plan, file, undoes, rows } = model;
  const count = plan.items.length;
  // When everything was applied, the status tells what became of the contacts.
  const isOver = count === 0 && rows.some(({ outcome }) => outcome !== undefined);
  return {
    ...emptyHead,
    where: [
      whereText(model, organisations),
      ...(file ? [file.name] : []),
      ...(undoes ? [vscode.l10n.t('Undo of {0}', timeText(undoes.at))] : []),
    ].join(' · '),
    totals: isOver ? [] : totalsOf(plan),
    warnings: plan.warnings.map(warningText),
    apply: { label: applyLabel(count), isEnabled: count > 0 },
    canInclude: true,
    canCompare: count > 0,
    canDiscard: count > 0 && file !== undefined && !file.isDiscarded,
  };
}

/** Falls back to the id if the name is invisible, so that there is a text to see and to click. */
const nameOfContact = ({ ref, title }: Pick<Skipped, 'ref' | 'title'>) =>
  isVisible(title) ? toLine(title) : ref.contactId;

export function rowsOf({ rows }: ReviewModel, organisations: Organisations): readonly ReviewRow[] {
  const labels = fieldLabels();
  const isOfSeveral = new Set(rows.map(({ item }) => item.ref.organisationId)).size > 1;
  return rows.map(({ item }) => ({
    name: nameOfContact(item),
    where: isOfSeveral ? nameOf(organisations, item.ref.organisationId) : '',
    changes: item.changes.map((change) => ({
      field: labels[change.field],
      before: clip(readable(change.before), maxLength),
      after: clip(readable(change.after), maxLength),
      notes: notesOf(change),
    })),
  }));
}

const notesOf = ({ isProposed, mayBeWrong }: FieldChange): readonly string[] => [
  ...(isProposed ? [proposedText()] : []),
  ...(mayBeWrong ? [vscode.l10n.t('May be wrong')] : []),
];

/** Writes characters that cannot be seen as in a text of contacts: a change of them would look like none. */
const readable = (value: string) =>
  unseenIn(value).some(({ character }) => character !== '\n') ||
  value !== value.trim() ||
  value.includes('\\u{')
    ? escapeValue(value)
    : value;

/** @param outcomes one for each row */
export function marksOf(
  { rows }: ReviewModel,
  outcomes: readonly (ItemOutcome | undefined)[],
): readonly ReviewMark[] {
  return rows.map(({ item, isPlanned, isIncluded }, n) => {
    const outcome = outcomes[n];
    return { canInclude: isPlanned, isIncluded, result: outcome && resultOf(outcome, item.changes) };
  });
}

/** Groups by reason, in the order of first appearance. */
function groupsOf(skipped: readonly Skipped[]): readonly (readonly [SkipReason, readonly Skipped[]])[] {
  const groups = new Map<SkipReason, Skipped[]>();
  for (const one of skipped) groups.set(one.reason, [...(groups.get(one.reason) ?? []), one]);
  return [...groups];
}

/** Lists the contacts without a row, followed by the rows of a file that made no draft. */
export const skippedOf = ({ skipped, file }: ReviewModel): readonly ReviewSkipped[] => [
  ...groupsOf(skipped).map(([reason, all]) => ({
    reason: `${skipText(reason)} · ${contactCount(all.length)}`,
    contacts: all.map(({ ref, title, fields }) => ({
      place: '',
      name: nameOfContact({ ref, title }),
      canOpen: true,
      fields: namesOf(fields),
    })),
  })),
  ...leftOf(file),
];

/** Returns the contact of an entry of `skippedOf`. */
export function skippedRef(
  { skipped, file }: ReviewModel,
  group: number,
  at: number,
): ContactRef | undefined {
  const groups = groupsOf(skipped);
  const own = groups[group];
  return own ? own[1][at]?.ref : leftGroups(file)[group - groups.length]?.[1][at]?.ref;
}
