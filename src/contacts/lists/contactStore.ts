/**
 * The only owner of contacts: it alone calls the API for them and changes them, and `onDidChange` informs
 * everyone else. It belongs to one account and ends with it.
 */

import { type ContactRef, getContact, listContacts, putContact, putContactRequest } from '../../api/contacts';
import type { ApiClient } from '../../api/http/client';
import type { Resource, ResourceDocument, ResourceUpdate } from '../../api/http/document';
import { ApiError } from '../../api/http/errors';
import { type Clock, systemClock } from '../../base/clock';
import { Emitter } from '../../base/event';
import type { FieldName } from '../../protocol/fields';
import { keyOf } from '../model/contact';
import type { ContactIndex } from './contactIndex';
import { ContactIndexes } from './contactIndexes';
import type { ContactList } from './contactList';
import { isLater } from './laterCopy';
import { ListReader } from './listReader';
import { asked, isRow } from './listRows';
import { placeContact } from './placeContact';
import { RequestTimes } from './requestTimes';

export type ContactChange =
  | { readonly kind: 'list'; readonly organisationId: string }
  /**
   * Rows of a list arrived while the whole list is read. The event is frequent; listeners must not redraw at
   * once.
   */
  | { readonly kind: 'rows'; readonly organisationId: string }
  /** A list was read, or could not be read. The caller of the read gets the result, too. */
  | { readonly kind: 'read'; readonly organisationId: string }
  | { readonly kind: 'contact'; readonly ref: ContactRef };

interface Known {
  readonly resource: Resource;
  readonly asked: number;
}

export class ContactStore {
  readonly #client: ApiClient;
  readonly #lists: ListReader;
  /**
   * Contacts that were read alone or saved, by organisation: for contacts in no list, and for pages that
   * arrive late.
   */
  readonly #single = new Map<string, Map<string, Known>>();
  readonly #rereads = new Map<string, number>();
  /** Counts requests and saves: see `ListPage`. */
  readonly #requests: RequestTimes;
  readonly #indexes: ContactIndexes;
  readonly #documents = new Map<string, { readonly document: ResourceDocument; readonly asked: number }>();
  /** The number of finished saves of each contact. */
  readonly #saves = new Map<string, number>();
  /** The latest PUT of each contact, with the data known before it. */
  readonly #sent = new Map<string, { readonly asked: number; readonly before: Resource | undefined }>();
  readonly #changed = new Emitter<ContactChange>();
  readonly onDidChange = this.#changed.event;

