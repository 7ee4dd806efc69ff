import { type ListPage, spanOf } from './listPage';

/** Pages of a list that arrived before an earlier one, by offset. */
export class EarlyPages {
  readonly #pages = new Map<number, ListPage>();

  /** The offsets that these pages cover, which need not be requested. */
  get spans() {
    return [...this.#pages].map(([offset, page]) => spanOf(page, offset));
  }

  add(offset: number, page: ListPage): void {
    this.#pages.set(offset, page);
  }

  /** @returns a page that begins at the end of the loaded rows, or before it */
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
