/** Recognises how spreadsheets, and files for spreadsheets, change a value. */
import { asSpreadsheetText } from '../../base/spreadsheetText';
import type { FieldName } from '../../protocol/fields';
import type { Damage } from './fileUpdate';

/** Removes the apostrophes that an export for spreadsheets puts in front. Returns any other text unchanged. */
export function withoutApostrophe(cell: string): string {
  if (!cell.includes("'")) return cell;
  const inner = cell.startsWith("'") ? cell.slice(1) : cell;
  const value = inner.replace(/([;\t\r\n][\s\p{Cc}\p{Cf}"']*)'/gu, '$1');
  for (const candidate of [value, inner])
    if (candidate !== cell && asSpreadsheetText(candidate) === cell) return candidate;
  return cell;
}

/** Compares without line endings, which spreadsheets change, and trailing white space, which they remove. */
export const isSameCell = (cell: string, value: string) => lines(cell) === lines(value);
const lines = (text: string) => text.replace(/\r\n?/g, '\n').trim();

/**
 * Detects a number that a spreadsheet changed. The contact's current number shows if it can be repaired.
 * @param now the current value of the contact
 */
export function damageOf(row: number, field: FieldName, cell: string, now: string): Damage | undefined {
  if (field !== 'telephone') return undefined;
  const found = cell.trim();
  const digits = now.replace(/[^\d]/g, '');
  const damage = (kind: Damage['kind'], repaired: string | undefined): Damage => ({
    row,
    field,
    kind,
    found,
    ...(repaired !== undefined && { repaired }),
  });
  const exponent = /^\+?(\d)(?:[.,](\d+))?E\+?(\d{1,2})$/i.exec(found);
  if (exponent) {
    const [, first = '', others = ''] = exponent;
    const rounded = Number(digits).toExponential(others.length).replace('+', '');
    const isSame = digits !== '' && rounded === `${first}${others && '.'}${others}e${Number(exponent[3])}`;
    return damage('exponent', isSame ? now : undefined);
  }
  if (!/^\d{6,15}(?:[.,]0+)?$/.test(found)) return undefined;
  const plain = found.replace(/[.,]0+$/, '');
  if (plain !== found && plain === digits && now.startsWith(plain)) return damage('zero', now);
  // Compares with the contact's own number, without the plus sign or the leading zeros that a number cell loses.
  if (/^\s*\+/.test(now)) {
    if (plain === digits) return damage('plus', now);
    const code = digits.slice(0, 2);
    return plain.startsWith(code) && plain.length === digits.length ? damage('plus', `+${plain}`) : undefined;
  }
  if (digits.startsWith('0')) {
    if (plain === digits.replace(/^0+/, '')) return damage('zero', now);
    return !plain.startsWith('0') && plain.length === digits.length - 1
      ? damage('zero', `0${plain}`)
      : undefined;
  }
  return undefined;
}
