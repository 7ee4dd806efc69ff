/**
 * What is known of the world's numbering plans: how people group a number's digits.
 * A bundle of its own, as the plans are half as large as all of the extension's own code.
 */
import { type E164Number, PhoneNumber } from 'libphonenumber-js/core';
import plans from 'libphonenumber-js/metadata.min.json';

/**
 * `+447700900123` → `+44 7700 900123`: nothing but spaces is added.
 * @param given digits alone, after a + or 00 and a country's code
 * @returns what was given where its country, or a group for its digits, is not known
 */
export function toReadable(given: string): string {
  const prefix = given.startsWith('+') ? '+' : '00';
  const number = parse(`+${given.slice(prefix.length)}` as E164Number);
  // Possible, not valid: a plan is younger or older than a number, and those kept for examples are in none.
  if (!number?.isPossible()) return given;
  const grouped = `${prefix}${number.formatInternational().slice(1)}`;
  // Whatever a plan says: no digit is lost, added or changed.
  const isGiven = grouped.replaceAll(' ', '') === given;
  return isGiven && grouped.split(' ').length > 2 ? grouped : given;
}

function parse(number: E164Number): PhoneNumber | undefined {
  try {
    // Without looking for a number in a text, and which of several countries it is of: that takes many times as long.
    return new PhoneNumber(number, plans);
  } catch {
    return undefined;
  }
}
