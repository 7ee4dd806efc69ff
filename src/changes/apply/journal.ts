/** Writes, reads and deletes the records of the batches that were applied on this computer. */

import type { Clock } from '../../base/clock';
import type { Disposable } from '../../base/event';
import { type Logger, logUnexpected } from '../../base/log';
import type { Runtime } from '../../base/runtime';
import { parseTimestamp } from '../../base/timestamp';
import {
  allUnknown,
  type Batch,
  type BatchPart,
  formatBatch,
  formatPart,
  isUnknown,
  parseBatch,
  parsePart,
  withPart,
} from './journalRecord';
import type { JournalLock, JournalStorage } from './journalStorage';
import type { ItemOutcome } from './outcome';

/** How long a batch is kept, in milliseconds. */
const life = 30 * 24 * 60 * 60 * 1000;

/** The longest time before an outcome is written to the disk, in milliseconds. */
const delay = 100;

const batchName = /^([0-9a-f]{32})\.json$/;
const partName = /^([0-9a-f]{32})\.(\d{6})\.json$/;

export class Journal {
  readonly #storage: JournalStorage;
  readonly #clock: Clock;
  readonly #log: Logger;

  constructor(storage: JournalStorage, { clock, log }: Runtime) {
    this.#storage = storage;
    this.#clock = clock;
    this.#log = log;
  }

  /** @returns undefined if another window holds the lock */
  lock(): Promise<JournalLock | undefined> {
    return this.#storage.lock();
  }

  /**
   * Runs work that requires the lock.
   * @returns undefined, without running it, if another window holds the lock
   */
  async exclusively<T>(work: () => Promise<T>): Promise<T | undefined> {
    const lock = await this.lock();
    if (lock === undefined) return undefined;
    try {
      return await work();
    } finally {
      await lock.free();
    }
  }

