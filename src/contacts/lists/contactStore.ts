/**
 * The truth about contacts: only this calls the API for them, only this changes them, and everybody else
 * hears of it by `onDidChange`. It belongs to one account and is thrown away with it.
 */

import { type ContactRef, getContact, listContacts, putContact, putContactRequest } from '../../api/contacts';
import type { ApiClient } from '../../api/http/client';
import type { Resource, ResourceDocument, ResourceUpdate } from '../../api/http/document';
import { ApiError } from '../../api/http/errors';
import { rest } from '../../base/abort';
import { type Clock, systemClock } from '../../base/clock';
import { Emitter } from '../../base/event';
import type { FieldName } from '../../protocol/fields';
import { keyOf } from '../model/contact';
import { compareValues, followerOf, sortValue } from './arrangement';
import { ContactIndex } from './contactIndex';
import type { ContactList } from './contactList';
import { isLater } from './laterCopy';
import { ListReader } from './listReader';

export type ContactChange =
  | { readonly kind: 'list'; readonly organisationId: string }
  /** Rows arrived of a list that is being read whole: often, and nothing to draw at once. */
  | { readonly kind: 'rows'; readonly organisationId: string }
  /** A list was read, or could not be; whoever asked for it knows. */
  | { readonly kind: 'read'; readonly organisationId: string }
  | { readonly kind: 'contact'; readonly ref: ContactRef };

interface Known {
  readonly resource: Resource;
  readonly asked: number;
}

/** Milliseconds of work on the index before others get their turn. */
const slice = 4;

export class ContactStore {
  readonly #client: ApiClient;
  readonly #lists: ListReader;
  /** Contacts that were read by themselves or saved, by organisation: for those in no list, and for pages that are late. */
  readonly #single = new Map<string, Map<string, Known>>();
  readonly #rereads = new Map<string, number>();
  /** Counts up with each request and each save: see `ListPage`. */
  #asked = 0;
  readonly #indexes = new Map<string, ContactIndex>();
  readonly #documents = new Map<string, ResourceDocument>();
  /** How many saves of a contact came to an end. */
  readonly #saves = new Map<string, number>();
  /** The PUTs that were sent last, and what was known of their contacts before. */
  readonly #sent = new Map<string, { readonly asked: number; readonly before: Resource | undefined }>();
  readonly #changed = new Emitter<ContactChange>();
  readonly onDidChange = this.#changed.event;

