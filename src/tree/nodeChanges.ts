/**
 * Tells VS Code which rows to draw again. A node must not change while VS Code is asking for its children:
 * it would keep them below the old row, meet their ids again at the next look, and show none of them
 * ("Element with id … is already registered").
 */
import { rest } from '../base/abort';
import { type Disposable, Emitter } from '../base/event';
import type { ContactsNode } from './nodes';

export class NodeChanges implements Disposable {
  readonly #changed = new Emitter<ContactsNode | undefined>();
  /** A node whose row or children changed; undefined for all of them. */
  readonly event = this.#changed.event;
  /** How often the children of a node are being asked for. */
  readonly #asked = new Map<ContactsNode, number>();
  readonly #waiting = new Set<ContactsNode>();

  fire(node: ContactsNode | undefined): void {
    if (node !== undefined && this.#asked.has(node)) this.#waiting.add(node);
    else this.#changed.fire(node);
  }

  /** Changes of `node` wait until VS Code has taken in the children that `read` gives. */
  async whileReading<T>(node: ContactsNode | undefined, read: () => Promise<T>): Promise<T> {
    if (node === undefined) return read();
    this.#asked.set(node, (this.#asked.get(node) ?? 0) + 1);
    try {
      return await read();
    } finally {
      void this.#release(node);
    }
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async #release(node: ContactsNode): Promise<void> {
    // VS Code asks for the children's rows at once, and they are there at once.
    await rest();
    const left = (this.#asked.get(node) ?? 1) - 1;
    if (left > 0) this.#asked.set(node, left);
    else this.#asked.delete(node);
    if (left === 0 && this.#waiting.delete(node)) this.#changed.fire(node);
  }
}
