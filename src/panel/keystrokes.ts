/** The latest keystroke of each page that this window's panels have handled. */
import type { Keystroke } from '../protocol/keystroke';

/** The maximum number of pages, so that a page is forgotten long after its last keystroke. */
const maxPages = 1_000;

export class Keystrokes {
  readonly #last = new Map<string, number>();

  isNew({ page, revision }: Keystroke): boolean {
    return revision > (this.#last.get(page) ?? 0);
  }

  /** @returns the latest keystroke of this page */
  take({ page, revision }: Keystroke): Keystroke {
    const last = Math.max(revision, this.#last.get(page) ?? 0);
    // The order of the map is the order of the pages' latest keystrokes.
    this.#last.delete(page);
    this.#last.set(page, last);
    for (const [oldest] of this.#last) {
      if (this.#last.size <= maxPages) break;
      this.#last.delete(oldest);
    }
    return { page, revision: last };
  }
}