  constructor(client: ApiClient, clock: Clock = systemClock) {
    this.#client = client;
    this.#requests = new RequestTimes(clock);
    this.#lists = new ListReader({
      clock,
      read: async (organisationId, where) => {
        const number = this.#requests.next();
        return { ...(await listContacts(client, organisationId, where)), asked: number };
      },
      newer: (organisationId) => (contactId, asked) => this.#newer(organisationId, contactId, asked),
      onRows: (organisationId, { again, moved }) => {
        if (moved) this.#indexes.forget(organisationId);
        if (again.length > 0) this.#rereads.set(organisationId, this.rereads(organisationId) + 1);
        for (const position of again) this.#indexes.update(organisationId, position);
        this.#changed.fire({ kind: 'rows', organisationId });
      },
      onReplaced: (organisationId) => {
        this.#indexes.forget(organisationId);
        // Contacts may have been saved or read while the new list was read: their pages are older.
        for (const known of this.#single.get(organisationId)?.values() ?? [])
          this.#place(organisationId, known);
      },
    });
    this.#indexes = new ContactIndexes(this);
  }

  list(organisationId: string): ContactList {
    return this.#lists.list(organisationId);
  }

  /** Returns the loaded data of a contact, which is enough for a row. */
  summary(ref: ContactRef): Resource | undefined {
    return this.list(ref.organisationId).resource(ref.contactId) ?? this.#own(ref)?.resource;
  }

  /** Returns the whole contact as it was last read or saved. */
  document(ref: ContactRef): ResourceDocument | undefined {
    return this.#documents.get(keyOf(ref))?.document;
  }

  /**
   * Returns the contact as far as it is known without a request: its last read, with newer values of a list. A
   * contact that was not read has no relationships. The returned object does not change afterwards.
   */
  known(ref: ContactRef): ResourceDocument | undefined {
    const document = this.document(ref);
    const row = this.summary(ref);
    if (row === undefined || row.attributes === document?.resource.attributes) return document;
    const { relationships } = document?.resource ?? {};
    const resource = { ...row, ...(relationships && { relationships }) };
    return { resource, included: document?.included ?? [] };
  }

  /** Returns the time of the request that the known values come from, in milliseconds since 1970. */
  knownSince(ref: ContactRef): number | undefined {
    const row = this.list(ref.organisationId).resource(ref.contactId);
    const number = row && isRow(row) ? row[asked] : this.#own(ref)?.asked;
    return number === undefined ? undefined : this.#requests.at(number);
  }

  /** Returns the progress of reading a list. */
  progress(organisationId: string): { readonly loaded: number; readonly total: number | undefined } {
    return this.#lists.progress(organisationId);
  }

  /** Counts the pages that brought newer copies of contacts in a list. */
  rereads(organisationId: string): number {
    return this.#rereads.get(organisationId) ?? 0;
  }

  /** Reads a new or stale list: at least `wanted` rows, and at least as many as before. */
  async ensureList(organisationId: string, wanted = 1): Promise<ContactList> {
    const { list, isNew } = await this.#lists.ensure(organisationId, wanted);
    if (isNew) this.#changed.fire({ kind: 'read', organisationId });
    return list;
  }

  async loadMore(organisationId: string): Promise<void> {
    if (await this.#lists.more(organisationId)) this.#changed.fire({ kind: 'list', organisationId });
  }

  /**
   * Reads the missing part of a list, a few pages at a time, or all of it if it has changed. `signal` stops
   * the read and keeps the rows that arrived. A failure is stored in the list's `load`, and the next call
   * continues after it.
   */
  async loadAll(organisationId: string, signal: AbortSignal, again = false): Promise<void> {
    if (await this.#lists.all(organisationId, signal, again))
      this.#changed.fire({ kind: 'list', organisationId });
  }

  /** Returns the search index of the loaded contacts, updated without blocking the event loop. */
  index(organisationId: string): Promise<ContactIndex> {
    return this.#indexes.of(organisationId);
  }

  /** Sets the order that the API sorts by; loaded rows stay until the new ones arrive. */
  sortBy(organisationId: string, sort: string | undefined): void {
    this.#lists.sortBy(organisationId, sort);
  }

  /**
   * Asks the API for the contacts with exactly this value.
   * @returns undefined if the API does not advertise the filter
   */
  async ask(organisationId: string, field: FieldName, value: string): Promise<readonly string[] | undefined> {
    if (!this.list(organisationId).filterable.includes(field)) return undefined;
    const asked = this.#requests.next();
    const page = await listContacts(this.#client, organisationId, { offset: 0, filter: { [field]: value } });
    for (const resource of page.resources)
      this.#know({ organisationId, contactId: resource.id }, resource, asked);
    return [...new Set(page.resources.map(({ id }) => id))];
  }

  /**
   * Marks lists to be read again when they are shown, and stops running reads, except those of whole lists.
   * @param visible returns the visible contacts of an organisation: of a long list, only their pages are read
   * again
   */
  invalidate(organisationId?: string, visible?: (organisationId: string) => readonly string[]): void {
    this.#lists.invalidate(organisationId, visible);
  }

  /**
   * Reads one contact with its related resources.
   * @param background the user did not request this: a 401 must not end the session
   */
  async load(ref: ContactRef, signal?: AbortSignal, background?: boolean): Promise<ResourceDocument> {
    const saves = this.#saves.get(keyOf(ref));
    const asked = this.#requests.next();
    const document = await getContact(this.#client, ref, signal, background);
    // A result that was requested before a save must not replace the saved one. The read is repeated, because
    // the response to a save lacks parts, such as an interaction that was logged in the meantime.
    if (this.#saves.get(keyOf(ref)) !== saves) return this.load(ref, signal, background);
    // Requests may overtake each other. An older value would end an edit that puts just this value back.
    const last = this.#documents.get(keyOf(ref));
    return last && last.asked > asked ? last.document : this.#put(ref, document, asked);
  }

  /**
   * Replaces a contact. The caller must call `saved` afterwards, after any outcome.
   * @throws ApiError
   */
  put(
    ref: ContactRef,
    update: ResourceUpdate,
    etag: string | undefined,
    beforeSending?: () => Promise<void>,
  ) {
    this.#sent.set(keyOf(ref), { asked: this.#requests.next(), before: this.#own(ref)?.resource });
    return putContact(this.#client, ref, update, etag, beforeSending);
  }

  /** Returns the request of `put` without the credential. */
  describePut(ref: ContactRef, update: ResourceUpdate, etag: string | undefined) {
    return this.#client.describe(putContactRequest(ref, update, etag));
  }

  /**
   * Notes the end of a save.
   * @param document the contact's new state, if known
   */
  saved(ref: ContactRef, document: ResourceDocument | undefined): void {
    this.#saves.set(keyOf(ref), (this.#saves.get(keyOf(ref)) ?? 0) + 1);
    const sent = this.#sent.get(keyOf(ref));
    this.#sent.delete(keyOf(ref));
    if (document === undefined) return;
    const { resource } = document;
    const own = this.#own(ref);
    // The contact was read again after the PUT.
    if (own?.resource === resource) return void this.#put(ref, document, own.asked);
    const later = sent && this.#later(ref, sent.asked);
    if (later === undefined || !isLater(later, resource, sent?.before))
      return void this.#put(ref, document, this.#requests.next());
    const { meta } = later;
    const attributes = { ...resource.attributes, ...later.attributes };
    this.#put(
      ref,
      { ...document, etag: undefined, resource: { ...resource, attributes, meta } },
      this.#requests.next(),
    );
    // A list's copy has no ETag and may lack attributes.
    this.load(ref, undefined, true).catch(ignoreFailure);
  }

  dispose(): void {
    this.#lists.dispose();
    this.#changed.dispose();
  }

  /**
   * @param asked the number of the request. A save gets its number at its end, because earlier pages may be
   * older.
   */
  #put(ref: ContactRef, document: ResourceDocument, asked: number): ResourceDocument {
    this.#documents.set(keyOf(ref), { document, asked });
    const moved = this.#know(ref, document.resource, asked);
    this.#changed.fire({ kind: 'contact', ref });
    if (moved) this.#changed.fire({ kind: 'list', organisationId: ref.organisationId });
    return document;
  }

  /** @returns true if the contact's position in its list changed */
  #know(ref: ContactRef, resource: Resource, asked: number): boolean {
    const { organisationId, contactId } = ref;
    if (this.#newer(organisationId, contactId, asked)) return false;
    const own = this.#single.get(organisationId) ?? new Map<string, Known>();
    this.#single.set(organisationId, own.set(contactId, { resource, asked }));
    return this.#place(organisationId, { resource, asked });
  }

  /** @returns true if the contact's position in its list changed */
  #place(organisationId: string, { resource, asked }: Known): boolean {
    const { position, isMoved } = placeContact(this.list(organisationId), resource, asked);
    if (position !== undefined) this.#indexes.update(organisationId, position);
    if (isMoved) this.#indexes.forget(organisationId);
    return isMoved;
  }

  #own({ organisationId, contactId }: ContactRef): Known | undefined {
    return this.#single.get(organisationId)?.get(contactId);
  }

  /** Returns the newest copy of a contact from a later request than `since`. */
  #later(ref: ContactRef, since: number): Resource | undefined {
    const own = this.#own(ref);
    const isOwn = own !== undefined && own.asked > since;
    const row = this.list(ref.organisationId).resource(ref.contactId, isOwn ? own.asked : since);
    return row ?? (isOwn ? own.resource : undefined);
  }

  #newer(organisationId: string, contactId: string, asked: number): Resource | undefined {
    const own = this.#single.get(organisationId)?.get(contactId);
    return own !== undefined && own.asked > asked ? own.resource : undefined;
  }
}

/** The data on screen is valid, though incomplete. */
function ignoreFailure(error: unknown): void {
  if (!(error instanceof ApiError)) throw error;
}
