/**
 * Filters and sorts lists. The API does so if it advertises the keys; otherwise the whole list is read and
 * arranged here, with the same result.
 */

import type { ContactRef } from '../../api/contacts';
import type { Resource } from '../../api/http/document';
import { type Disposable, Emitter } from '../../base/event';
import { ContactIndex } from './contactIndex';
import type { ContactStore } from './contactStore';
import { askForAddress } from './findContacts';
import {
  asItComes,
  compareValues,
  followerOf,
  type ListOptions,
  type Sort,
  sortInSlices,
  sortParameter,
  sortValue,
} from './listOptions';
import type { WholeLoads } from './wholeLoads';

/** Stores the filter and sort order of each organisation. */
export interface ListOptionsMemory {
  get(organisationId: string): ListOptions | undefined;
  set(organisationId: string, listOptions: ListOptions): void;
}

interface Arranged {
  readonly of: readonly string[];
  readonly count: number;
  readonly rereads: number;
  readonly listOptions: ListOptions;
  readonly ids: readonly string[];
}

/** The API's matches for an exact address, shown first. More contacts may contain the address. */
interface Answered {
  readonly listOptions: ListOptions;
  /** All callers share this promise while the request is running. */
  readonly ids: Promise<readonly string[]>;
}

export class ArrangedLists implements Disposable {
  readonly #contacts: ContactStore;
  readonly #wholeLoads: WholeLoads;
  readonly #memory: ListOptionsMemory;
  readonly #chosen = new Map<string, ListOptions>();
  readonly #arranged = new Map<string, Arranged>();
  readonly #answered = new Map<string, Answered>();
  readonly #subscription: Disposable;
  readonly #arrangedNow = new Emitter<string>();
  /**
   * Fires when the user changes an organisation's filter or order, or when a contact moves because of them.
   */
  readonly onDidArrange = this.#arrangedNow.event;
  readonly #changed = new Emitter<string>();
  /** Fires when an organisation's filter, order or number of matches changes. */
  readonly onDidChange = this.#changed.event;

