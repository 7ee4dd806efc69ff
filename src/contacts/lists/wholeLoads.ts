/**
 * Runs the reads of whole lists: one organisation after another, each shared by all callers. A read stops
 * when the last caller gives up, or when the user cancels all reads in the view.
 */
import { unlessAborted } from '../../base/abort';
import { type Disposable, Emitter } from '../../base/event';
import type { ContactStore } from './contactStore';

interface Load {
  readonly abort: AbortController;
  readonly done: Promise<void>;
  /** The number of waiting callers. */
  wanted: number;
}

export class WholeLoads implements Disposable {
  readonly #contacts: ContactStore;
  readonly #changed = new Emitter<void>();
  /** Fires when a read begins or ends. */
  readonly onDidChange = this.#changed.event;
  #queue: Promise<void> = Promise.resolve();
  readonly #cancelled = new Set<string>();
  readonly #loads = new Map<string, Load>();

  constructor(contacts: ContactStore) {
    this.#contacts = contacts;
  }

  /** The organisations whose lists are being read or are queued. */
  get organisationIds(): readonly string[] {
    return [...this.#loads.keys()];
  }

  /**
   * Reads the missing rows of these lists. A failure or a cancellation is stored in the list.
   * @param fresh a complete list is read again, too, if it is stale
   * @returns false if the user cancelled one of the reads that this call waited for
   * @throws the `AbortError` of `signal`, which stops waiting; other callers continue
   */
  async load(organisationIds: readonly string[], signal?: AbortSignal, fresh = false): Promise<boolean> {
    const ended = await Promise.all(organisationIds.map((id) => this.#share(id, signal, fresh)));
    return ended.every((isEnded) => isEnded);
  }

  /** Returns true if the user cancelled the read: it continues on request only, not automatically. */
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

  async #share(organisationId: string, signal: AbortSignal | undefined, fresh: boolean): Promise<boolean> {
    signal?.throwIfAborted();
    const load = this.#loads.get(organisationId) ?? this.#start(organisationId, fresh);
    if (load === undefined) return true;
    load.wanted++;
    try {
      await unlessAborted(signal, load.done);
      return !load.abort.signal.aborted;
    } finally {
      load.wanted--;
      if (load.wanted === 0) this.#stop(organisationId, load);
    }
  }

  /**
   * Removes the read at once, so that later callers start a new one instead of waiting for the cancelled one.
   */
  #stop(organisationId: string, load: Load): void {
    if (this.#loads.get(organisationId) !== load) return;
    this.#cancelled.add(organisationId);
    load.abort.abort();
    this.#end(organisationId, load);
  }

  /** @returns undefined if the list is complete */
  #start(organisationId: string, fresh: boolean): Load | undefined {
    const { complete, outdated, stale, load: last } = this.#contacts.list(organisationId);
    const isOld = outdated || (fresh && (stale || last.kind === 'failed'));
    if (complete && !isOld) return undefined;
    this.#cancelled.delete(organisationId);
    const abort = new AbortController();
    const { signal } = abort;
    // The queue keeps the limit of parallel requests for all organisations together.
    const reading = this.#queue.then(async () => {
      if (!signal.aborted) await this.#contacts.loadAll(organisationId, signal, isOld);
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
