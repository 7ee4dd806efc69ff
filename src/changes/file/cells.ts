/** Recognises how spreadsheets, and files for spreadsheets, change a value. */
import { type CodePage, codePages, fromCodePage } from '../../base/codePages';
import { asSpreadsheetText } from '../../base/spreadsheetText';
import type { FieldName } from '../../protocol/fields';
import { toCodePage } from './toCodePage';

/**
 * Removes the apostrophes that an export for spreadsheets puts in front. Returns any other text unchanged.
 * @param now the current value of the contact, which the export wrote
 */
export function withoutApostrophe(cell: string, now = ''): string {
  if (!cell.includes("'")) return cell;
  if (cell === asSpreadsheetText(now)) return now;
  const inner = cell.startsWith("'") ? cell.slice(1) : cell;
  const value = inner.replace(/([;,\t\r\n][\s\p{Cc}\p{Cf}"']*)'/gu, '$1');
  // Some spreadsheets take the first apostrophe off, and not those within the cell.
  for (const candidate of [value, inner])
    if (candidate !== cell && [cell, `'${cell}`].includes(asSpreadsheetText(candidate))) return candidate;
  // The user edited the cell so that an export would write the rest without an apostrophe.
  return !now.startsWith("'") && asSpreadsheetText(now).startsWith("'") ? inner : cell;
}

/**
 * Returns the text that a cell stands for. Many programs write ="07700900123" so that a spreadsheet keeps the zero, and
 * our export an apostrophe.
 * @param now the current value of the contact
 */
export function textOfCell(cell: string, now = ''): string {
  const text = /^="((?:[^"]|"")*)"$/.exec(cell.trim())?.[1];
  return text === undefined ? withoutApostrophe(cell, now) : text.replaceAll('""', '"');
}

/** Compares without line endings, which spreadsheets change, and trailing white space, which they remove. */
export const isSameCell = (cell: string, value: string) => lines(cell) === lines(value);
const lines = (text: string) => text.replace(/\r\n?/g, '\n').trim().normalize('NFC');

/**
 * Returns true if the cell is the value with question marks in place of letters that the file's encoding does not have:
 * Łukasz becomes ?ukasz in Windows-1252.
 */
export function hasLostLetters(cell: string, value: string): boolean {
  if (undecoded.test(cell) && !undecoded.test(value)) return true;
  const [found, now] = [lines(cell), lines(value)];
  return found !== now && hasQuestionMarks(found, now);
}

/**
 * These characters come from a file that was decoded with another encoding before, and not from a keyboard.
 * LibreOffice writes U+F181 for a byte 81 that a code page does not have.
 */
const undecoded = /[\x80-\x9f\uFFFD\uF180-\uF1FF]/;

/** Returns true if the text is the value, but for question marks. */
function hasQuestionMarks(found: string, value: string): boolean {
  if (!found.includes('?')) return false;
  const isLost = (now: string, parts: (text: string) => readonly string[]) => {
    const [all, before] = [parts(found), parts(now)];
    return (
      all.length === before.length &&
      all.every((one, n) => one === before[n] || (one === '?' && (before[n] ?? '') > '\x7f'))
    );
  };
  // Some programs write two question marks for an emoji, others one.
  return [value, value.normalize('NFD')].some(
    (now) => isLost(now, (text) => text.split('')) || isLost(now, (text) => [...text]),
  );
}

/** Returns true if the cell is the value, read in the code page of Western Europe: Dvořák becomes Dvoøák. */
export function isMisread(cell: string, value: string): boolean {
  const [found, now] = [lines(cell), lines(value)];
  // A space that does not break is no letter, and yet becomes one: at the end, too, where `lines` removes it.
  if (found === now || !/[^\0-\x7f]/.test(found) || !/[^\0-\x7f]/.test(value)) return false;
  const bytes = toCodePage(found, 'windows-1252');
  const isIn = (text: string) => text === now || hasQuestionMarks(text, now);
  if (bytes && codePages.some((codePage) => isIn(lines(fromCodePage(bytes, codePage))))) return true;
  // A character of UTF-8 is read as several.
  if (found.length + 1 < new TextEncoder().encode(now).length) return false;
  // The last byte of à is a space in many code pages, and spreadsheets remove it.
  return codePages.some((codePage) => [found, `${found}\xa0`].some((text) => isUtf8As(codePage, text, now)));
}

