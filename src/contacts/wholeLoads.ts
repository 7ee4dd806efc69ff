/** The loads of whole lists that are under way: one organisation after the other, to be cancelled together. */
import { type Disposable, Emitter } from '../base/event';
import type { ContactStore } from './contactStore';

export class WholeLoads implements Disposable {
  readonly #contacts: ContactStore;
  readonly #changed = new Emitter<void>();
  /** One began or ended. */
  readonly onDidChange = this.#changed.event;
  #abort = new AbortController();
  #queue: Promise<void> = Promise.resolve();
  readonly #cancelled = new Set<string>();
  readonly #wanted = new Map<string, Promise<void>>();

  constructor(contacts: ContactStore) {
    this.#contacts = contacts;
  }

  /** The organisations whose lists are being read, or wait for their turn. */
  get organisationIds(): readonly string[] {
    return [...this.#wanted.keys()];
  }

  /** Reads what is missing of these lists; a failure or a cancellation is in the lists. */
  async load(organisationIds: readonly string[]): Promise<void> {
    await Promise.all(organisationIds.map((id) => this.#wanted.get(id) ?? this.#start(id)));
  }

  /** Somebody gave up reading this list: it goes on when it is asked to, not by itself. */
  isCancelled(organisationId: string): boolean {
    return this.#cancelled.has(organisationId);
  }

  forgetCancelled(organisationId: string): void {
    this.#cancelled.delete(organisationId);
  }

  cancel(): void {
    for (const id of this.#wanted.keys()) this.#cancelled.add(id);
    this.#abort.abort();
    this.#abort = new AbortController();
  }

  dispose(): void {
    this.#abort.abort();
    this.#changed.dispose();
  }

  async #start(organisationId: string): Promise<void> {
    const { complete, outdated } = this.#contacts.list(organisationId);
    if (complete && !outdated) return;
    this.#cancelled.delete(organisationId);
    const { signal } = this.#abort;
    // A few requests at a time is a bound for all of them.
    const done = this.#queue.then(async () => {
      if (!signal.aborted) await this.#contacts.loadAll(organisationId, signal);
    });
    this.#queue = done.catch(() => undefined);
    this.#wanted.set(organisationId, done);
    this.#changed.fire();
    try {
      await done;
    } finally {
      this.#wanted.delete(organisationId);
      this.#changed.fire();
    }
  }
}
