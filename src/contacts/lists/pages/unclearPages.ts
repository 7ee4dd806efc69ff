/**
 * Remembers pages that are short for an unknown reason: the account may not see some of their rows, or the API has a
 * lower limit than the request.
 */
import { idsOf, isUnclear, type ListPage, rowsOf } from './listPage';

interface UnclearPage {
  readonly offset: number;
  readonly ids: readonly string[];
  /** The offset after the page's rows, if none is hidden. */
  readonly end: number;
}

export class UnclearPages {
  /** The latest page of the list, if it is unclear. */
  #latest: UnclearPage | undefined;
  #suspect: UnclearPage | undefined;

  /** The offset of the page to read again, because a row was inserted before it or some of its rows are hidden. */
  get suspect(): number | undefined {
    return this.#suspect?.offset;
  }

  /** Notes the latest page of the list. */
  follow(page: ListPage, offset: number): void {
    this.#latest = isUnclear(page) ? { offset, ids: idsOf(page), end: offset + rowsOf(page) } : undefined;
  }

  /** Returns the end of the latest page if offsets after it may have been skipped. @param reached see `ContactList` */
  passedAt(reached: number): number | undefined {
    return this.#latest && this.#latest.end < reached ? this.#latest.end : undefined;
  }

  /** Marks the latest page to be read again. @returns false if it is not unclear */
  suspectLatest(): boolean {
    if (this.#latest) this.#suspect = this.#latest;
    return this.#latest !== undefined;
  }

  /** Notes a page that was read again. @returns false if it was the suspect and has other rows now */
  reread(page: ListPage, offset: number): boolean {
    if (this.#suspect?.offset !== offset) return true;
    const now = idsOf(page);
    const isSame = this.#suspect.ids.every((id, n) => id === now[n]);
    this.#suspect = undefined;
    return isSame;
  }
}