/** Returns true if the text is `now` in UTF-8, read in the code page, once or twice. */
function isUtf8As(codePage: CodePage, text: string, now: string, times = 2): boolean {
  const bytes = times > 0 ? toCodePage(text, codePage) : undefined;
  if (bytes === undefined) return false;
  const read = new TextDecoder().decode(bytes);
  return lines(read) === now || (read !== text && isUtf8As(codePage, read, now, times - 1));
}

/** The codes of LibreOffice's errors are the same in all languages: Err:502, Fehler:502, Gw:502, "Err :502". */
const coded = /^(?:Err|Erro|Fehler|Fejl|Fel|Gw|Błąd|Ошибка)\s?:\d+$/u;
/** #NAME?, #VALUE!, #DIV/0!, and in other languages "#NOM ?", #WERT!, #¿NOMBRE?, #¡VALOR!; #N/A, #N/D, #NV. */
const named = /^#(?:[¡¿]?\p{Lu}[\p{Lu}\d/]*\s?[!?]|\p{Lu}\/\p{Lu}|NV)$/u;

/** Returns true if the cell is what a spreadsheet shows where a formula failed, in the language of its user. */
export const isFormulaError = (cell: string): boolean => named.test(cell.trim()) || coded.test(cell.trim());

interface Found {
  readonly found: string;
  /** The original number; absent if it is unknown. */
  readonly repaired?: string;
}

/** The forms of the telephone numbers in a list, by which a number is recognised whose contact has another one. */
export class NumberForms {
  readonly #forms = new Set<string>();

  add(telephone: string): void {
    const form = formOf(telephone);
    if (form !== undefined) this.#forms.add(form);
  }

  has(telephone: string): boolean {
    const form = formOf(telephone);
    return form !== undefined && this.#forms.has(form);
  }
}

/** The sign, the first digits and the length: +44… with 12 digits, 07… with 11. */
function formOf(telephone: string): string | undefined {
  const digits = digitsOf(telephone);
  if (digits.length < 6) return undefined;
  return `${/^\s*\+/.test(telephone) ? '+' : ''}${digits.slice(0, 2)} ${digits.length}`;
}

/**
 * Detects a number that a spreadsheet changed. The contact's current number, or else the others of the list, show if it
 * can be repaired.
 * @param now the current value of the contact
 */
