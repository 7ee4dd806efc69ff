/** Folds text for searching: without case, accents and the punctuation that people type in different ways. */
import { lazy, pattern } from '../../base/lazy';

/** Letters that Unicode does not decompose, and variants of a letter that people type for one another. */
const letters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ŋ: 'ng',
  ŧ: 't',
  ĸ: 'k',
  // Final forms of letters: Greek, Hebrew.
  ς: 'σ',
  ך: 'כ',
  ם: 'מ',
  ן: 'נ',
  ף: 'פ',
  ץ: 'צ',
  // Arabic, Persian and Urdu keyboards have different letters for the same name.
  ى: 'ي',
  ی: 'ي',
  ې: 'ي',
  ے: 'ي',
  ک: 'ك',
  ہ: 'ه',
  ھ: 'ه',
  ة: 'ه',
  ە: 'ه',
  ٱ: 'ا',
  ء: '',
  // Tatweel stretches a word; people rarely type the dot of the Catalan l·l.
  ـ: '',
  '·': '',
};

const apostrophes = pattern("['‘’‚‛′‵ʹʻʼʽʾʿˈˊˋ`´΄᾽᾿῾´ꞌꞋ՚׳＇]", 'u');
const dashes = pattern('[\\p{Pd}\\u2212\\u2043\\u02D7]', 'u');
/** Characters between words, including control characters, which are invisible. */
const spaces = pattern('[\\s\\p{Cc}\\u2800]', 'u');
const others = pattern('[\\p{Ps}\\p{Pe}\\p{Pi}\\p{Pf},;:!?¡¿/"<>\\u060C\\u061B\\u2044\\u2215\\u30FB]', 'u');
const source = (...patterns: readonly RegExp[]) => patterns.map((one) => one.source).join('|');

/** Marks on letters, and invisible characters. */
const unseen = pattern('[\\p{Mn}\\p{Me}\\p{Cf}\\p{Default_Ignorable_Code_Point}]', 'gu');
const removed = lazy(() => new RegExp(apostrophes(), 'gu'));
const separators = lazy(() => new RegExp(`(?:${source(spaces(), dashes(), others())})+`, 'gu'));
const special = lazy(() => new RegExp(`[${Object.keys(letters).join('')}]`, 'gu'));
const digit = pattern('\\p{Nd}', 'gu');
const oneDigit = pattern('\\p{Nd}', 'u');
const kana = /[\u30A1-\u30F6]/g;

/**
 * Caches folded characters. Names repeat, and folding their letters again takes as long as reading the
 * contact.
 */
function remembered(work: (character: string) => string): (character: string) => string {
  const known = new Map<string, string>();
  return (character) => {
    const before = known.get(character);
    if (before !== undefined) return before;
    const made = work(character);
    if (known.size < maxRemembered) known.set(character, made);
    return made;
  };
}

/** The size of the cache, more characters than the texts of one account have. */
const maxRemembered = 20_000;

const notPlain = /[^a-z0-9@._+ ]/gu;

/** Folds each character separately, so that a search finds every part of a text. */
export function fold(text: string): string {
  const folded = text.toLowerCase().replace(notPlain, foldedCharacter);
  return folded.includes('  ') ? folded.replace(/ {2,}/g, ' ') : folded;
}

const foldedCharacter = remembered((character) =>
  character
    .replace(removed(), '')
    .normalize('NFKD')
    // Some letters share a capital, and some capitals appear only after the decomposition.
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKD')
    .replace(unseen(), '')
    .replace(removed(), '')
    .replace(special(), (letter) => letters[letter] ?? letter)
    .replace(digit(), asciiDigit)
    .replace(kana, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x60))
    .replace(separators(), ' '),
);

const mayBePunctuation = /[^A-Za-z0-9@._+\s]/gu;

