/**
 * The truth about contacts: only this calls the API for them, only this changes them, and everybody else
 * hears of it by `onDidChange`. It belongs to one account and is thrown away with it.
 */
import type { ApiClient } from '../api/client';
import { type ContactDocument, type ContactRef, getContact, listContacts, putContact } from '../api/contacts';
import type { Resource } from '../api/document';
import { ApiError } from '../api/errors';
import type { Page } from '../api/page';
import { isAbortError } from '../base/abort';
import { Emitter } from '../base/event';
import { type FieldName, keyOf } from './contact';
import { ContactIndex } from './contactIndex';
import { ContactList } from './contactList';
import { loadWhole } from './loadWhole';
import { type SaveOutcome, saveContact } from './saveContact';
import type { Edits } from './update';

export type ContactChange =
  | { readonly kind: 'list'; readonly organisationId: string }
  /** Rows arrived of a list that is being read whole: often, and nothing to draw at once. */
  | { readonly kind: 'rows'; readonly organisationId: string }
  | { readonly kind: 'contact'; readonly ref: ContactRef };

/** Milliseconds of work on the index before others get their turn. */
const slice = 8;

export class ContactStore {
  readonly #client: ApiClient;
  readonly #lists = new Map<string, ContactList>();
  readonly #loading = new Map<string, { readonly abort: AbortController; readonly done: Promise<void> }>();
  /** By organisation, then by id. */
  readonly #summaries = new Map<string, Map<string, Resource>>();
  readonly #sorts = new Map<string, string | undefined>();
  readonly #indexes = new Map<string, ContactIndex>();
  readonly #documents = new Map<string, ContactDocument>();
  /** Attributes that this API gives and does not take back. */
  readonly #refused = new Set<string>();
  readonly #changed = new Emitter<ContactChange>();
  readonly onDidChange = this.#changed.event;

  constructor(client: ApiClient) {
    this.#client = client;
  }

  list(organisationId: string): ContactList {
    const known = this.#lists.get(organisationId);
    if (known) return known;
    const list = new ContactList(this.#sorts.get(organisationId));
    this.#lists.set(organisationId, list);
    return list;
  }

  /** What is known of a contact without asking: enough for a row. */
  summary(ref: ContactRef): Resource | undefined {
    return this.#summaries.get(ref.organisationId)?.get(ref.contactId);
  }

  /** The whole contact as it was last read or saved. */
  document(ref: ContactRef): ContactDocument | undefined {
    return this.#documents.get(keyOf(ref));
  }

  /** Reads the list if it is new or stale, as many rows as were there before. */
  async ensureList(organisationId: string): Promise<ContactList> {
    const running = this.#loading.get(organisationId);
    if (running) await running.done;
    else if (this.list(organisationId).stale) {
      await this.#run(organisationId, 'read', (signal) => this.#reload(organisationId, signal));
    }
    return this.list(organisationId);
  }

  async loadMore(organisationId: string): Promise<void> {
    if (this.#loading.has(organisationId)) return;
    await this.#run(organisationId, 'more', async (signal) => {
      const list = this.list(organisationId);
      if (list.next !== undefined) await this.#page(organisationId, list, list.next, signal);
    });
    this.#changed.fire({ kind: 'list', organisationId });
  }

