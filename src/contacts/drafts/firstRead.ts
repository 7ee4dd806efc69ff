/**
 * Reads all stored drafts when a window starts. A failed read is repeated automatically and does not affect
 * other drafts. An unreadable text is set aside, never deleted.
 */
import type { Clock } from '../../base/clock';
import type { KeyedQueue } from '../../base/concurrency';
import type { Disposable } from '../../base/event';
import { type Logger, logUnexpected } from '../../base/log';
import type { DraftKind } from './draftKind';
import type { DraftStorage } from './draftStorage';
import { readStored } from './readStored';

/** Milliseconds until a failed operation is repeated. */
export const retryAfter = 3_000;

interface Source<K, D> {
  readonly kind: DraftKind<K, D>;
  readonly storage: DraftStorage;
  readonly log: Logger;
  readonly clock: Clock;
  /** Orders the reads and writes of each draft. */
  readonly queue: KeyedQueue;
  /** Reads a draft that is not in memory yet. */
  read(name: string): Promise<void>;
  /** Called with true if the disk did not give the list. */
  listRefused(is: boolean): void;
}

export class FirstRead<K, D> implements Disposable {
  readonly #source: Source<K, D>;
  /** The names of drafts that the disk cannot read at present. */
  readonly #withheld = new Set<string>();
  #unreadable = 0;
  #retry: Disposable | undefined;
  #disposed = false;

  constructor(source: Source<K, D>) {
    this.#source = source;
  }

  /** The number of stored drafts that the disk cannot read at present. */
  get withheld(): number {
    return this.#withheld.size;
  }

  /** Returns the number of unreadable drafts since the last call. */
  takeUnreadable(): number {
    const count = this.#unreadable;
    this.#unreadable = 0;
    return count;
  }

  /** Without a working disk, the store works in memory. */
  async readAll(): Promise<void> {
    const { kind, storage, log, queue, listRefused } = this.#source;
    try {
      const names = await storage.list();
      listRefused(false);
      await Promise.all(names.map((name) => queue.take(name, () => this.#read(name))));
    } catch (error) {
      logUnexpected(log, `read the list of ${kind.name}`, error);
      listRefused(true);
      this.#retryLater();
    }
  }

  async setAside(name: string): Promise<void> {
    const { kind, storage, log } = this.#source;
    await storage.setAside(name);
    this.#unreadable++;
    log.error(`${kind.name} that could not be read were set aside`);
  }

  dispose(): void {
    this.#disposed = true;
    this.#retry?.dispose();
  }

  /** Repeats the read later if the disk fails. */
  async #read(name: string): Promise<void> {
    const { kind, storage, log, read } = this.#source;
    try {
      const isUnreadable = async () => (await readStored(kind, storage, name))?.kind === 'unreadable';
      // A second check under the lock makes sure that no other window is writing the file.
      if (await isUnreadable())
        await storage.exclusively(name, async () => {
          if (await isUnreadable()) await this.setAside(name);
        });
      await read(name);
      this.#withheld.delete(name);
    } catch (error) {
      if (!this.#withheld.has(name)) logUnexpected(log, `read ${kind.name} ${name}`, error);
      this.#withheld.add(name);
      this.#retryLater();
    }
  }

  #retryLater(): void {
    if (this.#disposed || this.#retry) return;
    this.#retry = this.#source.clock.after(retryAfter, () => {
      this.#retry = undefined;
      void this.readAll();
    });
  }
}
