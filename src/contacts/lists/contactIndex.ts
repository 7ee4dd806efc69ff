/**
 * Searches contacts by any part of a name, an email address or a telephone number. Each contact is one folded
 * string, and each keystroke scans all of them: complete, in any script, within a frame for 100,000 contacts
 * (docs/performance.md has the figures).
 */
import type { Resource } from '../../api/http/document';
import { fullName, textOf } from '../model/contact';
import { fold, punctuationOf } from '../model/fold';
import { numberEntries } from '../model/numberForms';
import { isBest, isGood, isMatch, toSearchQuery } from './searchQuery';

export interface Hit {
  readonly id: string;
  /** 0 is best; see `isBest` and `isGood`. */
  readonly grade: number;
}

export interface Found {
  /** The best matches first. */
  readonly hits: readonly Hit[];
  /** True if more contacts may match. */
  readonly more: boolean;
}

/**
 * Grades of a match: the query begins the name or the number; its terms begin words; its terms are within
 * words.
 */
const grades = 3;

export class ContactIndex {
  /** The IDs of the list in its order; the list may have more than the index. */
  readonly ids: readonly string[];
  readonly #texts: string[] = [];

  constructor(ids: readonly string[]) {
    this.ids = ids;
  }

  get size(): number {
    return this.#texts.length;
  }

  /** Adds the next contact of the list. */
  add(resource: Resource | undefined): void {
    this.#texts.push(resource === undefined ? '' : searched(resource));
  }

  /** Updates a changed contact. */
  update(position: number, resource: Resource): void {
    if (position < this.#texts.length) this.#texts[position] = searched(resource);
  }

  /** Returns the best `limit` matches. An empty query matches everything, in the list's order. */
  find(query: string, limit: number): Found {
    const test = toSearchQuery(query);
    const found: number[][] = Array.from({ length: grades }, () => []);
    const [best = [], good = [], fair = []] = found;
    let left = false;
    for (let position = 0; position < this.#texts.length; position++) {
      const text = this.#texts[position] ?? '';
      // The core excludes nearly all contacts at the cost of a plain scan.
      const at = text.indexOf(test.core);
      if (at === -1) continue;
      if (!test.isOneTerm && !isMatch(text, test)) continue;
      if (isBest(text, test, at)) {
        best.push(position);
        // No better match can follow.
        if (best.length > limit) return { hits: this.#hits(best.slice(0, limit), 0), more: true };
      } else if (good.length < limit && isGood(text, test, at)) good.push(position);
      else if (good.length < limit && fair.length < limit) fair.push(position);
      else left = true;
    }
    const hits = found.flatMap((positions, grade) => this.#hits(positions, grade));
    return { hits: hits.slice(0, limit), more: left || hits.length > limit };
  }

  /** Returns all matches in the order of the list. */
  all(query: string): readonly string[] {
    const test = toSearchQuery(query);
    const positions: number[] = [];
    this.#texts.forEach((text, position) => {
      if (text.includes(test.core) && (test.isOneTerm || isMatch(text, test))) positions.push(position);
    });
    return positions.map((position) => this.ids[position] ?? '');
  }

  #hits(positions: readonly number[], grade: number): readonly Hit[] {
    return positions.map((position) => ({ id: this.ids[position] ?? '', grade }));
  }
}

/** Limits a field to 5,000 characters, more than a query can be about. */
const begin = (text: string) => text.slice(0, 5_000);
/**
 * The maximum length of a folded text. One character may fold to eighteen; three fields of ordinary text fit.
 */
const maxFolded = 15_500;

/** The number of characters of a field that are parsed as telephone numbers. */
const maxOfNumbers = 500;

/**
 * Makes the text to scan: " jorg muller joerg@example.org +44 7700 900123\n+447700900123\t7700900123\r(\r-".
 * It has a space before each word, the entries of the telephone numbers (`numberForms`), and the punctuation
 * that `fold` drops.
 */
export function searched(resource: Resource): string {
  const telephone = begin(textOf(resource, 'telephone'));
  const text = `${begin(fullName(resource))} ${begin(textOf(resource, 'email'))} ${telephone}`;
  const punctuation = [...punctuationOf(text)].map((character) => `\r${character}`).join('');
  return ` ${fold(text).trim().slice(0, maxFolded)}${numberEntries(telephone.slice(0, maxOfNumbers))}${punctuation}`;
}
