/**
 * Keeps a spreadsheet from reading a text as something else: a formula, a number, a date. Excel and LibreOffice
 * show the apostrophe in front of a text of a CSV file; so a telephone number stays whole and readable as
 * '+44 20… or '07700…, while the number alone would lose its plus or its zero, and one with hyphens would be
 * added up. A tab in front would be invisible, and be copied along.
 */

// Full-width signs work in Far Eastern versions; what is invisible before a sign doesn't take its meaning.
const atStart = /^[\s\p{Cc}\p{Cf}"']*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20\uFE62-\uFE63\uFE66\uFE6B\u2212]/u;
// Where a semicolon or tab divides fields, a cell begins after it, and a row after a line break.
const within =
  /([;\t\r\n][\s\p{Cc}\p{Cf}"']*)(?=[=+\-@\uFF1D\uFF0B\uFF0D\uFF20\uFE62-\uFE63\uFE66\uFE6B\u2212])/gu;

export function asSpreadsheetText(text: string): string {
  const inside = text.replace(within, "$1'");
  return atStart.test(text) || /^[\t\r\n]/.test(text) || isConverted(text) ? `'${inside}` : inside;
}

/** Truth values of the display languages; a spreadsheet makes cells of another kind of them. */
const truth = /^(true|false|wahr|falsch|vrai|faux|verdadero|falso)$/;

/**
 * Letters beside digits that still make a number, a time or a date: exponents, hexadecimal digits and currencies
 * aside, the words of a date in English, German, French and Spanish, by their first three letters.
 */
const dateWord =
  /^(e|d|t|z|h|a|p|am|pm|utc|gmt|st|nd|rd|th|er|de|del|um|uhr|eur|usd|gbp|chf|kr|(jan|ene|feb|fév|fev|mär|mar|maa|apr|abr|avr|may|mai|jun|jui|jul|aug|août|aou|ago|sep|oct|okt|nov|dec|dez|dic|déc|ion|chw|maw|ebr|gor|awst|med|hyd|tach|rhag|sun|mon|tue|wed|thu|fri|sat|son|mon|die|mit|don|fre|sam|dim|lun|mar|mer|jeu|ven|dom|mié|jue|vie|sáb)\p{L}*)$/u;

/** More than any number or date has. */
const maxLength = 60;

/**
 * Whether a spreadsheet would show another value than the text: `07700` as 7700, `1-2` as a date, `1E5` as
 * 100000, twenty digits with zeros at their end. An apostrophe too many harms nothing, so dates are looked for
 * generously: every text of digits, signs and the words of a date.
 */
function isConverted(text: string): boolean {
  const plain = text.normalize('NFKC').trim().toLowerCase();
  if (plain.length > maxLength) return false;
  if (truth.test(plain)) return true;
  if (!/\p{N}/u.test(plain) || isShortInteger(text) || uuid.test(plain)) return false;
  return (plain.match(/\p{L}+/gu) ?? []).every((word) => dateWord.test(word));
}

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Excel shows an integer of twelve digits or more as 4.477E+11, and writes that when the file is saved again. */
export const isShortInteger = (text: string): boolean => /^-?(0|[1-9]\d{0,10})$/.test(text);
