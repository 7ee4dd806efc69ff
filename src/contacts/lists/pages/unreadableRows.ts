/** The places in the API's list of rows that could not be read: a page that is read again tells anew of its own. */

/** A page that was read, in the API's own numbering. */
interface Span {
  /** The offsets that it covers. */
  readonly from: number;
  readonly to: number;
  /** Offsets of its rows that could not be read. */
  readonly places: readonly number[];
}

export class UnreadableRows {
  #places = new Set<number>();
  #end = 0;

  get count(): number {
    return this.#places.size;
  }

  /** Takes a page that follows what is here. */
  add({ from, to, places }: Span): void {
    this.#takeAway(from, to);
    this.#put(places);
  }

  /**
   * Takes a page that was read again.
   * @param shift so many contacts came into the list by it, less those that went
   * @param last nothing comes after it
   * @returns how far the rows behind it are from where they were
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

  /** Whether none of these rows, of which there is at least one, could be read before or now. */
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

  /** @returns how many there were */
  #takeAway(from: number, to: number): number {
    let count = 0;
    for (let at = from; at < Math.min(to, this.#end); at++) if (this.#places.delete(at)) count++;
    return count;
  }
}
