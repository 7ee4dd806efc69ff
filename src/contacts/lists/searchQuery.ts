/** What a person looks for: words, and telephone numbers in one of several forms. */
import { fold, inAscii, punctuationOf, typedText } from '../model/fold';
import { entriesFor } from '../model/numberForms';
import { telephonesIn } from '../model/telephoneText';

/** Words that all have to be there, or, if it is a number, one of the entries that it may have. */
interface Group {
  readonly terms: readonly string[];
  readonly entries: readonly string[];
}

export interface SearchQuery {
  readonly groups: readonly Group[];
  /** In every text that matches: the longest, as it throws out most. */
  readonly core: string;
  /** The term that was typed first. */
  readonly first: string;
  /** The only term, which needs no further look. */
  readonly isOneTerm: boolean;
  /** How the entry of a number begins, if the query may be one. */
  readonly starts: readonly string[];
}

/** Parts of a number: digits with what people put between and around them. */
const isNumberWord = (word: string) =>
  /^[\d().+/\p{Pd}\u2212]*\d[\d().+/\p{Pd}\u2212]*$|^[/()\p{Pd}\u2212]+$/u.test(inAscii(word));

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

/** `Tel.: 07700 900123` is pasted as it stands elsewhere: the contact has the number alone. */
function withoutLabel(typed: string): string {
  const numbers = /\d/.test(typed) && /[\p{L}\p{So}]/u.test(typed) ? telephonesIn(typed) : [];
  return numbers.length === 1 ? (numbers[0] ?? typed) : typed;
}

const isNumber = (typed: string) => typed.split(/\s+/).every(isNumberWord);

/** Neighbouring words that may be one telephone number are one run; any other word is one alone. */
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
    .filter((term) => term !== '');
  return { terms, entries: run.every(isNumberWord) ? entriesFor(text) : [] };
}

/** Nothing but punctuation, which a search leaves out otherwise: each character has to be there. */
function punctuation(typed: string): readonly Group[] {
  return [...punctuationOf(typed)].map((character) => ({ terms: [`\r${character}`], entries: [] }));
}

/** The longest text that is in whatever the group finds. */
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

/** The query begins the name or the number. `at` is where the core is first. */
export const isBest = (text: string, { isOneTerm, first, starts }: SearchQuery, at: number) =>
  (isOneTerm ? at === 1 : text.startsWith(first, 1)) ||
  (starts.length > 0 && starts.some((start) => text.includes(start)));

/** Every word of it begins a word. */
export const isGood = (text: string, { groups, core, isOneTerm }: SearchQuery, at: number) =>
  isOneTerm
    ? beginsWord(text, core, at)
    : groups.every(
        ({ terms, entries }) =>
          terms.every((term) => text.includes(` ${term}`)) || entries.some((entry) => text.includes(entry)),
      );

/** From space to space: that is faster than a search for a space with the term behind it. */
function beginsWord(text: string, term: string, at: number): boolean {
  let begin = text[at - 1] === ' ' ? at : text.indexOf(' ', at) + 1;
  while (begin > 0) {
    if (text.startsWith(term, begin)) return true;
    begin = text.indexOf(' ', begin) + 1;
  }
  return false;
}
