/** Parses a telephone field: one number, several numbers, or text that cannot be called. */
import { lazy, pattern } from '../../base/lazy';
import { inAscii } from './fold';

/** An E.164 number has up to 15 digits; a national number may begin with 0, or with 00 and a country code. */
const maxDigits = 15;
/**
 * The minimum number of digits of a whole number; an area code, an extension or an alternative ending has
 * fewer.
 */
const fullNumber = 6;
const digitsIn = (text: string) => text.replace(/\D/g, '');

const dashes = pattern('[\\p{Pd}\\u2212\\u2043\\u02D7]', 'gu');

/** Converts digits of all scripts, and all kinds of spaces, dashes and brackets, to ASCII. */
function plainText(field: string): string {
  return inAscii(field.replace(/\r\n?|[\u2028\u2029\u0085\v\f]/g, '\n'))
    .replace(/[^\S\n\t]/g, ' ')
    .replace(dashes(), '-')
    .replace(/[\u2044\u2215]/g, '/')
    .replaceAll('[', '(')
    .replaceAll(']', ')')
    .trim();
}

const words = [
  'tel|telephone|phone|mobile|mob|cell|home|work|office|private|main|direct|landline|whatsapp|signal|callto',
  'telefon|mobil|handy|privat|b(?:ü|ue)ro|dienstlich|festnetz|t[eé]l|t[eé]l[eé]phone|portable|bureau|domicile|fixe',
  'tel[eé]fono|m[oó]vil|celular|cel|casa|oficina|trabajo|ff[oô]n|symudol|cartref|gwaith|swyddfa|[tmhwp]',
].join('|');
const label = lazy(() => new RegExp(`^(?:${words})(?:\\s*[.:]+\\s*|\\s+(?=[+(\\d]))`, 'iu'));
const remark = lazy(() => new RegExp(`\\s*\\((?:${words})\\)$`, 'iu'));
const signs = pattern('^[\\p{So}"\'“”‘’„«<\\s]+|["\'“”‘’»>\\s]+$', 'gu');
const atEnds = /^[;,|&/\u2022\s]+|[;,|&/\u2022\s]+$/g;
const between =
  /\n+|\t+|\s*[;,|&\u2022\u3001\u060C\u061B]\s*|\s+(?:or|and|oder|und|ou|et|o|y|e|neu|bzw\.?)\s+/i;

/** Removes the words and signs that people put around a number. */
const bare = (text: string) => text.replace(signs(), '').replace(label(), '').replace(remark(), '').trim();

/**
 * Returns the telephone numbers of a field as written. Empty if a part of the field is not a number, such as
 * a service code (`*100#`), an extension, or letters.
 */
export function telephonesIn(field: string): readonly string[] {
  if (field.length > 500) return [];
  // Two pasted texts may follow each other, each between directional marks.
  const divided = field.replace(/(?<=[\u202C\u2069])(?=[\u202A\u202B\u202D\u202E\u2066-\u2068])/g, '\n');
  const parts = plainText(divided).replace(atEnds, '').split(between).map(bare);
  const numbers = parts
    .flatMap((part) => part.split(beforePlus))
    .flatMap(splitAtPunctuation)
    .map(bare);
  // A part that is not a number makes all of them doubtful: it may belong to the number before it.
  if (!numbers.every(isNumber)) return [];
  const isList = numbers.every(isFull) || numbers.every((number) => /^\d{3}$/.test(number));
  return numbers.length === 1 || isList ? numbers : [];
}

const beforePlus = /(?=\(?\+)(?<=\d[\s)]*)/;
const isFull = (text: string) => digitsIn(text).length >= fullNumber;

/** Splits at ` / ` and ` - `, unless they separate an area code from the rest of a number. */
function splitAtPunctuation(text: string): readonly string[] {
  if (withCountryAndSlashes.test(text)) return [text];
  const slashed = text.split(/\/+/).map((part) => part.trim());
  if (slashed.length > 1 && !(slashed.length === 2 && isAreaCode(slashed[0]) && isRest(slashed[1])))
    return slashed.flatMap(splitAtDash);
  return splitAtDash(text);
}

