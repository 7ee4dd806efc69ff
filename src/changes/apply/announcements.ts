/**
 * Announces items in the journal before they are sent. Several are announced together, because a disk write costs more
 * than a request to a near server.
 */
import type { OpenBatch } from './journal';

/** The number of items that are announced together. */
const together = 32;

export class Announcements {
  readonly #open: OpenBatch;
  readonly #total: number;
  /** In the order of the items, `together` items each. */
  readonly #all: Promise<void>[] = [];

  /** @param total the number of items */
  constructor(open: OpenBatch, total: number) {
    this.#open = open;
    this.#total = total;
  }

  /** The number of announced items, from the first one. */
  get count(): number {
    return Math.min(this.#all.length * together, this.#total);
  }

  /** Resolves when the journal has the item. @throws if the disk refuses, in which case it must not be sent */
  async announce(item: number): Promise<void> {
    // The disk takes the next announcement while these items are sent.
    this.#begin(item + together / 2);
    await this.#all[Math.floor(item / together)];
  }

  #begin(last: number): void {
    for (let from = this.#all.length * together; from <= last && from < this.#total; from += together) {
      const items = Array.from({ length: Math.min(together, this.#total - from) }, (_, at) => from + at);
      const announcing = this.#open.announce(items);
      // Whoever waits for it gets the failure.
      announcing.catch(() => undefined);
      this.#all.push(announcing);
    }
  }
}
