/**
 * What is known of the world's numbering plans: how people group a number's digits, and which digits are dialled.
 * A bundle of its own, as the plans are half as large as all of the extension's own code.
 */
import { type E164Number, PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/core';
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

/** Digits that people dial before a national number, and leave out after a country's code. */
const trunkPrefixes = ['0', '06', '8', '1'];
/** Italian mobile numbers lost their 0 in 2001; these prefixes are no area codes. */
const italianMobile = /^3(?:2[05-9]|3[03-9]|4[07-9]|6[0168]|7[089]|8[07-9])/;

/**
 * The digits to dial for one number, after a + where it has one.
 * @param written plain digits, spaces and punctuation; a `(0)` after a country's code is dialled in some countries
 * @returns undefined for a number that no country can have
 */
export function toDialled(written: string): string | undefined {
  const [before = '', after] = written.split(/\(\s*0\s*\)(.*)/s).map((part) => part.replace(/[^\d+]/g, ''));
  const whole = after === undefined ? before : `${before}0${after}`;
  const prefix = /^(?:\+|00(?=[1-9]))/.exec(whole)?.[0];
  // Without its country, nobody knows the plan: all of it is dialled.
  if (prefix === undefined) return whole;
  const international = (digits: string) => parse(`+${digits.slice(prefix.length)}` as E164Number);
  const number = international(whole);
  if (number === undefined) return undefined;
  const withoutZero = after === undefined ? undefined : international(before + after);
  const isTrunkPrefix = withoutZero?.countryCallingCode === before.slice(prefix.length);
  const dialled = withoutZero && isTrunkPrefix ? dropOrKeep(withoutZero, number) : corrected(number);
  return canExist(dialled) ? prefix + dialled.number.slice(1) : undefined;
}

function dropOrKeep(dropped: PhoneNumber, kept: PhoneNumber): PhoneNumber {
  if (dropped.countryCallingCode === '39' && italianMobile.test(dropped.nationalNumber)) return dropped;
  return kept.isValid() ? kept : dropped;
}

/** `+44 020 7946 0000` can only be `+44 20 7946 0000`. */
function corrected(number: PhoneNumber): PhoneNumber {
  if (number.isValid()) return number;
  const { countryCallingCode, nationalNumber } = number;
  const others = trunkPrefixes
    .filter((prefix) => nationalNumber.startsWith(prefix))
    .map((prefix) => parse(`+${countryCallingCode}${nationalNumber.slice(prefix.length)}` as E164Number));
  const possible = number.isPossible() ? number : others.find((other) => other?.isPossible());
  return others.find((other) => other?.isValid()) ?? possible ?? number;
}

/** Its length is possible, or it may be a short number of that country. */
function canExist(number: PhoneNumber): boolean {
  if (number.nationalNumber.length < 3) return false;
  for (let digits: string = number.number; digits.length <= 16; digits += '0')
    if (parse(digits as E164Number)?.isPossible()) return true;
  return false;
}

/**
 * A number as people of its country write it for others: `07700900123` → `+44 7700 900123`. Its digits stay, but for
 * a trunk prefix.
 * @param written one number, in plain digits, spaces and punctuation
 * @param callingCode of numbers without a country's code
 * @returns undefined where the number's country is not certain, or no number of it is like that
 */
export function toInternational(written: string, callingCode: string | undefined): string | undefined {
  const dialled = toDialled(written)?.replace(/^00(?=[1-9])/, '+');
  if (dialled === undefined) return undefined;
  if (dialled.startsWith('+')) {
    const number = parse(dialled as E164Number);
    return number?.isPossible() ? toReadable(number.number) : undefined;
  }
  if (callingCode === undefined) return undefined;
  const number = parsePhoneNumberFromString(dialled, { defaultCallingCode: callingCode }, plans);
  if (number === undefined) return undefined;
  // Those kept for examples are in no plan; with a trunk prefix it is at least a whole number.
  const isWhole = dialled === `0${number.nationalNumber}` && number.isPossible();
  return number.isValid() || isWhole ? toReadable(number.number) : undefined;
}