  /**
   * Reads what is still missing of the list, a few pages at a time. `signal` gives up; what arrived stays.
   * A failure is in the list's `load`, and calling this again goes on from there.
   */
  async loadAll(organisationId: string, signal: AbortSignal): Promise<void> {
    await this.#loading.get(organisationId)?.done;
    const list = this.list(organisationId);
    if (list.complete) return;
    await this.#run(organisationId, 'more', (own) =>
      loadWhole(list, {
        signal: AbortSignal.any([own, signal]),
        read: (offset, either) => this.#read(organisationId, list, offset, either),
        onRows: () => this.#changed.fire({ kind: 'rows', organisationId }),
      }),
    );
    this.#changed.fire({ kind: 'list', organisationId });
  }

  /** The search index of what is loaded, brought up to date without holding up anything else. */
  async index(organisationId: string): Promise<ContactIndex> {
    const { ids } = this.list(organisationId);
    const index = this.#indexes.get(organisationId) ?? new ContactIndex(ids);
    this.#indexes.set(organisationId, index);
    for (let begun = performance.now(); index.size < ids.length; ) {
      const contactId = ids[index.size] ?? '';
      index.add(this.summary({ organisationId, contactId }));
      if (performance.now() - begun < slice) continue;
      await new Promise((resolve) => setImmediate(resolve));
      begun = performance.now();
    }
    return index;
  }

  /** Has the API sort a list from now on; what is there stays until it comes anew. */
  sortBy(organisationId: string, sort: string | undefined): void {
    if (this.#sorts.get(organisationId) === sort) return;
    this.#sorts.set(organisationId, sort);
    this.invalidate(organisationId);
  }

  /**
   * The contacts with exactly this value, asked of the API.
   * @returns undefined where the API offers no such question
   */
  async ask(organisationId: string, field: FieldName, value: string): Promise<readonly string[] | undefined> {
    if (!this.list(organisationId).filterable.includes(field)) return undefined;
    const page = await listContacts(this.#client, organisationId, { offset: 0, filter: { [field]: value } });
    for (const resource of page.resources) this.#know(organisationId, resource);
    return page.resources.map(({ id }) => id);
  }

  /** Marks the lists to be read again by whoever shows them; a read under way is for the old ones. */
  invalidate(organisationId?: string): void {
    for (const [id, list] of this.#lists) {
      if (organisationId !== undefined && organisationId !== id) continue;
      this.#loading.get(id)?.abort.abort();
      this.#loading.delete(id);
      list.stale = true;
      list.load = { kind: 'idle' };
    }
  }

  /** Reads one contact as the API has it now, with its related resources. */
  async load(ref: ContactRef, signal: AbortSignal): Promise<ContactDocument> {
    return this.#put(ref, await getContact(this.#client, ref, signal));
  }

  /** Reads, merges and sends: see `saveContact`. Whatever it read or was answered is what everybody sees. */
  async save(ref: ContactRef, base: Edits, edits: Edits): Promise<SaveOutcome> {
    const outcome = await saveContact(
      {
        read: () => getContact(this.#client, ref),
        put: (update, etag) => putContact(this.#client, ref, update, etag),
        refused: this.#refused,
      },
      base,
      edits,
    );
    if (outcome.kind !== 'unknown') this.#put(ref, outcome.document);
    return outcome;
  }

  dispose(): void {
    for (const { abort } of this.#loading.values()) abort.abort();
    this.#changed.dispose();
  }

  #put(ref: ContactRef, document: ContactDocument): ContactDocument {
    this.#documents.set(keyOf(ref), document);
    this.#know(ref.organisationId, document.resource);
    const position = this.list(ref.organisationId).ids.indexOf(ref.contactId);
    if (position !== -1) this.#indexes.get(ref.organisationId)?.update(position, document.resource);
    this.#changed.fire({ kind: 'contact', ref });
    return document;
  }

  #know(organisationId: string, resource: Resource): void {
    const known = this.#summaries.get(organisationId) ?? new Map<string, Resource>();
    this.#summaries.set(organisationId, known.set(resource.id, resource));
  }

  /** One load of a list at a time. A failure keeps the rows; the list says what went wrong. */
  async #run(
    organisationId: string,
    during: 'read' | 'more',
    load: (signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    const abort = new AbortController();
    this.list(organisationId).load = { kind: 'loading' };
    const done = load(abort.signal).catch((error: unknown) => {
      const list = this.list(organisationId);
      list.load = { kind: 'idle' };
      if (isAbortError(error)) return;
      if (!(error instanceof ApiError)) throw error;
      list.stale = false;
      list.load = { kind: 'failed', error, during };
    });
    const run = { abort, done };
    this.#loading.set(organisationId, run);
    try {
      await done;
    } finally {
      if (this.#loading.get(organisationId) === run) this.#loading.delete(organisationId);
    }
  }

  /** The rows that were there stay until as many are read anew. */
  async #reload(organisationId: string, signal: AbortSignal): Promise<void> {
    const wanted = Math.max(1, this.list(organisationId).ids.length);
    const list = new ContactList(this.#sorts.get(organisationId));
    do await this.#page(organisationId, list, list.next ?? 0, signal);
    while (!list.complete && list.ids.length < wanted);
    this.#lists.set(organisationId, list);
    this.#indexes.delete(organisationId);
  }

  async #page(organisationId: string, list: ContactList, offset: number, signal: AbortSignal): Promise<void> {
    list.add(await this.#read(organisationId, list, offset, signal), offset);
  }

  async #read(
    organisationId: string,
    { sort }: ContactList,
    offset: number,
    signal: AbortSignal,
  ): Promise<Page> {
    const page = await listContacts(this.#client, organisationId, { offset, signal, sort });
    signal.throwIfAborted();
    for (const resource of page.resources) this.#know(organisationId, resource);
    return page;
  }
}
