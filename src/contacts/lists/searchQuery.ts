/** Parses a query into words and telephone numbers, which match in several forms. */
import { pattern } from '../../base/lazy';
import { fold, inAscii, punctuationOf, typedText } from '../model/fold';
import { entriesFor } from '../model/numberForms';
import { telephonesIn } from '../model/telephoneText';

/** Words that must all match, or alternatively the entries of a number. */
interface Group {
  readonly terms: readonly string[];
  readonly entries: readonly string[];
}

export interface SearchQuery {
  readonly groups: readonly Group[];
  /** The longest text that every match contains, which excludes the most contacts. */
  readonly core: string;
  /** The first typed term. */
  readonly first: string;
  /** True if the core is the whole query, so that no further check is needed. */
  readonly isOneTerm: boolean;
  /** The beginnings of a number's entry, if the query may be a number. */
  readonly starts: readonly string[];
}

/** Recognises a part of a number: digits with the punctuation between and around them. */
const numberWord = pattern(
  '^[\\d().+/\\p{Pd}\\u2212]*\\d[\\d().+/\\p{Pd}\\u2212]*$|^[/()\\p{Pd}\\u2212]+$',
  'u',
);
const isNumberWord = (word: string) => numberWord().test(inAscii(word));

export function toSearchQuery(query: string): SearchQuery {
  const typed = withoutLabel(typedText(query));
  const groups = runsOf(typed.split(/\s+/)).map(toGroup);
  const words = groups.filter(({ terms }) => terms.length > 0);
  const found = words.length === 0 ? punctuation(typed) : words;
  const [first] = found;
  const cores = found.flatMap(coreOf).toSorted((a, b) => b.length - a.length);
  const digits = found.length === 1 && isNumber(typed) ? inAscii(typed).replace(/\D/g, '') : '';
  const bare = digits.replace(/^0+/, '');
  return {
    groups: found,
    core: cores[0] ?? '',
    first: first?.terms[0] ?? '',
    isOneTerm: found.length === 1 && first?.terms.length === 1 && first.entries.length === 0,
    starts:
      bare === '' ? [] : [`\n${bare}`, ...(first?.entries ?? [])].filter((start) => start.startsWith('\n')),
  };
}

const letterOrSign = pattern('[\\p{L}\\p{So}]', 'u');

/**
 * Reduces pasted text such as `Tel.: 07700 900123` to the number, because fields rarely contain the label.
 */
function withoutLabel(typed: string): string {
  const numbers = /\d/.test(typed) && letterOrSign().test(typed) ? telephonesIn(typed) : [];
  return numbers.length === 1 ? (numbers[0] ?? typed) : typed;
}

const isNumber = (typed: string) => typed.split(/\s+/).every(isNumberWord);

/** Joins neighbouring words that may be one telephone number; every other word stays alone. */
function runsOf(words: readonly string[]): readonly (readonly string[])[] {
  const runs: string[][] = [];
  let isNumberRun = false;
  for (const word of words) {
    const isPart = isNumberWord(word);
    if (isPart && isNumberRun) runs.at(-1)?.push(word);
    else runs.push([word]);
    isNumberRun = isPart;
  }
  return runs;
}

function toGroup(run: readonly string[]): Group {
  const text = run.join(' ');
  const terms = fold(text)
    .split(' ')
    .filter((term) => term !== '')
    .map(withoutDots);
  return { terms, entries: run.every(isNumberWord) ? entriesFor(text) : [] };
}

/** Removes the dots of `J.` and `St.`, which the field may not have. The dots of an email address are a part of it. */
const withoutDots = (term: string) => (term.includes('@') ? term : term.replace(/(?<=[^.])\.+$/, ''));

/** Handles a query of punctuation only, which `fold` would drop: each character must match. */
function punctuation(typed: string): readonly Group[] {
  return [...punctuationOf(typed)].map((character) => ({ terms: [`\r${character}`], entries: [] }));
}

/** Returns texts that everything found by the group contains. */
function coreOf({ terms, entries }: Group): readonly string[] {
  if (entries.length === 0) return terms;
  const parts = [
    ...terms,
    ...terms.map((term) => term.replace(/^[+0]+/, '')),
    ...entries.map((entry) => entry.slice(1)),
  ];
  return parts.filter(
    (part) => entries.every((entry) => entry.includes(part)) && terms.some((term) => term.includes(part)),
  );
}

export const isMatch = (text: string, { groups }: SearchQuery) => groups.every((group) => has(text, group));

const has = (text: string, { terms, entries }: Group) =>
  terms.every((term) => text.includes(term)) || entries.some((entry) => text.includes(entry));

/** Returns true if the query begins the name or the number. `at` is the first index of the core. */
export const isBest = (text: string, { isOneTerm, first, starts }: SearchQuery, at: number) =>
  (isOneTerm ? at === 1 : text.startsWith(first, 1)) ||
  (starts.length > 0 && starts.some((start) => text.includes(start)));

/** Returns true if every word of the query begins a word. */
export const isGood = (text: string, { groups, core, isOneTerm }: SearchQuery, at: number) =>
  isOneTerm
    ? beginsWord(text, core, at)
    : groups.every(
        ({ terms, entries }) =>
          terms.every((term) => text.includes(` ${term}`)) || entries.some((entry) => text.includes(entry)),
      );

/** Skips from space to space, which is faster than searching for a space followed by the term. */
function beginsWord(text: string, term: string, at: number): boolean {
  let begin = text[at - 1] === ' ' ? at : text.indexOf(' ', at) + 1;
  while (begin > 0) {
    if (text.startsWith(term, begin)) return true;
    begin = text.indexOf(' ', begin) + 1;
  }
  return false;
}
