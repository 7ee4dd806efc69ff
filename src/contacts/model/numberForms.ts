/**
 * Telephone numbers as they are searched: the international and the national form of one number find each
 * other, although a contact's field does not say which country a national number is of.
 *
 * Each number of a contact is one entry "\n+447700900123\t7700900123", or "\n7700900123" where the country is
 * not known. A tab begins the national part of a number with a known country.
 */
import { type International, splitInternational, trunkPrefix } from './callingCodes';
import { digitsOfEach } from './telephoneText';

const withoutZeros = (digits: string) => digits.replace(/^0+/, '');
/** From this many digits on, a number without a + may begin with a country's code all the same. */
const mayHaveCode = 11;
/** Fewer digits of a national number are in too many others. */
const leastNational = 4;

/** Fewer digits with dots between them are a date or the number of a flat. */
const leastWithDots = 9;

/** The part of a contact's searched text that holds its telephone numbers. */
export function numberEntries(field: string): string {
  return digitsOfEach(field).map(entryOf).join('');
}

function entryOf(digits: string): string {
  const isInternational = digits.startsWith('+');
  const plain = isInternational ? digits.slice(1) : digits;
  const parts = isInternational || plain.length >= mayHaveCode ? splitInternational(plain) : undefined;
  const national = parts === undefined ? '' : nationalForms(parts.callingCode, parts.national);
  const own = parts && isInternational ? `+${normalised(parts)}` : withoutZeros(plain);
  return `\n${[own, ...national].join('\t')}`;
}

/** Countries keep or drop a 0 after their code, and people write it or leave it out: it is never compared. */
const normalised = ({ callingCode, national }: International) => callingCode + withoutZeros(national);

/** As it is dialled in its own country, without zeros at the beginning. */
function nationalForms(callingCode: string, national: string): readonly string[] {
  const prefix = trunkPrefix(callingCode);
  const forms = [national, ...(prefix === undefined ? [] : [prefix + national])].map(withoutZeros);
  return forms.filter((form) => form !== '');
}

/** The beginnings of entries that a typed number finds, beside the digits as they were typed. */
export function entriesFor(typed: string): readonly string[] {
  const [digits = '', ...others] = digitsOfEach(typed);
  if (others.length > 0) return [];
  if (digits.startsWith('+')) return international(digits.slice(1));
  if (digits.startsWith('0')) return nationalEntries(withoutZeros(digits));
  if (digits.length >= mayHaveCode) return international(digits);
  // Spaces part a number into words; with dots between its digits, it is one word that may be written otherwise.
  return /\d\.\d/.test(typed) && digits.length >= leastWithDots ? nationalEntries(digits) : [];
}

function international(digits: string): readonly string[] {
  const parts = splitInternational(digits);
  if (parts === undefined) return [];
  const own = [`\n+${normalised(parts)}`, `\n${digits}`];
  if (parts.national.length < leastNational) return own;
  const forms = nationalForms(parts.callingCode, parts.national);
  return [...own, ...forms.map((form) => `\n${form}`)];
}

const nationalEntries = (digits: string) => (digits === '' ? [] : [`\n${digits}`, `\t${digits}`]);
