/**
 * Stops a spreadsheet from reading a text as a formula, a number or a date. Excel and LibreOffice show the
 * apostrophe in front of a text of a CSV file. A telephone number so stays whole and readable as '+44 20… or
 * '07700…; a bare number would lose its plus or its zero, and one with hyphens would be calculated. A tab in
 * front would be invisible, and would be copied with the text.
 */

// Far Eastern versions accept full-width signs, and an invisible character before a sign does not disable it.
const atStart = /^[\s\p{Cc}\p{Cf}"']*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20\uFE62-\uFE63\uFE66\uFE6B\u2212]/u;
// If a semicolon, a comma or a tab separates fields, a cell begins after it; a row begins after a line break.
const within =
  /([;,\t\r\n][\s\p{Cc}\p{Cf}"']*)(?=[=+\-@\uFF1D\uFF0B\uFF0D\uFF20\uFE62-\uFE63\uFE66\uFE6B\u2212])/gu;

export function asSpreadsheetText(text: string): string {
  const inside = text.replace(within, "$1'");
  return atStart.test(text) || /^[\t\r\n]/.test(text) || isConverted(text) ? `'${inside}` : inside;
}

/** Boolean words of the display languages, which a spreadsheet converts. */
const truth = /^(true|false|wahr|falsch|vrai|faux|verdadero|falso)$/;

/**
 * Words that may stand next to digits in a number, a time or a date: exponents, hexadecimal digits,
 * currencies, and the words of a date in English, German, French, Spanish and Welsh, by their first letters.
 */
const dateWord =
  /^(e|d|t|z|h|a|p|am|pm|utc|gmt|st|nd|rd|th|er|de|del|um|uhr|eur|usd|gbp|chf|kr|(jan|ene|feb|fév|fev|mär|mar|maa|apr|abr|avr|may|mai|jun|jui|jul|aug|août|aou|ago|sep|oct|okt|nov|dec|dez|dic|déc|ion|chw|maw|ebr|gor|awst|med|hyd|tach|rhag|sun|mon|tue|wed|thu|fri|sat|son|mon|die|mit|don|fre|sam|dim|lun|mar|mer|jeu|ven|dom|mié|jue|vie|sáb)\p{L}*)$/u;

/** The maximum length of a text that is a number or a date. */
const maxLength = 60;

/**
 * Returns true if a spreadsheet may change the text: `07700` to 7700, `1-2` to a date, `1E5` to 100000,
 * twenty digits to a rounded number. A superfluous apostrophe does no harm, so every text of digits, signs
 * and date words counts.
 */
function isConverted(text: string): boolean {
  const plain = text.normalize('NFKC').trim().toLowerCase();
  if (plain.length > maxLength) return false;
  if (truth.test(plain)) return true;
  if (!/\p{N}/u.test(plain) || isShortInteger(text) || uuid.test(plain)) return false;
  return (plain.match(/\p{L}+/gu) ?? []).every((word) => dateWord.test(word));
}

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Excel shows an integer of twelve or more digits as 4.477E+11, and writes that when it saves the file. */
export const isShortInteger = (text: string): boolean => /^-?(0|[1-9]\d{0,10})$/.test(text);
