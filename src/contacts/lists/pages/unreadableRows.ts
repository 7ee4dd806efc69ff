/** The offsets of unreadable rows in the API's list. A page that is read again replaces its own. */

/** The offsets of a page in the API's list. */
interface Span {
  /** The first offset, and the one after the last. */
  readonly from: number;
  readonly to: number;
  /** The offsets of unreadable rows. */
  readonly places: readonly number[];
}

export class UnreadableRows {
  #places = new Set<number>();
  #end = 0;

  get count(): number {
    return this.#places.size;
  }

  /** Adds a page that follows the loaded rows. */
  add({ from, to, places }: Span): void {
    this.#takeAway(from, to);
    this.#put(places);
  }

  /**
   * Replaces a page that was read again.
   * @param shift the number of inserted contacts minus the number of removed ones
   * @param last true for the last page
   * @returns the shift of the rows after the page
   */
  replace({ from, to, places }: Span, shift: number, last: boolean): number {
    const begin = Math.max(from, to - shift);
    const moved = shift + places.length - this.#takeAway(from, begin);
    if (this.#end > begin && (moved !== 0 || last)) {
      const all = [...this.#places];
      this.#places = new Set(all.filter((at) => at < from));
      if (!last) this.#put(all.filter((at) => at >= begin).map((at) => at + moved));
    }
    this.#put(places);
    return moved;
  }

  /** Returns true if all rows of a non-empty range were unreadable in one of the two reads. */
  fill(from: number, to: number, places: readonly number[]): boolean {
    for (let at = from; at < to; at++) if (!this.#places.has(at) && !places.includes(at)) return false;
    return from < to;
  }

  #put(places: readonly number[]): void {
    for (const at of places) {
      this.#places.add(at);
      this.#end = Math.max(this.#end, at + 1);
    }
  }

  /** @returns the number of removed offsets */
  #takeAway(from: number, to: number): number {
    let count = 0;
    for (let at = from; at < Math.min(to, this.#end); at++) if (this.#places.delete(at)) count++;
    return count;
  }
}
