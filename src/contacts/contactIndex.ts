/**
 * Finds contacts by what a person remembers of them. One folded string a contact, scanned at each
 * keystroke: complete, in any script, within a frame for 100,000 (docs/performance.md has the figures).
 */
import type { Resource } from '../api/document';
import { fullName, textOf } from './contact';
import { digitsOf, fold, numberIn } from './fold';

export interface Hit {
  readonly id: string;
  /** 0 is best; see `isBest` and `isGood`. */
  readonly grade: number;
}

export interface Found {
  /** Best first. */
  readonly hits: readonly Hit[];
  /** There may be more than these. */
  readonly more: boolean;
}

/** The query begins the name or the number; its terms begin words; they stand within words. */
const grades = 3;

export class ContactIndex {
  /** The list's, in its order; it may be ahead of the index. */
  readonly ids: readonly string[];
  readonly #texts: string[] = [];

  constructor(ids: readonly string[]) {
    this.ids = ids;
  }

  get size(): number {
    return this.#texts.length;
  }

  /** The next contact of the list. */
  add(resource: Resource | undefined): void {
    this.#texts.push(resource === undefined ? '' : searched(resource));
  }

  /** One that changed. */
  update(position: number, resource: Resource): void {
    if (position < this.#texts.length) this.#texts[position] = searched(resource);
  }

  /** The best `most`, complete when there are fewer. An empty query finds everything, in order. */
  find(query: string, most: number): Found {
    const test = toTest(query);
    const found: number[][] = Array.from({ length: grades }, () => []);
    const [best = [], good = [], fair = []] = found;
    const [term = '', ...others] = test.terms;
    let left = false;
    for (let position = 0; position < this.#texts.length; position++) {
      const text = this.#texts[position] ?? '';
      // The longest term throws out nearly everything, and costs what a bare scan costs.
      const at = text.indexOf(term);
      if (at === -1) continue;
      if (others.length > 0 && !others.every((other) => text.includes(other))) continue;
      if (isBest(text, test, at)) {
        best.push(position);
        // Nothing better can come.
        if (best.length > most) return { hits: this.#hits(best.slice(0, most), 0), more: true };
      } else if (good.length < most && isGood(text, test, at)) good.push(position);
      else if (good.length < most && fair.length < most) fair.push(position);
      else left = true;
    }
    const hits = found.flatMap((positions, grade) => this.#hits(positions, grade));
    return { hits: hits.slice(0, most), more: left || hits.length > most };
  }

  /** All of them, in the order of the list. */
  all(query: string): readonly string[] {
    const test = toTest(query);
    const positions: number[] = [];
    this.#texts.forEach((text, position) => {
      if (isMatch(text, test)) positions.push(position);
    });
    return positions.map((position) => this.ids[position] ?? '');
  }

  #hits(positions: readonly number[], grade: number): readonly Hit[] {
    return positions.map((position) => ({ id: this.ids[position] ?? '', grade }));
  }
}

/** Nobody searches for the end of a name of a million characters. */
const begin = (text: string) => text.slice(0, 500);

/** A space before each word, a line break before the digits: " jorg muller joerg@example.org\n7700900123". */
export function searched(resource: Resource): string {
  const words = fold(`${begin(fullName(resource))} ${begin(textOf(resource, 'email'))}`).trim();
  const telephone = begin(textOf(resource, 'telephone'));
  return telephone === '' ? ` ${words}` : ` ${words}\n${digitsOf(telephone)}`;
}

interface Test {
  /** The longest first: it throws out most. */
  readonly terms: readonly string[];
  /** The same, as they stand at the beginning of words. */
  readonly begins: readonly string[];
  /** The term that was typed first. */
  readonly first: string;
  /** The whole query as a telephone number, if it may be one. */
  readonly number: string;
}

function toTest(query: string): Test {
  const typed = fold(query)
    .split(' ')
    .map((term) => (/^[\d+.]+$/.test(term) ? digitsOf(term) : term))
    .filter((term) => term !== '');
  const terms = typed.toSorted((a, b) => b.length - a.length);
  return {
    terms,
    begins: terms.map((term) => ` ${term}`),
    first: typed[0] ?? '',
    number: numberIn(query),
  };
}

const isMatch = (text: string, { terms }: Test) => terms.every((term) => text.includes(term));

/** The longest term is first at `at`: an only term need not be looked for again. */
const isBest = (text: string, { terms, first, number }: Test, at: number) =>
  (terms.length === 1 ? at === 1 : text.startsWith(first, 1)) ||
  (number !== '' && text.includes(`\n${number}`));

const space = 32;
const isGood = (text: string, { begins }: Test, at: number) =>
  (text.charCodeAt(at - 1) === space || text.includes(begins[0] ?? '', at)) &&
  (begins.length === 1 || begins.every((begin) => text.includes(begin)));
