/**
 * Finds contacts by what a person remembers of them. One folded string a contact, scanned at each
 * keystroke: complete, in any script, within a frame for 100,000 (docs/performance.md has the figures).
 */
import type { Resource } from '../api/document';
import { fullName, textOf } from './contact';
import { digitsOf, fold } from './fold';

export interface Hit {
  readonly id: string;
  /** 0 is best; see `gradeOf`. */
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
    const texts = this.#texts;
    const [term] = test.terms;
    let left = false;
    for (let position = 0; position < texts.length; position++) {
      const text = texts[position] ?? '';
      // The longest term throws out nearly everything, and costs what a bare scan costs.
      if (term !== undefined && !text.includes(term)) continue;
      const grade = gradeOf(text, test);
      if (grade === undefined) continue;
      const same = found[grade] ?? [];
      if (same.length < most) same.push(position);
      else if (grade === 0) {
        // Nothing better can come.
        return { hits: this.#hits(same, 0), more: true };
      } else left = true;
    }
    const hits = found.flatMap((positions, grade) => this.#hits(positions, grade));
    return { hits: hits.slice(0, most), more: left || hits.length > most };
  }

  /** All of them, in the order of the list. */
  all(query: string): readonly string[] {
    const test = toTest(query);
    const positions: number[] = [];
    this.#texts.forEach((text, position) => {
      if (gradeOf(text, test) !== undefined) positions.push(position);
    });
    return positions.map((position) => this.ids[position] ?? '');
  }

  #hits(positions: readonly number[], grade: number): readonly Hit[] {
    return positions.map((position) => ({ id: this.ids[position] ?? '', grade }));
  }
}

/** A space before each word, a line break before the digits: " jorg muller joerg@example.org\n7700900123". */
function searched(resource: Resource): string {
  const words = fold(`${fullName(resource)} ${textOf(resource, 'email')}`).trim();
  const telephone = textOf(resource, 'telephone');
  return telephone === '' ? ` ${words}` : ` ${words}\n${digitsOf(telephone)}`;
}

interface Test {
  /** The longest first: it throws out most. */
  readonly terms: readonly string[];
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
  return {
    terms: typed.toSorted((a, b) => b.length - a.length),
    first: typed[0] ?? '',
    number: /^[\d\s().+/-]+$/.test(query) ? digitsOf(query) : '',
  };
}

function gradeOf(text: string, { terms, first, number }: Test): number | undefined {
  if (!terms.every((term) => text.includes(term))) return undefined;
  if (text.startsWith(first, 1) || (number !== '' && text.includes(`\n${number}`))) return 0;
  return terms.every((term) => text.includes(` ${term}`)) ? 1 : 2;
}
