/**
 * Drafts of one kind, in memory and on this computer's disk. Every keystroke is in memory at once and on
 * disk soon after. Other windows store theirs in the same place: what they wrote is taken in, and nothing
 * that either typed goes without a word.
 */

import type { Clock } from '../../base/clock';
import { KeyedQueue, once } from '../../base/concurrency';
import { type Disposable, Emitter } from '../../base/event';
import { type Logger, logUnexpected } from '../../base/log';
import type { Runtime } from '../../base/runtime';
import { formatEnding } from './draftEnding';
import type { DraftKind } from './draftKind';
import { newLine, withLine } from './draftLine';
import type { DraftStorage } from './draftStorage';
import { readStored } from './readStored';

interface Entry<K, D> {
  readonly key: K;
  /** What the storage calls it. */
  readonly name: string;
  draft: D;
  /** What the disk holds, as far as we know: the common ground with other windows. */
  stored: D | undefined;
  /** The mark of what the disk holds: see `newLine`. */
  line: string | undefined;
  /** What this window is writing, or tried to: it may be on the disk without our knowing. */
  writing: D | undefined;
  timer: Disposable | undefined;
  /** Since when something waits to be written. */
  waiting: number | undefined;
}

/** Milliseconds from the last keystroke, and the most from the first one, to the disk; writing takes a few more. */
const delay = { usual: 150, most: 300 } as const;
/** Milliseconds until a disk that refused is asked again. */
const retryAfter = 3_000;
/** The name of them all. */
const list = '';

export class StoredDrafts<K, D extends object | undefined> implements Disposable {
  readonly #kind: DraftKind<K, D>;
  readonly #storage: DraftStorage;
  readonly #log: Logger;
  readonly #clock: Clock;
  readonly #entries = new Map<string, Entry<K, D>>();
  /** Writes and readings of one draft follow one another. */
  readonly #turns = new KeyedQueue();
  readonly #changed = new Emitter<K>();
  /** A draft changed here or in another window. */
  readonly onDidChange = this.#changed.event;
  readonly #failed = new Emitter<boolean>();
  readonly onDidChangeFailing = this.#failed.event;
  readonly #subscription: Disposable;
  readonly #refused = new Set<string>();
  /** The names of those that the disk does not give just now. */
  readonly #withheld = new Set<string>();
  #retry: Disposable | undefined;
  #disposed = false;
  #unreadable = 0;

  constructor(kind: DraftKind<K, D>, storage: DraftStorage, { clock, log }: Runtime) {
    this.#kind = kind;
    this.#storage = storage;
    this.#log = log;
    this.#clock = clock;
    this.#subscription = storage.onDidChange((name) => void this.#follow(name));
  }

  /** Reads what is stored. What cannot be read now is tried again by itself, and hides no other. */
  readonly ready = once(async () => {
    await this.#readAll();
    void this.clear();
  });

