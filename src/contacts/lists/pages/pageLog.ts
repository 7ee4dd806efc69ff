/**
 * What the pages of a list say of it as a whole. Rows move when somebody adds or deletes one between two requests, and
 * one can slip through where two pages meet. So each page begins with the last row of the one before; where it does
 * not, there may be a gap. Totals alone cannot tell: one row that is added makes up for one that is deleted.
 */

interface Edge {
  readonly total: number | undefined;
  /** It has places of rows that this account may not see. */
  readonly hides: boolean;
}

/** A place to be read again. */
export interface Doubtful {
  /** The offset where two pages meet. */
  readonly offset: number;
  /** The offset behind a page that is short for an unknown reason: what is from there on was passed over. */
  readonly isPassed: boolean;
}

export interface Gap extends Doubtful {
  /** The contact before it. */
  readonly before: string;
}

export class PageLog {
  #total: number | undefined;
  #edge: Edge | undefined;
  #totalsDiffer = false;
  #moved = false;
  #gaps: readonly Gap[] = [];
  /** How many more rows the API counts than it gives, once the list is read to its end; fewer where it caps its count. */
  #unseen = 0;

  /** By the page that was read last. */
  get total(): number | undefined {
    return this.#total;
  }

  get gaps(): readonly Gap[] {
    return this.#gaps;
  }

  /** Rows were added, deleted or moved while the list was read. */
  get unsteady(): boolean {
    return this.#moved || this.#totalsDiffer;
  }

  note(total: number | undefined): void {
    if (total !== undefined && this.#total !== undefined && total !== this.#total) this.#totalsDiffer = true;
    this.#total = total;
  }

  /**
   * A page that follows what is here.
   * @param gap where it meets what is here, if the two were to overlap or cannot tell
   * @param linked the two have a row in common
   */
  follow(edge: Edge, gap: Gap | undefined, linked: boolean, overlaps: boolean): void {
    const before = this.#edge;
    this.#edge = edge;
    if (gap === undefined || before === undefined || linked) return;
    const fewer = before.total !== undefined && edge.total !== undefined && before.total > edge.total;
    // The row that two pages have in common may be one that is not to be seen.
    const tells = overlaps && !before.hides && !edge.hides;
    if (tells || fewer) this.#gaps = [...this.#gaps, gap];
  }

  move(): void {
    this.#moved = true;
  }

  /** @param isClosed a page that was read again covers both sides */
  close(isClosed: (gap: Gap) => boolean): void {
    if (this.#gaps.length > 0) this.#gaps = this.#gaps.filter((gap) => !isClosed(gap));
  }

  /** The list is read to its end: what the API counts beyond it is not for this account, if nothing moved. */
  settle(count: number): void {
    const isCertain = this.#gaps.length === 0 && !this.unsteady;
    this.#unseen = isCertain && this.#total !== undefined ? this.#total - count : 0;
  }

  /** Whether the API tells of other contacts than these. */
  differs(count: number): boolean {
    return this.#gaps.length > 0 || (this.#total !== undefined && this.#total - count !== this.#unseen);
  }
}
