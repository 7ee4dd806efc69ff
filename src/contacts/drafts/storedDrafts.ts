/**
 * Keeps drafts of one kind in memory and on this computer's disk. Every keystroke is in memory at once and on
 * the disk soon after. Other windows use the same files: their changes are joined, and no text of either
 * window is lost silently.
 */

import type { Clock } from '../../base/clock';
import { KeyedQueue, once } from '../../base/concurrency';
import { type Disposable, Emitter } from '../../base/event';
import { attempt, type Logger } from '../../base/log';
import type { Runtime } from '../../base/runtime';
import { formatEnding } from './draftEnding';
import { DraftEntry } from './draftEntry';
import type { DraftKind } from './draftKind';
import { newLineage, withLineage } from './draftLineage';
import type { DraftStorage } from './draftStorage';
import { FirstRead, retryAfter } from './firstRead';
import { readStored } from './readStored';

/** Milliseconds to the write of a change that another file on the disk records, too. */
const lateAfter = 10_000;
/** The name in the queue for operations on all drafts. */
const list = '';

export class StoredDrafts<K, D extends object | undefined> implements Disposable {
  readonly #kind: DraftKind<K, D>;
  readonly #storage: DraftStorage;
  readonly #log: Logger;
  readonly #clock: Clock;
  readonly #entries = new Map<string, DraftEntry<K, D>>();
  /** Orders the reads and writes of each draft. */
  readonly #turns = new KeyedQueue();
  readonly #changed = new Emitter<K>();
  /** Fires when a draft changes in this window or another one. */
  readonly onDidChange = this.#changed.event;
  readonly #failed = new Emitter<boolean>();
  readonly onDidChangeFailing = this.#failed.event;
  readonly #subscription: Disposable;
  readonly #refused = new Set<string>();
  readonly #firstRead: FirstRead<K, D>;
  #disposed = false;