export function damageOf(
  field: FieldName,
  cell: string,
  now: string,
  forms = new NumberForms(),
): Found | undefined {
  if (field !== 'telephone') return undefined;
  const found = cell.trim();
  // Excel calculates +44-7700-900123 and +49/30/123456.
  if (isRounded(found, calculated(now))) return damage(found, now);
  // LibreOffice writes the exponent with three digits: 1.23456789012346E+017.
  const exponent = /^[+-]?(\d)(?:[.,](\d{1,20}))?E([+-]?\d{1,3})$/i.exec(found);
  if (exponent) {
    const [, first = '', others = ''] = exponent;
    const digits = digitsOf(now);
    const rounded = Number(digits).toExponential(others.length).replace('+', '');
    const isSame = digits !== '' && rounded === `${first}${others && '.'}${others}e${Number(exponent[3])}`;
    return damage(found, isSame ? now : undefined);
  }
  // A column that is too narrow is saved as it is shown: ########.
  if (/^#(?:#+|\p{Lu}[\p{Lu}\d/]*)$/u.test(found) && !now.startsWith('#')) return damage(found);
  // 01-4567 is taken for January 4567. A number in the same form was typed.
  const isOfSameForm = found.replace(/\d/g, '0') === now.trim().replace(/\d/g, '0');
  if (dateLike.test(now.trim()) && !isOfSameForm && (dateLike.test(found) || monthLike.test(found)))
    return damage(found);
  return withoutBeginning(found, now, isOfSameForm, forms);
}

/**
 * Detects a number without its plus sign, its leading zeros or its separators, which a number cell loses.
 * @param isOfSameForm true if the cell has the separators of the contact's number
 */
function withoutBeginning(
  found: string,
  now: string,
  isOfSameForm: boolean,
  forms: NumberForms,
): Found | undefined {
  const digits = digitsOf(now);
  if (
    /^\d{1,5}$/.test(found) &&
    found === digits.replace(/^0+/, '') &&
    found !== now.trim() &&
    /^[+\d]+$/.test(now.trim())
  )
    return damage(found, now);
  const groups = isOfSameForm ? undefined : grouped.exec(found)?.[1];
  const plain = (groups ?? /^(\d{6,15})(?:[.,]0+)?$/.exec(found)?.[1])?.replace(/\D/g, '');
  if (plain === undefined) return undefined;
  if (groups !== undefined && plain === digits) return damage(found, now);
  if (plain !== found && plain === digits && now.startsWith(plain)) return damage(found, now);
  // Compares with the contact's own number, without the plus sign or the leading zeros that a number cell loses.
  if (/^\s*\+/.test(now)) {
    if (plain === digits) return damage(found, now);
    const code = digits.slice(0, 2);
    if (plain.startsWith(code) && plain.length === digits.length) return damage(found, `+${plain}`);
  } else if (digits.startsWith('0')) {
    if (plain === digits.replace(/^0+/, '')) return damage(found, now);
    if (!plain.startsWith('0') && plain.length === digits.length - 1) return damage(found, `0${plain}`);
  }
  if (plain.startsWith('0') || forms.has(plain)) return undefined;
  const [isPlus, isZero] = [forms.has(`+${plain}`), forms.has(`0${plain}`)];
  if (isPlus && isZero) return damage(found);
  if (isPlus) return damage(found, `+${plain}`);
  return isZero ? damage(found, `0${plain}`) : undefined;
}

const damage = (found: string, repaired?: string): Found => ({
  found,
  ...(repaired !== undefined && { repaired }),
});

const digitsOf = (text: string) => text.replace(/\D/g, '');

/** Digits that a spreadsheet takes for a date, and what it makes of them: 1/4/1967, Jan-67. */
const dateLike = /^\d{1,4}(?:[-/.]\d{1,4}){1,2}$/;
const monthLike = /^(?:\d{1,2}[-. ])?\p{L}{3,9}\.?[-. ]\d{2,4}$/u;

/**
 * A number with thousands separators: 447,700,900,123.00, 447.700.900.123, and the lakhs of India, 4,47,70,09,00,123.
 * With spaces that can break it is a number that a person wrote.
 */
const grouped = /^(\d{1,3}(?:([.,'’\xa0\u202f])\d{3}(?:\2\d{3})+|(?:,\d{2})+,\d{3}))(?:[.,]0+)?$/u;

/** Returns the number that a spreadsheet calculates of a telephone number; undefined if it is no formula. */
function calculated(text: string): number | undefined {
  if (!/^\+\d+(?:[-/]\d+)+$/.test(text)) return undefined;
  const terms = text.slice(1).split('-');
  return terms
    .map((term) =>
      term
        .split('/')
        .map(Number)
        .reduce((all, one) => all / one),
    )
    .reduce((all, one) => all - one);
}

/** Returns true if the text is the number, with as many digits as the text has: 0.0133, 1.32E-06. */
function isRounded(text: string, exact: number | undefined): boolean {
  const parts = /^-?\d+(?:[.,](\d+))?(?:E([+-]?\d{1,3}))?$/i.exec(text);
  if (!parts || exact === undefined) return false;
  const [, decimals = '', exponent = '0'] = parts;
  return (
    Math.abs(Number(text.replace(',', '.')) - exact) <= 0.51 * 10 ** (Number(exponent) - decimals.length)
  );
}
