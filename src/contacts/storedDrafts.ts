/**
 * Drafts of one kind, in memory and on this computer's disk. Every keystroke is in memory at once and on
 * disk soon after. Other windows store theirs in the same place: what they wrote is taken in, and nothing
 * that either typed goes without a word.
 */
import type { Clock } from '../base/clock';
import { type Disposable, Emitter } from '../base/event';
import type { Logger } from '../base/log';
import { once } from '../base/once';
import type { Runtime } from '../base/runtime';
import { Turns } from '../base/turns';
import type { DraftKind } from './draftKind';
import type { DraftStorage } from './draftStorage';

interface Entry<K, D, L> {
  readonly key: K;
  /** What the storage calls it. */
  readonly name: string;
  draft: D;
  /** What the disk holds, as far as we know: the common ground with other windows. */
  stored: D | undefined;
  timer: Disposable | undefined;
  /** What another window had typed and this one typed over. */
  lost: L | undefined;
}

/** Milliseconds from a keystroke to the disk; writing takes a few more. */
const delay = 150;
/** Milliseconds until a disk that refused is asked again. */
const retryAfter = 3_000;
/** Among the names that the disk refused: the list of them all. */
const list = '';

export class StoredDrafts<K, D extends object | undefined, L extends object> implements Disposable {
  readonly #kind: DraftKind<K, D, L>;
  readonly #storage: DraftStorage;
  readonly #log: Logger;
  readonly #clock: Clock;
  readonly #entries = new Map<string, Entry<K, D, L>>();
  /** Writes and readings of one draft follow one another. */
  readonly #turns = new Turns();
  readonly #changed = new Emitter<K>();
  /** A draft changed here or in another window. */
  readonly onDidChange = this.#changed.event;
  readonly #failed = new Emitter<boolean>();
  readonly onDidChangeFailing = this.#failed.event;
  readonly #subscription: Disposable;
  readonly #refused = new Set<string>();
  #disposed = false;
  #unreadable = 0;

  constructor(kind: DraftKind<K, D, L>, storage: DraftStorage, { clock, log }: Runtime) {
    this.#kind = kind;
    this.#storage = storage;
    this.#log = log;
    this.#clock = clock;
    this.#subscription = storage.onDidChange((name) => void this.#follow(name));
  }

  /** Reads what is stored, once. What cannot be read is set aside and counted. */
  readonly ready = once(async () => {
    for (const { name, text } of await this.#list()) {
      const parsed = this.#kind.parse(text);
      if (parsed) this.#take(parsed.key, parsed.draft);
      else await this.#setAside(name).catch(() => undefined);
    }
  });

  /** How many stored drafts could not be read; telling takes them off the count. */
  takeUnreadable(): number {
    const count = this.#unreadable;
    this.#unreadable = 0;
    return count;
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
    if (this.#kind.isOver(draft)) entry.lost = undefined;
    entry.timer?.dispose();
    entry.timer = this.#clock.after(delay, () => void this.#write(entry));
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
  claim(key: K, right: string): Promise<boolean> {
    return this.#storage.claim(this.#name(key), right);
  }

  release(key: K, right: string): Promise<void> {
    return this.#storage.release(this.#name(key), right);
  }

  dispose(): void {
    this.#disposed = true;
    for (const { timer } of this.#entries.values()) timer?.dispose();
    this.#subscription.dispose();
    this.#changed.dispose();
    this.#failed.dispose();
  }

  /** What another window had typed into the same fields, and this one typed over. */
  protected typedOver(key: K): L | undefined {
    return this.#entry(key)?.lost;
  }

  #name(key: K): string {
    return this.#storage.nameOf(this.#kind.keyText(key));
  }

  #entry(key: K): Entry<K, D, L> | undefined {
    return this.#entries.get(this.#kind.keyText(key));
  }

  #begin(key: K, draft: D, stored?: D): Entry<K, D, L> {
    const text = this.#kind.keyText(key);
    const name = this.#storage.nameOf(text);
    const entry: Entry<K, D, L> = { key, name, draft, stored, timer: undefined, lost: undefined };
    this.#entries.set(text, entry);
    return entry;
  }

