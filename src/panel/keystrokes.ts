/** The keystrokes that this window's panels have taken, the last one of each page. */
import type { Keystroke } from '../protocol/keystroke';

/** A page is forgotten long after its last keystroke. */
const maxPages = 1_000;

export class Keystrokes {
  readonly #last = new Map<string, number>();

  isNew({ page, revision }: Keystroke): boolean {
    return revision > (this.#last.get(page) ?? 0);
  }

  /** @returns the last keystroke of this page, for the page to know */
  take({ page, revision }: Keystroke): Keystroke {
    const last = Math.max(revision, this.#last.get(page) ?? 0);
    // The order of the map is the order of the pages' last keystrokes.
    this.#last.delete(page);
    this.#last.set(page, last);
    for (const [oldest] of this.#last) {
      if (this.#last.size <= maxPages) break;
      this.#last.delete(oldest);
    }
    return { page, revision: last };
  }
}