  constructor(client: ApiClient, clock: Clock = systemClock) {
    this.#client = client;
    this.#lists = new ListReader({
      clock,
      read: async (organisationId, where) => {
        const asked = ++this.#asked;
        return { ...(await listContacts(client, organisationId, where)), asked };
      },
      newer: (organisationId) => (contactId, asked) => this.#newer(organisationId, contactId, asked),
      onRows: (organisationId, { again, moved }) => {
        if (moved) this.#indexes.delete(organisationId);
        if (again.length > 0) this.#rereads.set(organisationId, this.rereads(organisationId) + 1);
        for (const position of again) this.#indexAgain(organisationId, position);
        this.#changed.fire({ kind: 'rows', organisationId });
      },
      onReplaced: (organisationId) => this.#indexes.delete(organisationId),
    });
  }

  list(organisationId: string): ContactList {
    return this.#lists.list(organisationId);
  }

  /** What is known of a contact without asking: enough for a row. */
  summary(ref: ContactRef): Resource | undefined {
    return this.list(ref.organisationId).resource(ref.contactId) ?? this.#own(ref)?.resource;
  }

  /** The whole contact as it was last read or saved. */
  document(ref: ContactRef): ResourceDocument | undefined {
    return this.#documents.get(keyOf(ref));
  }

  /** How far the reading of a list has come. */
  progress(organisationId: string): { readonly loaded: number; readonly total: number | undefined } {
    return this.#lists.progress(organisationId);
  }

  /** Counts up when a page brought newer copies of contacts of a list. */
  rereads(organisationId: string): number {
    return this.#rereads.get(organisationId) ?? 0;
  }

  /** Reads the list if it is new or stale, at least as many rows as are wanted, and as were there before. */
  async ensureList(organisationId: string, wanted = 1): Promise<ContactList> {
    const { list, isNew } = await this.#lists.ensure(organisationId, wanted);
    if (isNew) this.#changed.fire({ kind: 'read', organisationId });
    return list;
  }

  async loadMore(organisationId: string): Promise<void> {
    if (await this.#lists.more(organisationId)) this.#changed.fire({ kind: 'list', organisationId });
  }

  /**
   * Reads what is still missing of the list, a few pages at a time; all of it anew if it is known to have
   * changed. `signal` gives up; what arrived stays. A failure is in the list's `load`, and calling this
   * again goes on from there.
   */
  async loadAll(organisationId: string, signal: AbortSignal): Promise<void> {
    if (await this.#lists.all(organisationId, signal)) this.#changed.fire({ kind: 'list', organisationId });
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
      await rest();
      begun = performance.now();
    }
    return index;
  }

  /** Has the API sort a list from now on; what is there stays until it comes anew. */
  sortBy(organisationId: string, sort: string | undefined): void {
    this.#lists.sortBy(organisationId, sort);
  }

  /**
   * The contacts with exactly this value, asked of the API.
   * @returns undefined where the API offers no such question
   */
  async ask(organisationId: string, field: FieldName, value: string): Promise<readonly string[] | undefined> {
    if (!this.list(organisationId).filterable.includes(field)) return undefined;
    const asked = ++this.#asked;
    const page = await listContacts(this.#client, organisationId, { offset: 0, filter: { [field]: value } });
    for (const resource of page.resources)
      this.#know({ organisationId, contactId: resource.id }, resource, asked);
    return [...new Set(page.resources.map(({ id }) => id))];
  }

  /**
   * Marks the lists to be read again by whoever shows them; a read under way is for the old ones.
   * @param looked the rows of an organisation that somebody looks at: all that is read again of a long list
   */
  invalidate(organisationId?: string, looked?: (organisationId: string) => readonly string[]): void {
    this.#lists.invalidate(organisationId, looked);
  }

  /**
   * Reads one contact as the API has it now, with its related resources.
   * @param beside nobody asked for it: a refusal is no end of the session
   */
  async load(ref: ContactRef, signal?: AbortSignal, beside?: boolean): Promise<ResourceDocument> {
    const saves = this.#saves.get(keyOf(ref));
    const asked = ++this.#asked;
    const document = await getContact(this.#client, ref, signal, beside);
    // What was read before a save must not take the place of what was saved. Nor does a save tell everything that
    // a reading does: an interaction that was logged meanwhile is not in its answer.
    const isOlder = this.#saves.get(keyOf(ref)) !== saves;
    return isOlder ? this.load(ref, signal, beside) : this.#put(ref, document, asked);
  }

  /** Replaces a contact. `saved` must be called afterwards, whatever the answer was. @throws ApiError */
  put(ref: ContactRef, update: ResourceUpdate, etag: string | undefined) {
    this.#sent.set(keyOf(ref), { asked: ++this.#asked, before: this.#own(ref)?.resource });
    return putContact(this.#client, ref, update, etag);
  }

  /** The request of `put`, as it would be sent, without the credential. */
  describePut(ref: ContactRef, update: ResourceUpdate, etag: string | undefined) {
    return this.#client.describe(putContactRequest(ref, update, etag));
  }

  /** A save ended. @param document the contact as the API has it now, where that is known */
  saved(ref: ContactRef, document: ResourceDocument | undefined): void {
    this.#saves.set(keyOf(ref), (this.#saves.get(keyOf(ref)) ?? 0) + 1);
    const sent = this.#sent.get(keyOf(ref));
    this.#sent.delete(keyOf(ref));
    if (document === undefined) return;
    const { resource } = document;
    const own = this.#own(ref);
    // It was read again after the PUT.
    if (own?.resource === resource) return void this.#put(ref, document, own.asked);
    const later = sent && this.#later(ref, sent.asked);
    if (later === undefined || !isLater(later, resource, sent?.before))
      return void this.#put(ref, document, ++this.#asked);
    const { meta } = later;
    const attributes = { ...resource.attributes, ...later.attributes };
    this.#put(
      ref,
      { ...document, etag: undefined, resource: { ...resource, attributes, meta } },
      ++this.#asked,
    );
    // The copy of a list has no version, and may leave something out.
    this.load(ref, undefined, true).catch(ignoreFailure);
  }

  dispose(): void {
    this.#lists.dispose();
    this.#changed.dispose();
  }

  /** @param asked when: of a save, when it had ended, as a page that was asked for before may be older */
  #put(ref: ContactRef, document: ResourceDocument, asked: number): ResourceDocument {
    this.#documents.set(keyOf(ref), document);
    const moved = this.#know(ref, document.resource, asked);
    this.#changed.fire({ kind: 'contact', ref });
    if (moved) this.#changed.fire({ kind: 'list', organisationId: ref.organisationId });
    return document;
  }

  /** @returns whether the contact has another place in its list now */
  #know(ref: ContactRef, resource: Resource, asked: number): boolean {
    const { organisationId, contactId } = ref;
    if (this.#newer(organisationId, contactId, asked)) return false;
    const own = this.#single.get(organisationId) ?? new Map<string, Known>();
    this.#single.set(organisationId, own.set(contactId, { resource, asked }));
    const list = this.list(organisationId);
    const sortKey = () => list.sort && sortValue(list.resource(contactId), list.sort.replace(/^-/, ''));
    const before = sortKey();
    const position = list.update(resource, asked);
    if (position === undefined) return false;
    this.#indexAgain(organisationId, position);
    if (before === sortKey() || !list.move(contactId, this.#follower(list, contactId))) return false;
    this.#indexes.delete(organisationId);
    return true;
  }

  /** The contact in front of which one belongs by the order that the API was asked for. */
  #follower(list: ContactList, contactId: string): string | undefined {
    const { sort = '' } = list;
    const [by, descending] = [sort.replace(/^-/, ''), sort.startsWith('-')];
    const keyedBy = (id: string) => sortValue(list.resource(id), by);
    return followerOf(list.ids, contactId, (one, other) =>
      compareValues(keyedBy(one), keyedBy(other), descending),
    );
  }

  #own({ organisationId, contactId }: ContactRef): Known | undefined {
    return this.#single.get(organisationId)?.get(contactId);
  }

  /** The newest copy of a contact by a request later than one. */
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

  #indexAgain(organisationId: string, position: number): void {
    const list = this.list(organisationId);
    const resource = list.resource(list.ids[position] ?? '');
    if (resource) this.#indexes.get(organisationId)?.update(position, resource);
  }
}

/** What is shown is right, if not all of it. */
function ignoreFailure(error: unknown): void {
  if (!(error instanceof ApiError)) throw error;
}
