/**
 * Makes telephone numbers searchable: the international and the national form of a number match each other,
 * although a contact's field does not name the country of a national number. Each number of a contact is one
 * entry: "\n+447700900123\t7700900123", or "\n7700900123" if the country is unknown. A tab begins the
 * national part of a number with a known country.
 */
import { type International, splitInternational, trunkPrefix } from '../../base/callingCodes';
import { digitsOfEach } from './telephoneText';

const withoutZeros = (digits: string) => digits.replace(/^0+/, '');
/** A number without a + may begin with a country code if it has at least this many digits. */
const mayHaveCode = 11;
/** A national number with fewer digits matches too many others. */
const minNational = 4;

/** Fewer digits with dots between them are a date or the number of a flat. */
const minWithDots = 9;

/** Returns the entries of a field's numbers, a part of a contact's search text. */
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

/**
 * Drops the 0 after a country code: some countries keep it, and people write it or not, so it is never
 * compared.
 */
const normalised = ({ callingCode, national }: International) => callingCode + withoutZeros(national);

/** Returns the national forms of a number without leading zeros. */
function nationalForms(callingCode: string, national: string): readonly string[] {
  const prefix = trunkPrefix(callingCode);
  const forms = [national, ...(prefix === undefined ? [] : [prefix + national])].map(withoutZeros);
  return forms.filter((form) => form !== '');
}

/** Returns the beginnings of matching entries. The search also looks for the digits as typed. */
export function entriesFor(typed: string): readonly string[] {
  const [digits = '', ...others] = digitsOfEach(typed);
  if (others.length > 0) return [];
  if (digits.startsWith('+')) return international(digits.slice(1));
  if (digits.startsWith('0')) return nationalEntries(withoutZeros(digits));
  if (digits.length >= mayHaveCode) return international(digits);
  // A query is split at spaces. A number with dots is one word and may be written differently in the field.
  return /\d\.\d/.test(typed) && digits.length >= minWithDots ? nationalEntries(digits) : [];
}

function international(digits: string): readonly string[] {
  const parts = splitInternational(digits);
  if (parts === undefined) return [];
  const own = [`\n+${normalised(parts)}`, `\n${digits}`];
  if (parts.national.length < minNational) return own;
  const forms = nationalForms(parts.callingCode, parts.national);
  return [...own, ...forms.map((form) => `\n${form}`)];
}

const nationalEntries = (digits: string) => (digits === '' ? [] : [`\n${digits}`, `\t${digits}`]);