  constructor(kind: DraftKind<K, D>, storage: DraftStorage, { clock, log }: Runtime) {
    this.#kind = kind;
    this.#storage = storage;
    this.#log = log;
    this.#clock = clock;
    this.#firstRead = new FirstRead({
      kind,
      storage,
      log,
      clock,
      queue: this.#turns,
      read: (name) => this.#read(name),
      listRefused: (is) => this.#tell(list, is),
    });
    this.#subscription = storage.onDidChange((name) => void this.#follow(name));
  }

  /** Reads the stored drafts. */
  readonly ready = once(async () => {
    await this.#firstRead.readAll();
    void this.clear();
  });

  /** Removes the leftovers of windows that were killed during a write. */
  clear(): Promise<void> {
    return this.#turns.take(list, async () => {
      await this.#attempt('clear what was left behind', () => this.#storage.clear());
    });
  }

  /** Returns the number of unreadable drafts since the last call. */
  takeUnreadable(): number {
    return this.#firstRead.takeUnreadable();
  }

  /** The number of stored drafts that the disk cannot read at present. */
  get withheld(): number {
    return this.#firstRead.withheld;
  }

  /** True while a write fails, so that some text is in memory only. */
  get failing(): boolean {
    return this.#refused.size > 0;
  }

  get(key: K): D | undefined {
    return this.#entry(key)?.draft;
  }

  all(): readonly { readonly key: K; readonly draft: NonNullable<D> }[] {
    return [...this.#entries.values()].flatMap(({ key, draft }) =>
      draft && !this.#kind.isOver(draft) ? [{ key, draft }] : [],
    );
  }

  /** @param isLate true if the journal of an Apply records the change, too, so that its write can wait */
  set(key: K, draft: D, isLate = false): void {
    const entry = this.#entry(key) ?? this.#begin(key, draft);
    entry.draft = draft;
    if (isLate) entry.scheduleLate(this.#clock, lateAfter, () => void this.#write(entry));
    else this.#schedule(entry);
    this.#changed.fire(key);
  }

  /** Writes all pending changes, before the extension host ends. */
  async flush(): Promise<void> {
    for (const entry of this.#entries.values()) if (entry.isPending) void this.#write(entry);
    await this.#turns.over();
  }

  /**
   * Reads a draft from the disk, ignoring the memory.
   * @throws if the disk fails
   */
  async stored(key: K): Promise<D | undefined> {
    const text = await this.#storage.read(this.#name(key));
    return text === undefined ? undefined : this.#kind.parse(text)?.draft;
  }

  /**
   * See `DraftStorage.claim`.
   * @throws if the disk fails
   */
  claim(key: K, right: string, owner: string): Promise<boolean> {
    return this.#storage.claim(this.#name(key), right, owner);
  }

  /**
   * See `DraftStorage.holds`.
   * @throws if the disk fails
   */
  holds(key: K, right: string, owner: string): Promise<boolean> {
    return this.#storage.holds(this.#name(key), right, owner);
  }

  release(key: K, right: string): Promise<void> {
    return this.#storage.release(this.#name(key), right);
  }

  /** Removes all traces of a discarded draft. */
  protected async clearTraces(key: K): Promise<void> {
    const entry = this.#entry(key);
    if (entry === undefined) return;
    void this.#write(entry);
    await this.#turns.take(entry.name, async () => {
      await this.#attempt(`clear ${this.#kind.name} ${entry.name}`, () =>
        this.#storage.releaseAll(entry.name),
      );
    });
  }

  dispose(): void {
    this.#disposed = true;
    for (const entry of this.#entries.values()) entry.stop();
    this.#firstRead.dispose();
    this.#subscription.dispose();
    this.#changed.dispose();
    this.#failed.dispose();
  }

  #name(key: K): string {
    return this.#storage.nameOf(this.#kind.keyText(key));
  }

  #entry(key: K) {
    return this.#entries.get(this.#kind.keyText(key));
  }

  #named(name: string) {
    return [...this.#entries.values()].find((one) => one.name === name);
  }

  #begin(key: K, draft: D, stored?: D, lineage?: string): DraftEntry<K, D> {
    const entry = new DraftEntry(key, this.#name(key), draft, stored, lineage);
    this.#entries.set(this.#kind.keyText(key), entry);
    return entry;
  }

  #schedule(entry: DraftEntry<K, D>): void {
    entry.schedule(this.#clock, () => void this.#write(entry));
  }

  /** Reads a draft that is not in memory yet. */
  async #read(name: string): Promise<void> {
    const there = await this.#there(name);
    // A copy under another name never replaces what is in memory.
    if (there?.kind !== 'draft' || this.#named(name) || this.#entry(there.key)) return;
    this.#begin(there.key, there.draft, there.draft, there.lineage);
    this.#changed.fire(there.key);
  }

  #there = (name: string) => readStored(this.#kind, this.#storage, name);

  #write(entry: DraftEntry<K, D>): Promise<void> {
    entry.unschedule();
    return this.#turns.take(entry.name, () => this.#store(entry));
  }

  async #store(entry: DraftEntry<K, D>): Promise<void> {
    const isStored = await this.#attempt(`write ${this.#kind.name} ${entry.name}`, () =>
      this.#storage.exclusively(entry.name, () => this.#replace(entry)),
    );
    if (!isStored && !this.#disposed)
      entry.scheduleLate(this.#clock, retryAfter, () => void this.#write(entry));
    this.#tell(entry.name, !isStored);
  }

  /** Reads, joins and writes under the lock. */
  async #replace(entry: DraftEntry<K, D>): Promise<void> {
    const { key, name } = entry;
    let there = await this.#there(name);
    if (there?.kind === 'unreadable') {
      // An unreadable file does not affect the draft in memory.
      await this.#firstRead.setAside(name);
      there = undefined;
    }
    if (there) this.#join(entry, there.draft, there.lineage);
    const { draft } = entry;
    const lineage = there ? there.lineage : newLineage();
    const text = this.#kind.format(key, draft);
    entry.writing = draft;
    if (text !== undefined) await this.#storage.write(name, withLineage(text, lineage));
    else if (there?.kind === 'draft' || entry.stored !== undefined)
      await this.#storage.end(name, formatEnding(this.#kind.note(draft), lineage));
    entry.stored = text === undefined ? undefined : draft;
    entry.lineage = lineage;
    entry.writing = undefined;
  }

  #join(entry: DraftEntry<K, D>, theirs: D | undefined, lineage: string | undefined): void {
    if (entry.join(this.#kind, theirs, lineage)) this.#changed.fire(entry.key);
  }

  /**
   * Follows a change in the queue. Otherwise, content that was read before our own write would look like
   * another window's.
   */
  async #follow(name: string): Promise<void> {
    // The initial read may be older than this change.
    await this.ready();
    // An unreadable file is not deleted; the next write handles it.
    await this.#attempt(`follow ${this.#kind.name} ${name}`, () =>
      this.#turns.take(name, () => this.#readChange(name)),
    );
  }

  async #readChange(name: string): Promise<void> {
    const known = this.#named(name);
    if (known === undefined) return this.#read(name);
    // The pending write will join both. It waits no longer, because the user sees nothing of the change until then.
    if (known.isPending) return this.#schedule(known);
    const there = await this.#there(name);
    if (known.isPending || there?.kind === 'unreadable') return;
    if (there) this.#join(known, there.draft, there.lineage);
    // No window ended the draft, so it is written again.
    const isVanished = there === undefined && known.stored !== undefined;
    if (isVanished) {
      // A file that another window writes now is not newer than our text.
      known.stored = undefined;
      this.#log.warn(`${this.#kind.name} ${name} vanished from the disk`);
    }
    if (isVanished || (there && !this.#kind.same(known.draft, known.stored))) this.#schedule(known);
  }

  /** @returns false after a failure, which is logged */
  #attempt(during: string, work: () => Promise<void>): Promise<boolean> {
    return attempt(
      this.#log,
      during,
      async () => {
        await work();
        return true;
      },
      () => false,
    );
  }

  /** Notes if the disk refused a draft. A success shows that the disk works again. */
  #tell(name: string, refused: boolean): void {
    const before = this.failing;
    if (refused) this.#refused.add(name);
    else for (const taken of [name, list]) this.#refused.delete(taken);
    if (this.failing !== before) this.#failed.fire(this.failing);
  }
}
