/**
 * Filtered and sorted lists. What the API advertises for it is asked of the API; everything else is done
 * here, on the whole list, which is then read. It looks the same to a person.
 */
import { type Disposable, Emitter } from '../base/event';
import { type Arrangement, asItComes, sortInSlices, sortParameter, sortValue } from './arrangement';
import type { ContactStore } from './contactStore';
import { askForAddress } from './findContacts';
import type { WholeLoads } from './wholeLoads';

/** Remembers a choice for each organisation. */
export interface ArrangementMemory {
  get(organisationId: string): Arrangement | undefined;
  set(organisationId: string, arrangement: Arrangement): void;
}

interface Arranged {
  readonly of: readonly string[];
  readonly count: number;
  readonly arrangement: Arrangement;
  readonly ids: readonly string[];
  /** The API was asked for exactly these. */
  readonly asked: boolean;
}

export class ArrangedLists implements Disposable {
  readonly #contacts: ContactStore;
  readonly #wholeLoads: WholeLoads;
  readonly #memory: ArrangementMemory;
  readonly #chosen = new Map<string, Arrangement>();
  readonly #arranged = new Map<string, Arranged>();
  readonly #arrangedNow = new Emitter<string>();
  /** Somebody chose another filter or order for an organisation. */
  readonly onDidArrange = this.#arrangedNow.event;
  readonly #changed = new Emitter<string>();
  /** An organisation's choice, or how many match it. */
  readonly onDidChange = this.#changed.event;

  constructor(contacts: ContactStore, wholeLoads: WholeLoads, memory: ArrangementMemory) {
    this.#contacts = contacts;
    this.#wholeLoads = wholeLoads;
    this.#memory = memory;
  }

  arrangement(organisationId: string): Arrangement {
    const chosen = this.#chosen.get(organisationId) ?? this.#memory.get(organisationId) ?? asItComes;
    this.#chosen.set(organisationId, chosen);
    return chosen;
  }

  arrange(organisationId: string, arrangement: Arrangement): void {
    this.#chosen.set(organisationId, arrangement);
    this.#memory.set(organisationId, arrangement);
    this.#arranged.delete(organisationId);
    this.#askForSort(organisationId, arrangement);
    this.#wholeLoads.forgetCancelled(organisationId);
    if (this.#contacts.list(organisationId).outdated && this.needsAll(organisationId))
      void this.#wholeLoads.load([organisationId]);
    this.#arrangedNow.fire(organisationId);
    this.#changed.fire(organisationId);
  }

  /** How many match, by what is loaded; undefined without a filter, or before anybody looked. */
  matching(organisationId: string): number | undefined {
    const arranged = this.#arranged.get(organisationId);
    return arranged === undefined || arranged.arrangement.filter === '' ? undefined : arranged.ids.length;
  }

  /** The rows to show, by what is loaded; what is missing for them is being read from now on. */
  async rows(organisationId: string, wanted?: number): Promise<readonly string[]> {
    const arrangement = this.arrangement(organisationId);
    const list = await this.#sortedList(organisationId, arrangement, wanted);
    const { filter, sort } = arrangement;
    const sorted = sort === undefined || list.sort === sortParameter(sort);
    if (filter === '' && sorted) return list.ids;
    const known = this.#arranged.get(organisationId);
    if (known?.of === list.ids && known.count === list.ids.length && known.arrangement === arrangement) {
      return known.ids;
    }
    const { ids: of } = list;
    const count = of.length;
    const asked = list.complete ? undefined : await askForAddress(this.#contacts, [organisationId], filter);
    if (asked) {
      const ids = asked.map(({ contactId }) => contactId);
      this.#arranged.set(organisationId, { of, count, arrangement, ids, asked: true });
      this.#changed.fire(organisationId);
      return ids;
    }
    if (!list.complete && list.load.kind === 'idle' && !this.#wholeLoads.isCancelled(organisationId))
      void this.#wholeLoads.load([organisationId]);
    const found = filter === '' ? of : (await this.#contacts.index(organisationId)).all(filter);
    const sortKeyOf = (contactId: string) =>
      sortValue(this.#contacts.summary({ organisationId, contactId }), sort?.by ?? '');
    const ids = sorted ? found : await sortInSlices(found, sortKeyOf, sort?.descending === true);
    this.#arranged.set(organisationId, { of, count, arrangement, ids, asked: false });
    this.#changed.fire(organisationId);
    return ids;
  }

  /** Whether there may be more to show than is read: of the list as it is arranged, or of any list. */
  isPartial(organisationId: string): boolean {
    const { loaded, complete } = this.#contacts.list(organisationId);
    const answered = this.#arranged.get(organisationId)?.asked === true && this.needsAll(organisationId);
    return loaded && !complete && !answered;
  }

  /** Whether a list needs all of its contacts to be shown right. */
  needsAll(organisationId: string): boolean {
    const { filter, sort } = this.arrangement(organisationId);
    const { sort: own } = this.#contacts.list(organisationId);
    return filter !== '' || (sort !== undefined && own !== sortParameter(sort));
  }

  dispose(): void {
    this.#arrangedNow.dispose();
    this.#changed.dispose();
  }

  /** What can be sorted by is known after the first page only. */
  async #sortedList(organisationId: string, arrangement: Arrangement, wanted: number | undefined) {
    this.#askForSort(organisationId, arrangement);
    await this.#contacts.ensureList(organisationId, wanted);
    this.#askForSort(organisationId, arrangement);
    return this.#contacts.ensureList(organisationId, wanted);
  }

  #askForSort(organisationId: string, { sort }: Arrangement): void {
    const { complete, sortable, loaded } = this.#contacts.list(organisationId);
    // What is all here need not be asked for again.
    if (complete) return;
    if (sort === undefined) this.#contacts.sortBy(organisationId, undefined);
    else if (loaded && sortable.includes(sort.by)) this.#contacts.sortBy(organisationId, sortParameter(sort));
  }
}
