/** The search indexes of lists, each made at the first search and kept up to date with its list. */
import type { ContactRef } from '../../api/contacts';
import type { Resource } from '../../api/http/document';
import { yieldToEventLoop } from '../../base/abort';
import { ContactIndex } from './contactIndex';
import type { ContactList } from './contactList';

/** Milliseconds of indexing before yielding to the event loop. */
const slice = 4;

interface Lists {
  list(organisationId: string): ContactList;
  summary(ref: ContactRef): Resource | undefined;
}

export class ContactIndexes {
  readonly #lists: Lists;
  readonly #indexes = new Map<string, ContactIndex>();

  constructor(lists: Lists) {
    this.#lists = lists;
  }

  /** Returns the index of the loaded contacts, updated without blocking the event loop. */
  async of(organisationId: string): Promise<ContactIndex> {
    const { ids } = this.#lists.list(organisationId);
    const index = this.#indexes.get(organisationId) ?? new ContactIndex(ids);
    this.#indexes.set(organisationId, index);
    for (let begun = performance.now(); index.size < ids.length; ) {
      const contactId = ids[index.size] ?? '';
      index.add(this.#lists.summary({ organisationId, contactId }));
      if (performance.now() - begun < slice) continue;
      await yieldToEventLoop();
      begun = performance.now();
    }
    return index;
  }

  /** Indexes a contact again, because the list has a newer copy. */
  update(organisationId: string, position: number): void {
    const list = this.#lists.list(organisationId);
    const resource = list.resource(list.ids[position] ?? '');
    if (resource) this.#indexes.get(organisationId)?.update(position, resource);
  }

  /** Drops the index of a list whose contacts have moved. */
  forget(organisationId: string): void {
    this.#indexes.delete(organisationId);
  }
}
