/** Writes the outcomes of a batch as CSV, with one row for each changed field. */
import { stringify } from 'csv-stringify/sync';
import { asSpreadsheetText } from '../../base/spreadsheetText';
import { fieldNames } from '../../contacts/model/contact';
import type { Batch } from './journalRecord';
import type { ItemOutcome } from './outcome';

const header = ['organisation_id', 'id', 'field', 'before', 'after', 'outcome', 'error'];

/** Escapes formulas for spreadsheets, and starts with a UTF-8 byte order mark. */
export function resultCsv({ items }: Batch): string {
  const rows = items.flatMap(({ ref, before, after, outcome }) =>
    fieldNames
      .filter((field) => after[field] !== undefined)
      .map((field) => [
        ref.organisationId,
        ref.contactId,
        field,
        before[field]?.text ?? '',
        after[field] ?? '',
        outcome.kind,
        errorOf(outcome),
      ]),
  );
  const cells = [header, ...rows].map((row) => row.map(asSpreadsheetText));
  return `\uFEFF${stringify(cells, { quoted: true, quoted_empty: true, record_delimiter: 'windows' })}`;
}

function errorOf(outcome: ItemOutcome): string {
  if (outcome.kind === 'conflict') return outcome.fields.join(', ');
  if (outcome.kind !== 'refused') return '';
  const { words, status, reason } = outcome;
  return words.join('; ') || [reason, status].filter((part) => part !== undefined).join(' ');
}