  /** Requires the lock. @throws if the disk refuses, in which case nothing may be sent */
  async begin(batch: Batch): Promise<OpenBatch> {
    await this.#storage.write(`${batch.id}.json`, formatBatch(batch));
    return new OpenBatch(batch, this.#storage, this.#clock);
  }

  /** Returns the batches of the last 30 days, newest first. An unreadable batch is left out. */
  async batches(origin: string): Promise<readonly Batch[]> {
    const all = await this.#all(await this.#storage.names(), origin);
    return all.filter((batch) => !this.#isOld(batch)).sort((a, b) => (a.at < b.at ? 1 : -1));
  }

  /** Returns the batches whose Apply was interrupted or is in progress, and those with an unknown outcome. */
  async interrupted(origin: string): Promise<readonly Interrupted[]> {
    const names = await this.#storage.names();
    return (await this.#all(names, origin))
      .filter((batch) => !this.#isOld(batch))
      .map((batch) => ({ batch, hasParts: partsOf(batch.id, names).length > 0 }))
      .filter(({ batch, hasParts }) => hasParts || isUnknown(batch));
  }

  /** Requires the lock. Records the outcomes that a later reading found for items with an unknown outcome. */
  async note(batch: Batch, outcomes: ReadonlyMap<number, ItemOutcome>): Promise<void> {
    const open = new OpenBatch(batch, this.#storage, this.#clock);
    for (const [n, outcome] of outcomes) open.note(n, outcome);
    await open.end();
  }

  /**
   * Requires the lock. Removes batches older than 30 days, unreadable ones by the age of their file, and leftover parts
   * whose batch has been removed.
   */
  async prune(): Promise<void> {
    const names = await this.#storage.names();
    for (const name of names) {
      const whole = partName.exec(name)?.[1];
      if (whole !== undefined && !names.includes(`${whole}.json`)) await this.#storage.remove(name);
      const id = batchName.exec(name)?.[1];
      const batch = id === undefined ? undefined : await this.#read(id, names);
      if (id === undefined) continue;
      const isOver = batch ? this.#isOld(batch) : this.#isPast(await this.#storage.modified(name));
      if (isOver) await this.#remove(id, names);
    }
  }

  /**
   * Requires the lock. Removes all batches of all APIs, including unreadable ones.
   * @param origin limits the removal to this API, as far as the API of a file can be read
   */
  async forget(origin?: string): Promise<void> {
    const names = await this.#storage.names();
    if (origin === undefined) for (const name of names) await this.#storage.remove(name);
    else for (const { id } of await this.#all(names, origin)) await this.#remove(id, names);
  }

  async #all(names: readonly string[], origin: string): Promise<readonly Batch[]> {
    const found: Batch[] = [];
    for (const name of names) {
      const id = batchName.exec(name)?.[1];
      const batch = id === undefined ? undefined : await this.#read(id, names);
      if (batch?.origin === origin) found.push(batch);
    }
    return found;
  }

  #isOld({ at }: Batch): boolean {
    return this.#isPast(parseTimestamp(at));
  }

  #isPast(time: number): boolean {
    return this.#clock.now() - time > life;
  }

  async #remove(id: string, names: readonly string[]): Promise<void> {
    // Parts are useless without their batch.
    await this.#storage.remove(`${id}.json`);
    for (const name of partsOf(id, names)) await this.#storage.remove(name);
  }

  async #read(id: string, names: readonly string[]): Promise<Batch | undefined> {
    try {
      const text = await this.#storage.read(`${id}.json`);
      let batch = text === undefined ? undefined : parseBatch(text);
      if (batch === undefined) {
        this.#log.warn('A journal of applied changes could not be read');
        return undefined;
      }
      let isWhole = true;
      for (const name of partsOf(id, names)) {
        const written = await this.#storage.read(name);
        // Another window has just merged the parts into the batch.
        if (written === undefined) continue;
        const part = parsePart(written);
        isWhole &&= part !== undefined;
        if (part) batch = withPart(batch, part);
      }
      return isWhole ? batch : allUnknown(batch);
    } catch (error) {
      logUnexpected(this.#log, 'read the journal of applied changes', error);
      return undefined;
    }
  }
}

const partsOf = (id: string, names: readonly string[]) =>
  names.filter((name) => partName.exec(name)?.[1] === id).sort();

/** A batch that did not come to its end. */
interface Interrupted {
  readonly batch: Batch;
  /** The Apply did not reach its end, so drafts of saved items may still be on the disk. */
  readonly hasParts: boolean;
}

/** A batch in progress. Outcomes that arrive while the disk is busy are written together. */
export class OpenBatch {
  #batch: Batch;
  readonly #storage: JournalStorage;
  readonly #announced = new Set<number>();
  readonly #outcomes = new Map<number, ItemOutcome>();
  readonly #clock: Clock;
  #parts = 0;
  #writing: Promise<void> | undefined;
  #timer: Disposable | undefined;

  constructor(batch: Batch, storage: JournalStorage, clock: Clock) {
    this.#batch = batch;
    this.#storage = storage;
    this.#clock = clock;
  }

  /** The batch with all outcomes so far. */
  get batch(): Batch {
    return this.#batch;
  }

  /** Records that items are about to be sent. @throws if the disk refuses, in which case they must not be sent */
  async announce(items: readonly number[]): Promise<void> {
    for (const n of items) this.#announced.add(n);
    this.#batch = withPart(this.#batch, { announced: items, outcomes: [] });
    await this.#write();
  }

  /** Records the outcome of an item. It reaches the disk soon; after an earlier crash, a reading finds the outcome. */
  note(item: number, outcome: ItemOutcome): void {
    this.#outcomes.set(item, outcome);
    this.#batch = withPart(this.#batch, { announced: [], outcomes: [[item, outcome]] });
    // If the disk refuses, the outcome is written with the whole batch at the end.
    this.#timer ??= this.#clock.after(delay, () => void this.#write().catch(() => undefined));
  }

  /** Resolves when all outcomes so far are on the disk. @throws if the disk refuses */
  async written(): Promise<void> {
    await this.#write();
  }

  /** Merges the batch and its parts into one file. @throws if the disk refuses; announced items stay on the disk */
  async end(): Promise<void> {
    this.#timer?.dispose();
    await this.#writing?.catch(() => undefined);
    await this.#storage.write(`${this.#batch.id}.json`, formatBatch(this.#batch));
    for (const name of partsOf(this.#batch.id, await this.#storage.names())) await this.#storage.remove(name);
  }

  /** Writes all waiting outcomes after the current write has finished. */
  async #write(): Promise<void> {
    this.#timer?.dispose();
    this.#timer = undefined;
    const before = this.#writing;
    const writing = (async () => {
      await before?.catch(() => undefined);
      if (this.#announced.size === 0 && this.#outcomes.size === 0) return;
      const part: BatchPart = { announced: [...this.#announced], outcomes: [...this.#outcomes] };
      this.#announced.clear();
      this.#outcomes.clear();
      const name = `${this.#batch.id}.${String(this.#parts++).padStart(6, '0')}.json`;
      try {
        await this.#storage.write(name, formatPart(part));
      } catch (error) {
        // The next write contains them: another item may wait for its announcement in this part.
        for (const n of part.announced) this.#announced.add(n);
        for (const [n, outcome] of part.outcomes) if (!this.#outcomes.has(n)) this.#outcomes.set(n, outcome);
        throw error;
      }
    })();
    this.#writing = writing;
    await writing;
  }
}
