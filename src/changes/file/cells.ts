/** What a spreadsheet, or the form of a file for one, made of a value. */
import { asSpreadsheetText } from '../../base/spreadsheetText';
import type { FieldName } from '../../protocol/fields';
import type { Damage } from './fileUpdate';

/** The value without the apostrophes that an export for spreadsheets puts in front; any other text as it is. */
export function withoutApostrophe(cell: string): string {
  if (!cell.includes("'")) return cell;
  const inner = cell.startsWith("'") ? cell.slice(1) : cell;
  const value = inner.replace(/([;\t\r\n][\s\p{Cc}\p{Cf}"']*)'/gu, '$1');
  for (const candidate of [value, inner])
    if (candidate !== cell && asSpreadsheetText(candidate) === cell) return candidate;
  return cell;
}

/** The same but for line ends, which spreadsheets change, and white space that they cut off. */
export const isSameCell = (cell: string, value: string) => lines(cell) === lines(value);
const lines = (text: string) => text.replace(/\r\n?/g, '\n').trim();

/**
 * A number that a spreadsheet changed. It can be repaired where the contact's own number says how.
 * @param now what the contact has
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
  // Its own number, without the sign or the zeros that a number cannot have.
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
