/**
 * What was typed about interactions and not sent, of all accounts: in memory at once, on this computer's
 * disk soon after, like the drafts of contacts, and beside them.
 */
import { type Disposable, Emitter } from '../base/event';
import type { Logger } from '../base/log';
import { once } from '../base/once';
import type { DraftStorage } from './draftStore';
import {
  formatInteractionDraft,
  type InteractionDraft,
  type InteractionDraftKey,
  interactionKeyText,
  isTyped,
  parseInteractionDraft,
} from './interactionDraft';

interface Entry {
  readonly key: InteractionDraftKey;
  /** Undefined once it was sent or thrown away. */
  draft: InteractionDraft | undefined;
  /** What the disk holds, as far as we know. */
  stored: string | undefined;
  timer: NodeJS.Timeout | undefined;
  writing: Promise<void>;
  /** Notes that another window had typed and this one typed over. */
  lost: string | undefined;
}

/** Milliseconds. */
const delay = 150;
const retryAfter = 3_000;

export class InteractionDraftStore implements Disposable {
  readonly #storage: DraftStorage;
  readonly #log: Logger;
  readonly #entries = new Map<string, Entry>();
  readonly #changed = new Emitter<InteractionDraftKey>();
  readonly onDidChange = this.#changed.event;
  readonly #subscription: Disposable;
  #failing = false;
  #disposed = false;

  constructor(storage: DraftStorage, log: Logger) {
    this.#storage = storage;
    this.#log = log;
    this.#subscription = storage.onDidChange((name) => void this.#follow(name));
  }

  readonly ready = once(async () => {
    try {
      for (const { name, text } of await this.#storage.list()) {
        const parsed = parseInteractionDraft(text);
        if (parsed) this.#take(parsed.key, parsed.draft, text);
        else {
          this.#log.error('Stored notes could not be read and were set aside');
          await this.#storage.setAside(name).catch(() => undefined);
        }
      }
    } catch {
      this.#failing = true;
      this.#log.error('The stored notes could not be read from the disk');
    }
  });

  /** True while the disk refuses to take what is typed. */
  get failing(): boolean {
    return this.#failing;
  }

  get(key: InteractionDraftKey): InteractionDraft | undefined {
    return this.#entries.get(interactionKeyText(key))?.draft;
  }

  lost(key: InteractionDraftKey): string | undefined {
    return this.#entries.get(interactionKeyText(key))?.lost;
  }

  /** Those that are begun, also where nothing was typed yet. */
  all(): readonly { readonly key: InteractionDraftKey; readonly draft: InteractionDraft }[] {
    return [...this.#entries.values()].flatMap(({ key, draft }) => (draft ? [{ key, draft }] : []));
  }

  set(key: InteractionDraftKey, draft: InteractionDraft | undefined): void {
    const entry = this.#entries.get(interactionKeyText(key)) ?? newEntry(key, draft);
    this.#entries.set(interactionKeyText(key), entry);
    entry.draft = draft;
    if (draft === undefined) entry.lost = undefined;
    clearTimeout(entry.timer);
    entry.timer = setTimeout(() => this.#write(entry), delay);
    this.#changed.fire(key);
  }

  async flush(): Promise<void> {
    const entries = [...this.#entries.values()];
    await Promise.all(entries.map((entry) => (entry.timer ? this.#write(entry) : entry.writing)));
  }

  dispose(): void {
    this.#disposed = true;
    for (const { timer } of this.#entries.values()) clearTimeout(timer);
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  #write(entry: Entry): Promise<void> {
    clearTimeout(entry.timer);
    entry.timer = undefined;
    entry.writing = entry.writing.then(() => this.#store(entry));
    return entry.writing;
  }

  async #store(entry: Entry): Promise<void> {
    const name = this.#storage.nameOf(interactionKeyText(entry.key));
    try {
      await this.#storage.exclusively(name, async () => {
        this.#meet(entry, await this.#storage.read(name));
        const text = isTyped(entry.draft) ? formatInteractionDraft(entry.key, entry.draft) : undefined;
        if (text === undefined) await this.#storage.remove(name);
        else await this.#storage.write(name, text);
        entry.stored = text;
      });
      this.#failing = false;
    } catch {
      this.#failing = true;
      this.#log.error('Notes could not be written to the disk');
      if (!this.#disposed) entry.timer ??= setTimeout(() => this.#write(entry), retryAfter);
    }
    if (this.#failing) this.#changed.fire(entry.key);
  }

  /** Another window stored something since: it counts where nothing was typed here, and is told of where it was. */
  #meet(entry: Entry, there: string | undefined): void {
    if (there === entry.stored) return;
    const mine = isTyped(entry.draft) ? formatInteractionDraft(entry.key, entry.draft) : undefined;
    const theirs = there === undefined ? undefined : parseInteractionDraft(there)?.draft;
    if (mine === entry.stored) entry.draft = theirs;
    else if (theirs && there !== mine) entry.lost = theirs.values.notes;
    entry.stored = there;
    this.#changed.fire(entry.key);
  }

  async #follow(name: string): Promise<void> {
    const known = [...this.#entries.values()].find(
      ({ key }) => this.#storage.nameOf(interactionKeyText(key)) === name,
    );
    if (known) {
      // Read in its turn: what was there before a write of ours is nobody's change. One that is about to be
      // written meets the other one there.
      known.writing = known.writing.then(async () => {
        if (known.timer !== undefined) return;
        const text = await this.#storage.read(name).catch(() => known.stored);
        this.#meet(known, text);
      });
      return known.writing;
    }
    const text = await this.#storage.read(name).catch(() => undefined);
    const parsed = text === undefined ? undefined : parseInteractionDraft(text);
    if (parsed && text !== undefined) this.#take(parsed.key, parsed.draft, text);
  }

  #take(key: InteractionDraftKey, draft: InteractionDraft, text: string): void {
    if (this.#entries.has(interactionKeyText(key))) return;
    this.#entries.set(interactionKeyText(key), { ...newEntry(key, draft), stored: text });
    this.#changed.fire(key);
  }
}

function newEntry(key: InteractionDraftKey, draft: InteractionDraft | undefined): Entry {
  return { key, draft, stored: undefined, timer: undefined, writing: Promise.resolve(), lost: undefined };
}
