/** Describes the rows of a file that made no draft. */
import * as vscode from 'vscode';
import { toLine } from '../../base/text';
import { fieldLabels } from '../../platform/text/labels';
import { formatNumber, plural } from '../../platform/text/plural';
import type { ReviewSkipped } from '../../protocol/review';
import type { LeftReason, LeftRow } from '../file/fileUpdate';
import type { FileScope } from './reviewScope';

const { t } = vscode.l10n;

/** Groups by reason, in a fixed order: mistakes in the file first. */
export function leftGroups(
  file: FileScope | undefined,
): readonly (readonly [LeftReason, readonly LeftRow[]])[] {
  const { left = [] } = file ?? {};
  return reasons.flatMap((reason) => {
    const rows = left.filter((row) => row.reason === reason);
    return rows.length === 0 ? [] : [[reason, rows] as const];
  });
}

/** The number of rows that have a line of their own. Further rows are listed by number. */
const maxLines = 500;

/** The length of a value of a cell. */
const maxLength = 100;

export function leftOf(file: FileScope | undefined): readonly ReviewSkipped[] {
  const labels = fieldLabels();
  const groups = leftGroups(file).map(([reason, all]): ReviewSkipped => {
    const rest = all.slice(maxLines);
    return {
      reason: `${leftText(reason)} · ${rowCount(new Set(all.map(({ row }) => row)).size)}`,
      contacts: [
        ...all.slice(0, maxLines).map(({ row, text, ref, field, value = '' }) => ({
          place: t('Row {0}', formatNumber(row)),
          name: toLine(text),
          canOpen: ref !== undefined,
          fields: field ? `${labels[field]}: ${toLine(value, maxLength)}` : '',
        })),
        ...(rest.length === 0
          ? []
          : [{ place: t('Rows {0}', rangesOf(rest)), name: '', canOpen: false, fields: '' }]),
      ],
    };
  });
  const { unchanged = 0 } = file ?? {};
  const same = {
    reason: `${t('Nothing to change: Ctrl Hub has it already')} · ${rowCount(unchanged)}`,
    contacts: [],
  };
  return [...groups, ...(unchanged > 0 ? [same] : [])];
}

/** "501–733, 735" */
function rangesOf(rows: readonly LeftRow[]): string {
  const ranges: [number, number][] = [];
  for (const { row } of rows) {
    const last = ranges.at(-1);
    if (last && row <= last[1] + 1) last[1] = row;
    else ranges.push([row, row]);
  }
  return ranges
    .map(([from, to]) => (from === to ? formatNumber(from) : `${formatNumber(from)}–${formatNumber(to)}`))
    .join(', ');
}

const rowCount = (count: number) => plural(t('one: 1 row | other: {0} rows', formatNumber(count)), count);

const reasons: readonly LeftReason[] = [
  'unknownId',
  'unknownEmail',
  'ambiguous',
  'doubled',
  'withoutId',
  'withoutEmail',
  'unreadable',
  'otherOrganisation',
  'typed',
  'damaged',
  'lost',
  'error',
  'same',
  'letters',
];

function leftText(reason: LeftReason): string {
  switch (reason) {
    case 'unknownId':
      return t('No contact has this ID');
    case 'unknownEmail':
      return t('No contact has this email address');
    case 'ambiguous':
      return t('Several contacts have this email address');
    case 'doubled':
      return t('Several rows are for the same contact');
    case 'withoutId':
      return t('The row has no ID');
    case 'withoutEmail':
      return t('The row has no email address');
    case 'unreadable':
      return t('More or fewer cells than there are columns');
    case 'otherOrganisation':
      return t('The row names another organisation');
    case 'typed':
      return t('You typed another value, which stays');
    case 'damaged':
      return t('A spreadsheet damaged the number, and you did not choose to repair it');
    case 'lost':
      return t('A spreadsheet damaged the number, and it cannot be repaired');
    case 'error':
      return t('The cell has an error of a spreadsheet in place of a value');
    case 'same':
      return t('A spreadsheet damaged the number, which is otherwise as in Ctrl Hub');
    case 'letters':
      return t('The file has other characters in place of letters, and is otherwise as in Ctrl Hub');
  }
}
