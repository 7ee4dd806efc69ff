/**
 * What each page of a list said of the whole when it was read. Rows move when somebody adds or deletes one
 * between two requests, and one can slip through where two pages meet: their totals tell.
 */
import type { Page } from '../api/page';

export class PageLog {
  readonly #totals = new Map<number, number>();
  #total: number | undefined;

  /** By the page that was read last. */
  get total(): number | undefined {
    return this.#total;
  }

  note({ total }: Page, offset: number): void {
    this.#total = total;
    // A page that is read again adds to what the first reading brought, and changes nothing of its neighbours.
    if (total !== undefined && !this.#totals.has(offset)) this.#totals.set(offset, total);
  }

  /**
   * The offsets of pages to read again. Where a page knows of fewer rows than the one before it, a row was
   * added before both and only the first was read since, or one was deleted and only the second was: the
   * row where they meet is in neither. What is added at the front is in the first page, if it is read again.
   */
  slipped(): readonly number[] {
    const pages = [...this.#totals].toSorted(([one], [other]) => one - other);
    const again = new Set<number>();
    pages.forEach(([offset, total], n) => {
      const [before, totalBefore] = pages[n - 1] ?? [offset, this.#total ?? total];
      if (totalBefore > total) again.add(before).add(offset);
    });
    return [...again];
  }
}
