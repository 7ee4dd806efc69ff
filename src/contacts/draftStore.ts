/**
 * All drafts, of all accounts, in memory and on this computer's disk. Every keystroke is in memory at once
 * and on disk soon after. Other windows store theirs in the same place: what they wrote is taken in, field
 * by field, and nothing that either typed goes without a word.
 */
import { type Disposable, Emitter, type Event } from '../base/event';
import type { Logger } from '../base/log';
import { once } from '../base/once';
import type { FieldName } from './contact';
import { type Draft, type DraftKey, isEmpty, joinDrafts, keyText } from './draft';
import { formatDraft, parseDraft } from './draftRecord';
import type { Edits } from './update';

/** Where texts are kept by name. Names are made from keys by the storage itself. */
export interface DraftStorage {
  list(): Promise<readonly { readonly name: string; readonly text: string }[]>;
  nameOf(key: string): string;
  read(name: string): Promise<string | undefined>;
  write(name: string, text: string): Promise<void>;
  remove(name: string): Promise<void>;
  /** Runs `work` while no other window does so for the same name. */
  exclusively(name: string, work: () => Promise<void>): Promise<void>;
  /** Keeps what cannot be read where a person can find it. */
  setAside(name: string): Promise<void>;
  /** Another window wrote or removed something. */
  readonly onDidChange: Event<string>;
}

interface Entry {
  readonly key: DraftKey;
  draft: Draft;
  /** What the disk holds, as far as we know: the common ground with other windows. */
  stored: Draft | undefined;
  timer: NodeJS.Timeout | undefined;
  /** Writes of one draft follow one another. */
  writing: Promise<void>;
  /** What another window had typed and this one typed over. */
  lost: Edits;
}

/** Milliseconds from a keystroke to the disk; writing takes a few more. */
const delay = 150;
/** Milliseconds until a disk that refused is asked again. */
const retryAfter = 3_000;

export class DraftStore implements Disposable {
  readonly #storage: DraftStorage;
  readonly #log: Logger;
  readonly #entries = new Map<string, Entry>();
  readonly #changed = new Emitter<DraftKey>();
  /** A draft changed here or in another window. */
  readonly onDidChange = this.#changed.event;
  readonly #failed = new Emitter<boolean>();
  readonly onDidChangeFailing = this.#failed.event;
  readonly #subscription: Disposable;
  #failing = false;
  #disposed = false;
  #unreadable = 0;

  constructor(storage: DraftStorage, log: Logger) {
    this.#storage = storage;
    this.#log = log;
    this.#subscription = storage.onDidChange((name) => void this.#follow(name));
  }

  /** Reads what is stored, once. What cannot be read is set aside and counted. */
  readonly ready = once(async () => {
    for (const { name, text } of await this.#list()) {
      const parsed = parseDraft(text);
      if (parsed === undefined) {
        this.#unreadable++;
        this.#log.error('A stored draft could not be read and was set aside');
        await this.#storage.setAside(name).catch(() => undefined);
      } else if (!this.#entries.has(keyText(parsed.key))) {
        const { key, draft } = parsed;
        this.#entries.set(keyText(key), newEntry(key, draft, draft));
        this.#changed.fire(key);
      }
    }
  });

  /** How many stored drafts could not be read; telling takes them off the count. */
  takeUnreadable(): number {
    const count = this.#unreadable;
    this.#unreadable = 0;
    return count;
  }

  /** True while the disk refuses to take what is typed: it is in memory only. */
  get failing(): boolean {
    return this.#failing;
  }

  get(key: DraftKey): Draft | undefined {
    return this.#entries.get(keyText(key))?.draft;
  }

  /** What another window had typed into the same fields, and this one typed over. */
  lost(key: DraftKey): Edits {
    return this.#entries.get(keyText(key))?.lost ?? {};
  }