const withCountryAndSlashes = /^(?:\+|00)\d{1,3}\/\d{1,5}\/[1-9][\d .-]*$/;
/** Emergency numbers: two of them are not one number of six digits. */
const emergency = /^(?:000|10[018]|11[0-9]|911|999)$/;
/** European numbers of social value (116 117), and directory enquiries (118 118). */
const shortNumbers = /^11[68]/;
/**
 * The number of digits that no group of one number has, except the first group of an international number.
 */
const wholeGroup = 7;

function splitAtDash(text: string): readonly string[] {
  const groups = text.split(/[\s.-]+/);
  const isOfCountry = /^(?:\+|00)/.test(text) && digitsIn(groups[0] ?? '').length < 10;
  if (groups.every((group) => emergency.test(group)) && !shortNumbers.test(text)) return groups;
  if (!isOfCountry && groups.every((group) => digitsIn(group).length >= wholeGroup)) return groups;
  const parts = text.split(/\s+-\s+/);
  const isSeveral = parts.filter(isFull).length > 1;
  const [first = '', ...others] = parts;
  return isSeveral && !(others.length === 1 && isAreaCode(first) && isRest(others[0])) ? parts : [text];
}

/** Returns true for `030` or `+49 30`: the beginning of a number, too short for a whole one. */
function isAreaCode(text = ''): boolean {
  const digits = digitsIn(text);
  if (/^\(?\+|^\(?00/.test(text)) return digits.length <= 8;
  return /^\(?0[1-9]/.test(text) && digits.length <= fullNumber;
}

const isRest = (text = '') => /^[1-9]/.test(text) && digitsIn(text).length >= 4;

function isNumber(text: string): boolean {
  const digits = digitsIn(text).replace(/^00(?=\d{2})/, '');
  const isWritten = /^\(?\s*\+?\s*[\d(][\d\s().\-/]*$/.test(text) && !endsWithRemark.test(text);
  const isDialled = digits.length >= 2 && digits !== '00';
  return isWritten && isDialled && digits.length <= maxDigits && !isTwoAlike(text);
}

/** An extension or another number in brackets. */
const endsWithRemark = /\d\s*\([^)]*\)$/;

/**
 * Returns true for `555 0123 555 0124`: more digits than a national number has, in two halves of the same
 * form.
 */
function isTwoAlike(text: string): boolean {
  const groups = text.split(/[\s().-]+/).filter((group) => group !== '');
  const half = groups.length / 2;
  if (/^\(?(?:\+|00)/.test(text) || digitsIn(text).length < 14 || half < 2) return false;
  return groups.every((group, n) => group.length === groups[(n + half) % groups.length]?.length);
}

/** A `(0)` after a country code, which most countries do not dial. It is never compared. */
const zeroAfterCode = /^(\D*(?:\+|00)\s*\(?[1-9][\d\s]{0,3}\)?)[\s-]*\(\s*0\s*\)/;
const beginsWithCode = /^[^\d+]*(?:\+|00)\D*[1-9]/;

/** Returns the digits of each number in a field, with a + before those that begin with a country code. */
export function digitsOfEach(field: string): readonly string[] {
  // Most fields hold one plain number, which needs no parsing.
  const numbers = isPlainNumber.test(field) ? [field] : telephonesIn(field);
  return (numbers.length > 0 ? numbers : partsOf(field))
    .map((part) => part.replace(zeroAfterCode, '$1'))
    .map((part) => (beginsWithCode.test(part) ? `+${digitsIn(part).replace(/^00/, '')}` : digitsIn(part)))
    .filter((digits) => /\d/.test(digits));
}

/** Digits with at most one space, dot or hyphen between two of them, so that it cannot be two numbers. */
const isPlainNumber = /^\(?\+?\d(?:[ .-]?[\d()])*$/;

const betweenParts = pattern('[\\n\\t;,|&]|\\s/\\s|(?=\\(?\\+)(?<=\\d[\\s)]*)|\\p{L}{2,}', 'u');

const partsOf = (field: string) => plainText(field).split(betweenParts());
