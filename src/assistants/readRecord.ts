/** The calls of assistants in this window. The record is in memory only, and ends with the account. */
import { type Disposable, Emitter } from '../base/event';
import type { ToolId } from '../manifest';
import { toolIds } from '../manifest';
import type { Answer } from './answer';

export interface ReadEntry extends Pick<Answer, 'organisation' | 'organisationId' | 'contacts' | 'fields'> {
  readonly tool: ToolId;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** The most entries. The oldest are dropped first. */
const maxEntries = 200;

export class ReadRecord implements Disposable {
  #entries: readonly ReadEntry[] = [];
  readonly #changed = new Emitter<void>();
  readonly onDidChange = this.#changed.event;

  /** The newest first. */
  get entries(): readonly ReadEntry[] {
    return this.#entries;
  }

  /** The number of contacts of which an assistant received something, each once. */
  get count(): number {
    const read = this.#entries.filter(({ tool }) => tool !== toolIds.proposeChanges);
    return new Set(
      read.flatMap(({ organisationId, contacts }) =>
        contacts.map(({ id }) => JSON.stringify([organisationId, id])),
      ),
    ).size;
  }

  add(tool: ToolId, { organisation, organisationId, contacts, fields }: Answer, at: number): void {
    if (contacts.length === 0) return;
    const entry = { tool, at, organisation, organisationId, contacts, fields };
    this.#entries = [entry, ...this.#entries].slice(0, maxEntries);
    this.#changed.fire();
  }

  clear(): void {
    if (this.#entries.length === 0) return;
    this.#entries = [];
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
