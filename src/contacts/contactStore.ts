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
import { keyOf } from './contact';
import { type ContactList, newList, withPage } from './contactList';
import { type SaveOutcome, saveContact } from './saveContact';
import type { Edits } from './update';

export type ContactChange =
  | { readonly kind: 'list'; readonly organisationId: string }
  | { readonly kind: 'contact'; readonly ref: ContactRef };

export class ContactStore {
  readonly #client: ApiClient;
  readonly #lists = new Map<string, ContactList>();
  readonly #loading = new Map<string, { readonly abort: AbortController; readonly done: Promise<void> }>();
  readonly #summaries = new Map<string, Resource>();
  readonly #documents = new Map<string, ContactDocument>();
  /** Attributes that this API gives and does not take back. */
  readonly #refused = new Set<string>();
  readonly #changed = new Emitter<ContactChange>();
  readonly onDidChange = this.#changed.event;

  constructor(client: ApiClient) {
    this.#client = client;
  }

  list(organisationId: string): ContactList {
    return this.#lists.get(organisationId) ?? newList;
  }

  /** What is known of a contact without asking: enough for a row. */
  summary(ref: ContactRef): Resource | undefined {
    return this.#summaries.get(keyOf(ref));
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
      if (list.next !== undefined)
        this.#lists.set(organisationId, await this.#page(organisationId, list, list.next, signal));
    });
    this.#changed.fire({ kind: 'list', organisationId });
  }

  /** Marks the lists to be read again by whoever shows them; a read under way is for the old ones. */
  invalidate(organisationId?: string): void {
    for (const [id, list] of this.#lists) {
      if (organisationId !== undefined && organisationId !== id) continue;
      this.#loading.get(id)?.abort.abort();
      this.#loading.delete(id);
      this.#lists.set(id, { ...list, stale: true, load: { kind: 'idle' } });
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
    this.#summaries.set(keyOf(ref), document.resource);
    this.#changed.fire({ kind: 'contact', ref });
    return document;
  }

  /** One load of a list at a time. A failure keeps the rows; the list says what went wrong. */
  async #run(
    organisationId: string,
    during: 'read' | 'more',
    load: (signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    const abort = new AbortController();
    this.#lists.set(organisationId, { ...this.list(organisationId), load: { kind: 'loading' } });
    const done = load(abort.signal).catch((error: unknown) => {
      if (isAbortError(error)) return;
      if (!(error instanceof ApiError)) throw error;
      this.#lists.set(organisationId, {
        ...this.list(organisationId),
        stale: false,
        load: { kind: 'failed', error, during },
      });
    });
    const run = { abort, done };
    this.#loading.set(organisationId, run);
    try {
      await done;
    } finally {
      if (this.#loading.get(organisationId) === run) this.#loading.delete(organisationId);
    }
  }

  async #reload(organisationId: string, signal: AbortSignal): Promise<void> {
    const wanted = Math.max(1, this.list(organisationId).ids.length);
    let list = await this.#page(organisationId, newList, 0, signal);
    while (list.next !== undefined && list.ids.length < wanted) {
      list = await this.#page(organisationId, list, list.next, signal);
    }
    this.#lists.set(organisationId, list);
  }

  async #page(
    organisationId: string,
    list: ContactList,
    offset: number,
    signal: AbortSignal,
  ): Promise<ContactList> {
    const page: Page = await listContacts(this.#client, organisationId, { offset, signal });
    signal.throwIfAborted();
    for (const resource of page.resources) {
      this.#summaries.set(keyOf({ organisationId, contactId: resource.id }), resource);
    }
    return withPage(list, page);
  }
}
