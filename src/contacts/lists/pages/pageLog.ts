/**
 * Detects missing rows between the pages of a list. Rows move if a row is added or deleted between two
 * requests, and a row can be missed where two pages meet. So each page begins with the last row of the
 * previous one; otherwise a row may be missing. Totals alone do not show it: an added row hides a deleted
 * one.
 */

interface Edge {
  readonly total: number | undefined;
  /** True if the page's offsets include rows that the account may not see. */
  readonly hides: boolean;
}

/** A place to read again. */
export interface Doubtful {
  /** The offset at which two pages meet. */
  readonly offset: number;
  /**
   * True if `offset` follows a page that is short for an unknown reason, so that rows from there on may have
   * been skipped.
   */
  readonly isPassed: boolean;
}

export interface Gap extends Doubtful {
  /** The contact before the gap. */
  readonly before: string;
}

export class PageLog {
  #total: number | undefined;
  #edge: Edge | undefined;
  #totalsDiffer = false;
  #moved = false;
  #gaps: readonly Gap[] = [];
  /**
   * The difference between the API's total and the rows that it sends, known at the end of the list; negative
   * if the API caps its total.
   */
  #unseen = 0;

  /** The total of the latest page. */
  get total(): number | undefined {
    return this.#total;
  }

  get gaps(): readonly Gap[] {
    return this.#gaps;
  }

  /** True if rows were added, deleted or moved during the read. */
  get unsteady(): boolean {
    return this.#moved || this.#totalsDiffer;
  }

  note(total: number | undefined): void {
    if (total !== undefined && this.#total !== undefined && total !== this.#total) this.#totalsDiffer = true;
    this.#total = total;
  }

  /**
   * Notes a page that follows the loaded rows.
   * @param gap the place where the page meets the loaded rows
   * @param linked true if the two have a row in common
   * @param overlaps true if they should have one
   */
  follow(edge: Edge, gap: Gap | undefined, linked: boolean, overlaps: boolean): void {
    const before = this.#edge;
    this.#edge = edge;
    if (gap === undefined || before === undefined || linked) return;
    const fewer = before.total !== undefined && edge.total !== undefined && before.total > edge.total;
    // The account may not be allowed to see the row that two pages have in common.
    const tells = overlaps && !before.hides && !edge.hides;
    if (tells || fewer) this.#gaps = [...this.#gaps, gap];
  }

  move(): void {
    this.#moved = true;
  }

  /** @param isClosed true if a page that was read again covers both sides of the gap */
  close(isClosed: (gap: Gap) => boolean): void {
    if (this.#gaps.length > 0) this.#gaps = this.#gaps.filter((gap) => !isClosed(gap));
  }

  /**
   * Notes the end of the list. If no row moved, the account may not see the rows that the API counts beyond
   * it.
   */
  settle(count: number): void {
    const isCertain = this.#gaps.length === 0 && !this.unsteady;
    this.#unseen = isCertain && this.#total !== undefined ? this.#total - count : 0;
  }

  /** Returns true if the API's total does not fit the loaded rows. */
  differs(count: number): boolean {
    return this.#gaps.length > 0 || (this.#total !== undefined && this.#total - count !== this.#unseen);
  }
}