  constructor(contacts: ContactStore, wholeLoads: WholeLoads, memory: ListOptionsMemory) {
    this.#contacts = contacts;
    this.#wholeLoads = wholeLoads;
    this.#memory = memory;
    this.#subscription = contacts.onDidChange((change) => {
      if (change.kind === 'contact') this.#place(change.ref);
    });
  }

  options(organisationId: string): ListOptions {
    const chosen = this.#chosen.get(organisationId) ?? this.#memory.get(organisationId) ?? asItComes;
    this.#chosen.set(organisationId, chosen);
    return chosen;
  }

  arrange(organisationId: string, listOptions: ListOptions): void {
    this.#chosen.set(organisationId, listOptions);
    this.#memory.set(organisationId, listOptions);
    this.#arranged.delete(organisationId);
    this.#answered.delete(organisationId);
    this.#askForSort(organisationId, listOptions);
    this.#wholeLoads.forgetCancelled(organisationId);
    if (this.#contacts.list(organisationId).outdated && this.needsAll(organisationId))
      void this.#wholeLoads.load([organisationId]);
    this.#arrangedNow.fire(organisationId);
    this.#changed.fire(organisationId);
  }

  /** The number of loaded contacts that match; undefined without a filter, or before the list is shown. */
  matching(organisationId: string): number | undefined {
    const arranged = this.#arranged.get(organisationId);
    return arranged === undefined || arranged.listOptions.filter === '' ? undefined : arranged.ids.length;
  }

  /** Returns the rows to show from the loaded contacts, and starts to read missing ones. */
  async rows(organisationId: string, wanted?: number): Promise<readonly string[]> {
    const listOptions = this.options(organisationId);
    const list = await this.#sortedList(organisationId, listOptions, wanted);
    const { filter, sort } = listOptions;
    const sorted = sort === undefined || list.sort === sortParameter(sort);
    if (filter === '' && sorted) return list.ids;
    const known = this.#arranged.get(organisationId);
    if (known?.listOptions === listOptions && this.#isOfNow(organisationId, known)) return known.ids;
    const first = list.complete ? [] : await this.#askFirst(organisationId, listOptions);
    if (!list.complete && list.load.kind === 'idle' && !this.#wholeLoads.isCancelled(organisationId))
      void this.#wholeLoads.load([organisationId]);
    const { ids: of } = list;
    const count = of.length;
    const rereads = this.#contacts.rereads(organisationId);
    const matching = filter === '' ? of : (await this.#contacts.index(organisationId)).all(filter);
    const found = first.length === 0 ? matching : [...new Set([...first, ...matching])];
    const ids = await this.#sorted(organisationId, found, sorted ? undefined : sort);
    this.#arranged.set(organisationId, { of, count, rereads, listOptions, ids });
    this.#changed.fire(organisationId);
    return ids;
  }

  /** Returns all loaded contacts in the order that the user chose, whatever the filter. */
  inOrder(organisationId: string): Promise<readonly string[]> {
    const { sort } = this.options(organisationId);
    const { ids, sort: own } = this.#contacts.list(organisationId);
    return this.#sorted(organisationId, ids, sort && own === sortParameter(sort) ? undefined : sort);
  }

  /** Returns true if the list may have more rows than are loaded. */
  isPartial(organisationId: string): boolean {
    const { loaded, complete } = this.#contacts.list(organisationId);
    return loaded && !complete;
  }

  /** Returns true if the list must be read completely for its filter or order. */
  needsAll(organisationId: string): boolean {
    const { filter, sort } = this.options(organisationId);
    const { sort: own } = this.#contacts.list(organisationId);
    return filter !== '' || (sort !== undefined && own !== sortParameter(sort));
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#arrangedNow.dispose();
    this.#changed.dispose();
  }

  async #sorted(organisationId: string, ids: readonly string[], sort: Sort | undefined) {
    if (sort === undefined) return ids;
    const sortKeyOf = (contactId: string) =>
      sortValue(this.#contacts.summary({ organisationId, contactId }), sort.by);
    return sortInSlices(ids, sortKeyOf, sort.descending);
  }

  #isOfNow(organisationId: string, { of, count, rereads }: Arranged): boolean {
    const { ids } = this.#contacts.list(organisationId);
    return of === ids && count === ids.length && rereads === this.#contacts.rereads(organisationId);
  }

  /**
   * Returns the contacts with exactly the typed address at once, while the list is read for others that
   * contain it.
   */
  async #askFirst(organisationId: string, listOptions: ListOptions): Promise<readonly string[]> {
    const known = this.#answered.get(organisationId);
    if (known?.listOptions === listOptions) return known.ids;
    const asking = askForAddress(this.#contacts, [organisationId], listOptions.filter);
    const ids = asking.then((refs) => refs.map(({ contactId }) => contactId));
    this.#answered.set(organisationId, { listOptions, ids });
    return ids;
  }

  /** Moves a contact that was saved or read: it may match the filter differently, or belong elsewhere. */
  #place({ organisationId, contactId }: ContactRef): void {
    const known = this.#arranged.get(organisationId);
    const list = this.#contacts.list(organisationId);
    if (known === undefined || known.of !== list.ids || list.position(contactId) === undefined) return;
    const { filter, sort } = known.listOptions;
    const isHere = known.ids.includes(contactId);
    const matches = isMatch(list.resource(contactId), filter);
    if (!isHere && !matches) return;
    const bySort = sort !== undefined && list.sort !== sortParameter(sort);
    const keyedBy = (id: string) =>
      bySort ? sortValue(this.#contacts.summary({ organisationId, contactId: id }), sort.by) : '';
    const placeOf = (id: string) => list.position(id) ?? Number.POSITIVE_INFINITY;
    const follower = followerOf(
      known.ids,
      contactId,
      (one, other) =>
        compareValues(keyedBy(one), keyedBy(other), sort?.descending === true) ||
        placeOf(one) - placeOf(other),
    );
    const at = known.ids.indexOf(contactId);
    if (isHere && matches && known.ids[at + 1] === follower) return;
    const others = known.ids.filter((id) => id !== contactId);
    const to = follower === undefined ? others.length : others.indexOf(follower);
    const ids = matches ? [...others.slice(0, to), contactId, ...others.slice(to)] : others;
    this.#arranged.set(organisationId, { ...known, ids });
    this.#arrangedNow.fire(organisationId);
    this.#changed.fire(organisationId);
  }

  /** The keys for sorting are known only after the first page. */
  async #sortedList(organisationId: string, listOptions: ListOptions, wanted: number | undefined) {
    this.#askForSort(organisationId, listOptions);
    await this.#contacts.ensureList(organisationId, wanted);
    this.#askForSort(organisationId, listOptions);
    return this.#contacts.ensureList(organisationId, wanted);
  }

  #askForSort(organisationId: string, { sort }: ListOptions): void {
    const { complete, sortable, loaded } = this.#contacts.list(organisationId);
    // A complete list is sorted here without a request.
    if (complete) return;
    if (sort === undefined) this.#contacts.sortBy(organisationId, undefined);
    else if (loaded && sortable.includes(sort.by)) this.#contacts.sortBy(organisationId, sortParameter(sort));
  }
}

function isMatch(resource: Resource | undefined, filter: string): boolean {
  if (filter === '') return true;
  const index = new ContactIndex(['']);
  index.add(resource);
  return index.all(filter).length > 0;
}
