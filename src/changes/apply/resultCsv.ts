/** Writes the outcomes of a batch as CSV, with one row for each changed field. */
import { stringify } from 'csv-stringify/sync';
import { asSpreadsheetText } from '../../base/spreadsheetText';
import { fieldsIn } from '../../contacts/model/byField';
import type { FieldName } from '../../protocol/fields';
import type { Batch } from './journalRecord';
import { arrivedOf, type ItemOutcome } from './outcome';

const header = ['organisation_id', 'id', 'field', 'before', 'after', 'outcome', 'error'];

/** Escapes formulas for spreadsheets, and starts with a UTF-8 byte order mark. */
export function resultCsv({ items }: Batch): string {
  const rows = items.flatMap(({ ref, before, after, outcome }) =>
    fieldsIn(after).map((field) => [
      ref.organisationId,
      ref.contactId,
      field,
      arrivedOf(outcome)?.replaced[field]?.text ?? before[field]?.text ?? '',
      // Ctrl Hub may have changed the value that it took.
      arrivedOf(outcome)?.now[field] ?? after[field] ?? '',
      ...resultOf(outcome, field),
    ]),
  );
  const cells = [header, ...rows].map((row) => row.map(asSpreadsheetText));
  return `\uFEFF${stringify(cells, { quoted: true, quoted_empty: true, record_delimiter: 'windows' })}`;
}

/** The outcome and the error of one field. A contact that was refused may have some of its values all the same. */
function resultOf(outcome: ItemOutcome, field: FieldName): readonly [string, string] {
  const hasArrived = arrivedOf(outcome)?.now[field] !== undefined;
  return hasArrived ? ['saved', ''] : [outcome.kind, errorOf(outcome)];
}

function errorOf(outcome: ItemOutcome): string {
  if (outcome.kind === 'conflict') return outcome.fields.join(', ');
  if (outcome.kind !== 'refused') return '';
  const { words, status, reason } = outcome;
  return words.join('; ') || [reason, status].filter((part) => part !== undefined).join(' ');
}
