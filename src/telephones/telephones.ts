/**
 * Groups and dials telephone numbers by the numbering plans of the world. This code is a bundle of its own,
 * because the plans are half as large as the rest of the extension.
 */
import { type E164Number, PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/core';
import plans from 'libphonenumber-js/metadata.min.json';
import { trunkPrefix } from '../base/callingCodes';

/**
 * Groups the digits of a number: `+447700900123` becomes `+44 7700 900123`. Only spaces are added.
 * @param given digits after "+" or "00" and a country code
 * @returns `given` if the country or the grouping is unknown
 */
export function toReadable(given: string): string {
  const prefix = given.startsWith('+') ? '+' : '00';
  const number = parse(`+${given.slice(prefix.length)}` as E164Number);
  // `isPossible` accepts more than `isValid`: plans change, and numbers for examples belong to no plan.
  if (!number?.isPossible()) return given;
  const grouped = `${prefix}${number.formatInternational().slice(1)}`;
  // The check guarantees that no digit is lost, added or changed.
  const isGiven = grouped.replaceAll(' ', '') === given;
  return isGiven && grouped.split(' ').length > 2 ? grouped : given;
}

function parse(number: E164Number): PhoneNumber | undefined {
  try {
    // The constructor skips searching a text and choosing between several countries, which takes many times
    // as long.
    return new PhoneNumber(number, plans);
  } catch {
    return undefined;
  }
}

/** Italian mobile numbers lost their leading 0 in 2001; these prefixes are not area codes. */
const italianMobile = /^3(?:2[05-9]|3[03-9]|4[07-9]|6[0168]|7[089]|8[07-9])/;

/**
 * Returns the digits to dial, with a leading "+" if the number has one.
 * @param written digits, spaces and punctuation; some countries dial a `(0)` after the country code
 * @returns undefined if no country can have the number
 */
export function toDialled(written: string): string | undefined {
  const [before = '', after] = written.split(/\(\s*0\s*\)(.*)/s).map((part) => part.replace(/[^\d+]/g, ''));
  const whole = after === undefined ? before : `${before}0${after}`;
  const prefix = /^(?:\+|00(?=[1-9]))/.exec(whole)?.[0];
  // Without a country code, the plan is unknown: all digits are dialled.
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

/** Drops a trunk prefix if the number is invalid with it: `+44 020 7946 0000` becomes `+44 20 7946 0000`. */
function corrected(number: PhoneNumber): PhoneNumber {
  if (number.isValid()) return number;
  const { countryCallingCode, nationalNumber } = number;
  // People write a 0 also in countries that have another trunk prefix.
  const others = [trunkPrefix(countryCallingCode), '0']
    .filter((prefix) => prefix !== undefined && nationalNumber.startsWith(prefix))
    .map((prefix = '') =>
      parse(`+${countryCallingCode}${nationalNumber.slice(prefix.length)}` as E164Number),
    );
  const possible = number.isPossible() ? number : others.find((other) => other?.isPossible());
  return others.find((other) => other?.isValid()) ?? possible ?? number;
}

/** Accepts a number with a possible length, and a possible short number of its country. */
function canExist(number: PhoneNumber): boolean {
  if (number.nationalNumber.length < 3) return false;
  for (let digits: string = number.number; digits.length <= 16; digits += '0')
    if (parse(digits as E164Number)?.isPossible()) return true;
  return false;
}

/**
 * Formats a number as people of its country write it for others: `07700900123` → `+44 7700 900123`. Its digits stay,
 * except for a trunk prefix.
 * @param written one number, in plain digits, spaces and punctuation
 * @param callingCode the country code of numbers that have none
 * @returns undefined if the country is uncertain, or has no such number
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
  // Numbers kept for examples are in no plan.
  const isExample =
    dialled === `0${number.nationalNumber}` && number.isPossible() && hasValidNeighbour(number);
  return number.isValid() || isExample ? toReadable(number.number) : undefined;
}

/** Returns true if the country has numbers of this length with the same first digits; otherwise another one has. */
function hasValidNeighbour({ countryCallingCode, nationalNumber }: PhoneNumber): boolean {
  const first = nationalNumber.slice(0, 4);
  return Array.from('0123456789').some((digit) =>
    parse(`+${countryCallingCode}${first.padEnd(nationalNumber.length, digit)}` as E164Number)?.isValid(),
  );
}