  /** What is on the disk and not known here yet. */
  #take(key: K, draft: D): void {
    if (this.#entry(key)) return;
    this.#begin(key, draft, draft);
    this.#changed.fire(key);
  }

  /** Without its disk the store works in memory, and says so. */
  async #list() {
    try {
      return await this.#storage.list();
    } catch {
      this.#log.error(`${this.#kind.name} could not be read from the disk`);
      this.#tell(list, true);
      return [];
    }
  }

  async #setAside(name: string): Promise<void> {
    this.#unreadable++;
    this.#log.error(`${this.#kind.name} that could not be read were set aside`);
    await this.#storage.setAside(name);
  }

  #write(entry: Entry<K, D, L>): Promise<void> {
    entry.timer?.dispose();
    entry.timer = undefined;
    return this.#turns.take(entry.name, () => this.#store(entry));
  }

  async #store(entry: Entry<K, D, L>): Promise<void> {
    const { key, name } = entry;
    let refused = false;
    try {
      await this.#storage.exclusively(name, async () => {
        this.#join(entry, await this.#there(entry));
        const { draft } = entry;
        const text = this.#kind.format(key, draft);
        if (text === undefined) await this.#storage.remove(name);
        else await this.#storage.write(name, text);
        entry.stored = text === undefined ? undefined : draft;
      });
    } catch {
      refused = true;
      this.#log.error(`${this.#kind.name} could not be written to the disk`);
      if (!this.#disposed) entry.timer ??= this.#clock.after(retryAfter, () => void this.#write(entry));
    }
    this.#tell(name, refused);
  }

  /** What is about to be replaced. What cannot be read is kept aside, and takes away nothing of ours. */
  async #there({ name, stored }: Entry<K, D, L>): Promise<D | undefined> {
    const text = await this.#storage.read(name);
    if (text === undefined) return undefined;
    const parsed = this.#kind.parse(text);
    if (parsed) return parsed.draft;
    await this.#setAside(name);
    return stored;
  }

  /** Takes in what another window stored since we last looked. */
  #join(entry: Entry<K, D, L>, theirs: D | undefined): void {
    const { same, join } = this.#kind;
    if (same(theirs, entry.stored)) return;
    const { draft, lost } = join(entry.stored, entry.draft, theirs);
    entry.lost = { ...entry.lost, ...lost };
    entry.stored = theirs;
    if (same(draft, entry.draft) && Object.keys(lost).length === 0) return;
    entry.draft = draft;
    this.#changed.fire(entry.key);
  }

  /** In its turn: what was read before a write of our own would pass for another window's. */
  async #follow(name: string): Promise<void> {
    try {
      await this.#turns.take(name, () => this.#look(name));
    } catch {
      // What cannot be read now is not gone: the next write meets it.
      this.#log.warn(`${this.#kind.name} of another window could not be read`);
    }
  }

  async #look(name: string): Promise<void> {
    // What was listed may be older than what this tells of.
    await this.ready();
    const entry = () => [...this.#entries.values()].find((one) => one.name === name);
    // One that is about to be written meets the other one there.
    if (entry()?.timer !== undefined) return;
    const text = await this.#storage.read(name);
    const parsed = text === undefined ? undefined : this.#kind.parse(text);
    // Nor is what makes no sense gone: the next write sets it aside.
    if (text !== undefined && parsed === undefined) return;
    const known = entry();
    if (known === undefined) {
      if (parsed) this.#take(parsed.key, parsed.draft);
    } else if (known.timer === undefined) this.#join(known, parsed?.draft);
  }

  /** Whether the disk refused this one. One that it takes shows that it is there again. */
  #tell(name: string, refused: boolean): void {
    const before = this.failing;
    if (refused) this.#refused.add(name);
    else for (const taken of [name, list]) this.#refused.delete(taken);
    if (this.failing !== before) this.#failed.fire(this.failing);
  }
}
