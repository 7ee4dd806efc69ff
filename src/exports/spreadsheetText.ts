/**
 * Keeps a spreadsheet from taking a text for a formula. Excel and LibreOffice show the apostrophe in front
 * of a text of a CSV file; so a telephone number stays whole and readable as '+44 20…, while the number
 * alone would lose its plus, and one with hyphens would be added up. A tab in front would be invisible, and
 * be copied along.
 */

// Full-width signs work in Far Eastern versions; what is invisible before a sign doesn't take its meaning.
const atStart = /^[\s\p{Cc}\p{Cf}"']*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20\uFE62-\uFE63\uFE66\uFE6B\u2212]/u;
// Where a semicolon or tab divides fields, a cell begins after it, and a row after a line break.
const within =
  /([;\t\r\n][\s\p{Cc}\p{Cf}"']*)(?=[=+\-@\uFF1D\uFF0B\uFF0D\uFF20\uFE62-\uFE63\uFE66\uFE6B\u2212])/gu;

export function withoutFormulas(text: string): string {
  const inside = text.replace(within, "$1'");
  return atStart.test(text) || /^[\t\r\n]/.test(text) ? `'${inside}` : inside;
}