  all(): readonly { readonly key: DraftKey; readonly draft: Draft }[] {
    return [...this.#entries.values()]
      .filter(({ draft }) => !isEmpty(draft))
      .map(({ key, draft }) => ({ key, draft }));
  }

  set(key: DraftKey, draft: Draft): void {
    const text = keyText(key);
    const entry = this.#entries.get(text) ?? newEntry(key, draft, undefined);
    entry.draft = draft;
    if (isEmpty(draft)) entry.lost = {};
    this.#entries.set(text, entry);
    clearTimeout(entry.timer);
    entry.timer = setTimeout(() => this.#write(entry), delay);
    this.#changed.fire(key);
  }

  discard(key: DraftKey): void {
    const draft = this.get(key);
    if (draft) this.set(key, { ...draft, edits: {}, base: {} });
  }

  /** Writes what is still waiting; for the end of the extension host. */
  async flush(): Promise<void> {
    await Promise.all(
      [...this.#entries.values()].map((entry) => (entry.timer ? this.#write(entry) : entry.writing)),
    );
  }

  dispose(): void {
    this.#disposed = true;
    for (const { timer } of this.#entries.values()) clearTimeout(timer);
    this.#subscription.dispose();
    this.#changed.dispose();
    this.#failed.dispose();
  }

  /** Without its disk the store works in memory, and says so. */
  async #list() {
    try {
      return await this.#storage.list();
    } catch {
      this.#log.error('The stored drafts could not be read from the disk');
      this.#setFailing(true);
      return [];
    }
  }

  #write(entry: Entry): Promise<void> {
    clearTimeout(entry.timer);
    entry.timer = undefined;
    entry.writing = entry.writing.then(() => this.#store(entry));
    return entry.writing;
  }

  async #store(entry: Entry): Promise<void> {
    const name = this.#storage.nameOf(keyText(entry.key));
    try {
      await this.#storage.exclusively(name, async () => {
        const there = await this.#storage.read(name);
        this.#join(entry, there === undefined ? undefined : parseDraft(there)?.draft);
        const { draft } = entry;
        if (isEmpty(draft)) await this.#storage.remove(name);
        else await this.#storage.write(name, formatDraft(entry.key, draft));
        entry.stored = isEmpty(draft) ? undefined : draft;
      });
      this.#setFailing(false);
    } catch {
      this.#log.error('A draft could not be written to the disk');
      this.#setFailing(true);
      if (!this.#disposed) entry.timer ??= setTimeout(() => this.#write(entry), retryAfter);
    }
  }

  /** Takes in what another window stored since we last looked. */
  #join(entry: Entry, theirs: Draft | undefined): void {
    if (same(theirs, entry.stored)) return;
    const { draft, lost } = joinDrafts(entry.stored, entry.draft, theirs);
    entry.lost = { ...entry.lost, ...lost };
    entry.stored = theirs;
    if (same(draft, entry.draft) && Object.keys(lost).length === 0) return;
    entry.draft = { ...draft, revision: entry.draft.revision };
    this.#changed.fire(entry.key);
  }

  async #follow(name: string): Promise<void> {
    const known = [...this.#entries.values()].find(({ key }) => this.#storage.nameOf(keyText(key)) === name);
    if (known) {
      // Read in its turn: what was read before a write of our own would pass for another window's.
      known.writing = known.writing.then(() => this.#look(known, name));
      return known.writing;
    }
    const text = await this.#storage.read(name).catch(() => undefined);
    const parsed = text === undefined ? undefined : parseDraft(text);
    if (parsed === undefined || this.#entries.has(keyText(parsed.key))) return;
    this.#entries.set(keyText(parsed.key), newEntry(parsed.key, parsed.draft, parsed.draft));
    this.#changed.fire(parsed.key);
  }

  async #look(entry: Entry, name: string): Promise<void> {
    // One that is about to be written meets the other one there.
    if (entry.timer !== undefined) return;
    try {
      const text = await this.#storage.read(name);
      if (entry.timer === undefined)
        this.#join(entry, text === undefined ? undefined : parseDraft(text)?.draft);
    } catch {
      // What cannot be read now is not gone: the next write meets it.
    }
  }

  #setFailing(failing: boolean): void {
    if (this.#failing === failing) return;
    this.#failing = failing;
    this.#failed.fire(failing);
  }
}

function newEntry(key: DraftKey, draft: Draft, stored: Draft | undefined): Entry {
  return { key, draft, stored, timer: undefined, writing: Promise.resolve(), lost: {} };
}

/** The same but for what belongs to one window. */
function same(one: Draft | undefined, other: Draft | undefined): boolean {
  const text = (draft: Draft | undefined) =>
    isEmpty(draft) ? '' : JSON.stringify([sorted(draft?.edits), sorted(draft?.base)]);
  return text(one) === text(other);
}

const sorted = (edits: Edits | undefined) =>
  Object.entries(edits ?? {}).sort(([a], [b]) => (a as FieldName).localeCompare(b));
