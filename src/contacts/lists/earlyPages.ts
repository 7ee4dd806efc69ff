import { type ListPage, spanOf } from './listPage';

/** Pages of a list that arrived before those in front of them, by offset. */
export class EarlyPages {
  readonly #pages = new Map<number, ListPage>();

  /** The offsets that they cover: they are not asked for again. */
  get spans() {
    return [...this.#pages].map(([offset, page]) => spanOf(page, offset));
  }

  add(offset: number, page: ListPage): void {
    this.#pages.set(offset, page);
  }

  /** @returns one that begins where the list goes on, or before */
  take(next: number | undefined): readonly [page: ListPage, offset: number] | undefined {
    if (next === undefined) return undefined;
    for (const [offset, page] of this.#pages) {
      if (offset > next) continue;
      this.#pages.delete(offset);
      return [page, offset];
    }
    return undefined;
  }
}
