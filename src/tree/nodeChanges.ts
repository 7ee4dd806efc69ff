/**
 * Tells VS Code which rows to redraw. A node must not change while VS Code reads its children: VS Code would
 * keep them below the old row, find their IDs again at the next read, and show none of them ("Element with id
 * … is already registered").
 */
import { yieldToEventLoop } from '../base/abort';
import { type Disposable, Emitter } from '../base/event';
import type { ContactsNode } from './nodes';

export class NodeChanges implements Disposable {
  readonly #changed = new Emitter<ContactsNode | undefined>();
  /** Fires with a node whose row or children changed, or with undefined for all nodes. */
  readonly event = this.#changed.event;
  /** The number of running reads of each node's children. */
  readonly #asked = new Map<ContactsNode, number>();
  readonly #waiting = new Set<ContactsNode>();

  fire(node: ContactsNode | undefined): void {
    if (node !== undefined && this.#asked.has(node)) this.#waiting.add(node);
    else this.#changed.fire(node);
  }

  /** Delays changes of `node` until VS Code has received the children that `read` returns. */
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
    // VS Code asks for the children's items in the same turn of the event loop.
    await yieldToEventLoop();
    const left = (this.#asked.get(node) ?? 1) - 1;
    if (left > 0) this.#asked.set(node, left);
    else this.#asked.delete(node);
    if (left === 0 && this.#waiting.delete(node)) this.#changed.fire(node);
  }
}