/** Returns the punctuation that `fold` drops, each character once, in its comparable form. */
export function punctuationOf(text: string): string {
  const found = text.match(mayBePunctuation);
  return found === null ? '' : [...new Set(found.map(punctuationCharacter))].join('');
}

const punctuationCharacter = remembered((character) => {
  if (apostrophes().test(character)) return "'";
  if (dashes().test(character)) return '-';
  if (others().test(character)) return character.normalize('NFKC');
  // A separate accent, or a letter that people leave out.
  return isLeftOut(character) ? character : '';
});

const markOrBlank = pattern('[\\p{M}\\p{C}\\p{Z}\\s\\p{Default_Ignorable_Code_Point}\\u2800]', 'u');

const isLeftOut = (character: string) =>
  foldedCharacter(character).trim() === '' && !markOrBlank().test(character);

/** Returns the digit 0 to 9 of any script. Unicode has digits in runs of ten, starting at zero. */
function asciiDigit(text: string): string {
  if (text >= '0' && text <= '9') return text;
  const code = text.codePointAt(0) ?? 0;
  let before = 0;
  while (oneDigit().test(String.fromCodePoint(code - before - 1))) before++;
  return String(before % 10);
}

/**
 * Converts digits of any script to 0 to 9 and full-width forms to normal ones, and removes invisible
 * characters.
 */
export function inAscii(text: string): string {
  if (/^[\n\x20-\x7E]*$/.test(text)) return text;
  return text.normalize('NFKC').replace(unseen(), '').replace(digit(), asciiDigit);
}

const blanks = pattern('[\\p{Cf}\\p{Default_Ignorable_Code_Point}\\p{Cc}\\u2800]+', 'gu');
const spaceOfQuery = pattern('[\\p{Cc}\\u2800]', 'u');

/** Removes invisible characters and the scheme of a link from a typed or pasted query. */
export function typedText(query: string): string {
  const text = query.replace(blanks(), (found) => (spaceOfQuery().test(found) ? ' ' : ''));
  return text.replace(/(^|[\s<("'[])(mailto|e-?mail|tel|callto|sms):\s*([^\s>)"'\]]+)/gi, asText).trim();
}

function asText(whole: string, before: string, scheme: string, link: string): string {
  const target = /mail/i.test(scheme) ? link.replace(/\?.*/, '') : link.replace(/;.*/, '');
  if (target === '') return whole;
  try {
    return before + decodeURIComponent(target);
  } catch {
    return before + target;
  }
}

/** The digits of a telephone number, without a leading 00, 0 or +, and without "(0)" after a country code. */
export function digitsOf(telephone: string): string {
  return inAscii(telephone).replace('(0)', '').replace(/\D/g, '').replace(/^0+/, '');
}

/**
 * Finds the words of a query in a text for highlighting.
 * @returns pairs of the first index and the index after the last, in the order of the text, without overlaps
 */
export function matchesIn(text: string, query: string): readonly (readonly [number, number])[] {
  let folded = '';
  const origins: (readonly [number, number])[] = [];
  let at = 0;
  for (const character of text) {
    const own = fold(character);
    const next = at + character.length;
    for (let n = 0; n < own.length; n++) origins.push([at, next]);
    folded += own;
    at = next;
  }
  const found = fold(typedText(query))
    .split(' ')
    .filter((term) => term !== '')
    .flatMap((term) => {
      const from = folded.indexOf(term);
      const [first, last] = [origins[from], origins[from + term.length - 1]];
      return first === undefined || last === undefined ? [] : [[first[0], last[1]] as const];
    });
  return withoutOverlaps(found);
}

/** VS Code draws a part of the text twice if highlights overlap, or if they are not in the order of the text. */
function withoutOverlaps(ranges: readonly (readonly [number, number])[]) {
  const joined: [number, number][] = [];
  for (const [from, to] of ranges.toSorted(([one], [other]) => one - other)) {
    const last = joined.at(-1);
    if (last !== undefined && from < last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}