  /** Clears what windows left behind that were killed while they wrote. */
  clear(): Promise<void> {
    return this.#turns.take(list, async () => {
      await this.#attempt('clear what was left behind', () => this.#storage.clear());
    });
  }

  /** How many stored drafts could not be read; telling takes them off the count. */
  takeUnreadable(): number {
    const count = this.#unreadable;
    this.#unreadable = 0;
    return count;
  }

  /** How many stored drafts the disk does not give just now. */
  get withheld(): number {
    return this.#withheld.size;
  }

  /** True while the disk refuses something that was typed: it is in memory only. */
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

  set(key: K, draft: D): void {
    const entry = this.#entry(key) ?? this.#begin(key, draft);
    entry.draft = draft;
    this.#schedule(entry);
    this.#changed.fire(key);
  }

  /** Writes what is still waiting; for the end of the extension host. */
  async flush(): Promise<void> {
    for (const entry of this.#entries.values()) if (entry.timer) void this.#write(entry);
    await this.#turns.over();
  }

  /** Reads the disk, whatever is known here. @throws where the disk refuses */
  async stored(key: K): Promise<D | undefined> {
    const text = await this.#storage.read(this.#name(key));
    return text === undefined ? undefined : this.#kind.parse(text)?.draft;
  }

  /** See `DraftStorage.claim`. @throws where the disk refuses */
  claim(key: K, right: string, owner: string): Promise<boolean> {
    return this.#storage.claim(this.#name(key), right, owner);
  }

  /** See `DraftStorage.holds`. @throws where the disk refuses */
  holds(key: K, right: string, owner: string): Promise<boolean> {
    return this.#storage.holds(this.#name(key), right, owner);
  }

  release(key: K, right: string): Promise<void> {
    return this.#storage.release(this.#name(key), right);
  }

  /** Leaves no trace of a draft that was thrown away. */
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
    for (const { timer } of this.#entries.values()) timer?.dispose();
    this.#retry?.dispose();
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

  #begin(key: K, draft: D, stored?: D, line?: string): Entry<K, D> {
    const text = this.#kind.keyText(key);
    const name = this.#storage.nameOf(text);
    const entry = {
      key,
      name,
      draft,
      stored,
      line,
      writing: undefined,
      timer: undefined,
      waiting: undefined,
    };
    this.#entries.set(text, entry);
    return entry;
  }

  /** Soon after the last keystroke, and also while typing goes on without a pause. */
  #schedule(entry: Entry<K, D>): void {
    const now = this.#clock.monotonic();
    entry.waiting ??= now;
    entry.timer?.dispose();
    const left = Math.min(delay.usual, entry.waiting + delay.most - now);
    entry.timer = this.#clock.after(Math.max(0, left), () => void this.#write(entry));
  }

  /** Without its disk the store works in memory, and says so. */
  async #readAll(): Promise<void> {
    try {
      const names = await this.#storage.list();
      this.#tell(list, false);
      await Promise.all(names.map((name) => this.#turns.take(name, () => this.#begins(name))));
    } catch (error) {
      logUnexpected(this.#log, `read the list of ${this.#kind.name}`, error);
      this.#tell(list, true);
      this.#retryLater();
    }
  }

  #retryLater(): void {
    if (this.#disposed || this.#retry) return;
    this.#retry = this.#clock.after(retryAfter, () => {
      this.#retry = undefined;
      void this.#readAll();
    });
  }

  /** One that the disk does not give now is asked for again. */
  async #begins(name: string): Promise<void> {
    try {
      const isUnreadable = async () => (await this.#there(name))?.kind === 'unreadable';
      // Looked at again once no other window can be writing it.
      if (await isUnreadable())
        await this.#storage.exclusively(name, async () => {
          if (await isUnreadable()) await this.#setAside(name);
        });
      await this.#read(name);
      this.#withheld.delete(name);
    } catch (error) {
      if (!this.#withheld.has(name)) logUnexpected(this.#log, `read ${this.#kind.name} ${name}`, error);
      this.#withheld.add(name);
      this.#retryLater();
    }
  }

  /** What is on the disk and not known here yet. */
  async #read(name: string): Promise<void> {
    const there = await this.#there(name);
    if (there?.kind !== 'draft' || this.#named(name)) return;
    this.#begin(there.key, there.draft, there.draft, there.line);
    this.#changed.fire(there.key);
  }

  #there = (name: string) => readStored(this.#kind, this.#storage, name);

  async #setAside(name: string): Promise<void> {
    await this.#storage.setAside(name);
    this.#unreadable++;
    this.#log.error(`${this.#kind.name} that could not be read were set aside`);
  }

  #write(entry: Entry<K, D>): Promise<void> {
    entry.timer?.dispose();
    entry.timer = undefined;
    entry.waiting = undefined;
    return this.#turns.take(entry.name, () => this.#store(entry));
  }

  async #store(entry: Entry<K, D>): Promise<void> {
    const isStored = await this.#attempt(`write ${this.#kind.name} ${entry.name}`, () =>
      this.#storage.exclusively(entry.name, () => this.#replace(entry)),
    );
    if (!isStored && !this.#disposed)
      entry.timer ??= this.#clock.after(retryAfter, () => void this.#write(entry));
    this.#tell(entry.name, !isStored);
  }

  /** Reads, joins and writes, while no other window does. */
  async #replace(entry: Entry<K, D>): Promise<void> {
    const { key, name } = entry;
    let there = await this.#there(name);
    if (there?.kind === 'unreadable') {
      // What cannot be read takes away nothing of ours.
      await this.#setAside(name);
      there = undefined;
    }
    if (there) this.#join(entry, there.draft, there.line);
    const { draft } = entry;
    const line = there ? there.line : newLine();
    const text = this.#kind.format(key, draft);
    entry.writing = draft;
    if (text !== undefined) await this.#storage.write(name, withLine(text, line));
    else if (there?.kind === 'draft' || entry.stored !== undefined)
      await this.#storage.end(name, formatEnding(this.#kind.note(draft), line));
    entry.stored = text === undefined ? undefined : draft;
    entry.line = line;
    entry.writing = undefined;
  }

  #join(entry: Entry<K, D>, theirs: D | undefined, line: string | undefined): void {
    const { same, join, format } = this.#kind;
    const isSuccessor = line === entry.line;
    entry.line = line;
    // Ours, by a write that was said to have failed.
    if (entry.writing !== undefined && same(theirs, entry.writing)) entry.stored = theirs;
    if (same(theirs, entry.stored)) return;
    const draft = join(isSuccessor ? entry.stored : undefined, entry.draft, theirs);
    entry.stored = theirs && format(entry.key, theirs) === undefined ? undefined : theirs;
    if (same(draft, entry.draft)) return;
    entry.draft = draft;
    this.#changed.fire(entry.key);
  }

  /** In its turn: what was read before a write of our own would pass for another window's. */
  async #follow(name: string): Promise<void> {
    // What was listed may be older than what this tells of.
    await this.ready();
    // What cannot be read now is not gone: the next write meets it.
    await this.#attempt(`follow ${this.#kind.name} ${name}`, () =>
      this.#turns.take(name, () => this.#look(name)),
    );
  }

  async #look(name: string): Promise<void> {
    const known = this.#named(name);
    if (known === undefined) return this.#read(name);
    // One that is about to be written meets the other one there.
    if (known.timer !== undefined) return;
    const there = await this.#there(name);
    if (known.timer !== undefined || there?.kind === 'unreadable') return;
    if (there) this.#join(known, there.draft, there.line);
    // Nobody ended it: what is on screen goes back to the disk.
    const isVanished = there === undefined && known.stored !== undefined;
    if (isVanished) {
      // Whatever another window puts there is no newer text than ours.
      known.stored = undefined;
      this.#log.warn(`${this.#kind.name} ${name} vanished from the disk`);
    }
    if (isVanished || (there && !this.#kind.same(known.draft, known.stored))) this.#schedule(known);
  }

  /** @returns whether it could be done; the log tells why not */
  async #attempt(during: string, work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      logUnexpected(this.#log, during, error);
      return false;
    }
  }

  /** Whether the disk refused this one. One that it takes shows that it is there again. */
  #tell(name: string, refused: boolean): void {
    const before = this.failing;
    if (refused) this.#refused.add(name);
    else for (const taken of [name, list]) this.#refused.delete(taken);
    if (this.failing !== before) this.#failed.fire(this.failing);
  }
}
