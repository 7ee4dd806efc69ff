/**
 * The loads of whole lists that are under way: one organisation after the other, each shared by all who
 * want it. It stops when nobody does any more, or when a person stops all of them in the view.
 */
import { unlessAborted } from '../../base/abort';
import { type Disposable, Emitter } from '../../base/event';
import type { ContactStore } from './contactStore';

interface Load {
  readonly abort: AbortController;
  readonly done: Promise<void>;
  /** Those who wait for it. */
  wanted: number;
}

export class WholeLoads implements Disposable {
  readonly #contacts: ContactStore;
  readonly #changed = new Emitter<void>();
  /** One began or ended. */
  readonly onDidChange = this.#changed.event;
  #queue: Promise<void> = Promise.resolve();
  readonly #cancelled = new Set<string>();
  readonly #loads = new Map<string, Load>();

  constructor(contacts: ContactStore) {
    this.#contacts = contacts;
  }

  /** The organisations whose lists are being read, or wait for their turn. */
  get organisationIds(): readonly string[] {
    return [...this.#loads.keys()];
  }

  /**
   * Reads what is missing of these lists; a failure or a cancellation is in the lists.
   * @throws the `AbortError` of `signal`, by which this one gives up waiting: others still get theirs
   */
  async load(organisationIds: readonly string[], signal?: AbortSignal): Promise<void> {
    await Promise.all(organisationIds.map((id) => this.#share(id, signal)));
  }

  /** Somebody gave up reading this list: it goes on when it is asked to, not by itself. */
  isCancelled(organisationId: string): boolean {
    return this.#cancelled.has(organisationId);
  }

  forgetCancelled(organisationId: string): void {
    this.#cancelled.delete(organisationId);
  }

  cancel(): void {
    for (const [id, load] of [...this.#loads]) this.#stop(id, load);
  }

  dispose(): void {
    for (const { abort } of this.#loads.values()) abort.abort();
    this.#changed.dispose();
  }

  async #share(organisationId: string, signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    const load = this.#loads.get(organisationId) ?? this.#start(organisationId);
    if (load === undefined) return;
    load.wanted++;
    try {
      await unlessAborted(signal, load.done);
    } finally {
      load.wanted--;
      if (load.wanted === 0) this.#stop(organisationId, load);
    }
  }

  /** Whoever wants it from now on begins a new one, and does not wait for one that comes to nothing. */
  #stop(organisationId: string, load: Load): void {
    if (this.#loads.get(organisationId) !== load) return;
    this.#cancelled.add(organisationId);
    load.abort.abort();
    this.#end(organisationId, load);
  }

  /** @returns undefined when all is here */
  #start(organisationId: string): Load | undefined {
    const { complete, outdated } = this.#contacts.list(organisationId);
    if (complete && !outdated) return undefined;
    this.#cancelled.delete(organisationId);
    const abort = new AbortController();
    const { signal } = abort;
    // A few requests at a time is a bound for all of them.
    const reading = this.#queue.then(async () => {
      if (!signal.aborted) await this.#contacts.loadAll(organisationId, signal);
    });
    this.#queue = reading.catch(() => undefined);
    const load = { abort, done: reading.finally(() => this.#end(organisationId, load)), wanted: 0 };
    this.#loads.set(organisationId, load);
    this.#changed.fire();
    return load;
  }

  #end(organisationId: string, load: Load): void {
    if (this.#loads.get(organisationId) !== load) return;
    this.#loads.delete(organisationId);
    this.#changed.fire();
  }
}
