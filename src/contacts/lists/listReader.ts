/** Reads the contact lists of an account: a page, the visible rows, or all. `ContactStore` owns it. */
import { ApiError } from '../../api/http/errors';
import { isAbortError } from '../../base/abort';
import type { Clock } from '../../base/clock';
import { ContactList } from './contactList';
import { loadRows, loadWhole, readAgain, type WholeLoad } from './loadWhole';
import type { ListPage, Newer, Taken } from './pages/listPage';
import { limitOf, moreRows, shownRows, wholeRows } from './pages/pagePlan';

interface Loading {
  /** A read of a whole list runs in the background, and a refresh does not restart it. */
  readonly what: 'read' | 'more' | 'whole';
  readonly abort: AbortController;
  /** Resolves when the first rows can be shown. */
  readonly shown: Promise<void>;
  readonly done: Promise<void>;
}

interface Where {
  readonly offset: number;
  readonly limit: number;
  readonly sort: string | undefined;
  readonly signal: AbortSignal;
}

interface Owner {
  readonly clock: Clock;
  read(organisationId: string, where: Where): Promise<ListPage>;
  /**
   * Called when rows arrive. A list that is read in the background to replace another one changes no row yet.
   */
  onRows(organisationId: string, taken: Taken): void;
  /** Returns newer copies of contacts than a request brought. */
  newer(organisationId: string): Newer;
  /** Called when a list was replaced: data derived from the old one is invalid. */
  onReplaced(organisationId: string): void;
}

/** The maximum number of rows to reload together; of a longer list, only pages with visible rows are read. */
const maxReloaded = 1_000;
/** The maximum number of pages of a longer list to read again. */
const maxReread = 20;

export class ListReader {
  readonly #owner: Owner;
  readonly #lists = new Map<string, ContactList>();
  readonly #loading = new Map<string, Loading>();
  /** Lists that are read from scratch while the old one is still in use. */
  readonly #coming = new Map<string, ContactList>();
  /** The visible rows of lists that are marked to be read again. */
  readonly #visible = new Map<string, readonly string[]>();
  /** Lists to mark after the running read of the whole list. */
  readonly #later = new Set<string>();
  readonly #sorts = new Map<string, string | undefined>();

  constructor(owner: Owner) {
    this.#owner = owner;
  }

  list(organisationId: string): ContactList {
    const known = this.#lists.get(organisationId);
    if (known) return known;
    const list = this.#newList(organisationId);
    this.#lists.set(organisationId, list);
    return list;
  }

  progress(organisationId: string): { readonly loaded: number; readonly total: number | undefined } {
    const { ids, total } = this.#coming.get(organisationId) ?? this.list(organisationId);
    return { loaded: ids.length, total };
  }

  async ensure(organisationId: string, wanted: number) {
    const isNew = this.list(organisationId).stale;
    const running = this.#loading.get(organisationId);
    if (running) await running.shown;
    else if (this.list(organisationId).stale) {
      await this.#run(organisationId, 'read', (signal) => this.#reload(organisationId, wanted, signal));
    }
    return { list: this.list(organisationId), isNew };
  }

  /** @returns false if another read is running */
  async more(organisationId: string): Promise<boolean> {
    // The rows that a refresh brings are those that were shown.
    const running = this.#loading.get(organisationId);
    if (running?.what === 'read') {
      await running.done;
      // Another refresh, another order or the end of the session stopped it: these rows are not continued.
      if (running.abort.signal.aborted) return false;
    }
    if (this.#loading.has(organisationId)) return false;
    const list = this.list(organisationId);
    await this.#run(organisationId, 'more', (signal) =>
      loadRows(list, list.ids.length + 1, this.#load(organisationId, list), signal),
    );
    return true;
  }

  /** @returns false if the list was complete */
  async all(organisationId: string, signal: AbortSignal, again: boolean): Promise<boolean> {
    for (let under = this.#loading.get(organisationId); under; under = this.#loading.get(organisationId))
      await under.done;
    const known = this.list(organisationId);
    const isOld =
      known.outdated || (again && known.complete && (known.stale || known.load.kind === 'failed'));
    if (known.complete && !isOld) return false;
    // The rows that are loaded stay, so they still have to be read again when they are shown.
    if (known.loaded && known.stale && !isOld) this.#later.add(organisationId);
    const list = isOld ? this.#newList(organisationId) : known;
    if (list !== known) this.#coming.set(organisationId, list);
    await this.#run(organisationId, 'whole', async (own, shown) => {
      const load = this.#load(organisationId, list, { rows: wholeRows, first: wholeRows, shown });
      await loadWhole(list, load, AbortSignal.any([own, signal]));
      if (list !== known) this.#replace(organisationId, list);
    });
    this.#coming.delete(organisationId);
    this.#refreshNow(organisationId);
    return true;
  }

  sortBy(organisationId: string, sort: string | undefined): void {
    if (this.#sorts.get(organisationId) === sort) return;
    this.#sorts.set(organisationId, sort);
    this.#stop(organisationId);
    this.list(organisationId).stale = true;
  }

  invalidate(organisationId?: string, visible?: (organisationId: string) => readonly string[]): void {
    for (const [id, list] of this.#lists) {
      if (organisationId !== undefined && organisationId !== id) continue;
      this.#visible.set(id, visible?.(id) ?? []);
      // A read of a whole list continues: restarting it could repeat a thousand pages.
      if (this.#loading.get(id)?.what === 'whole') {
        this.#later.add(id);
        continue;
      }
      this.#stop(id);
      list.stale = true;
    }
  }

  dispose(): void {
    for (const { abort } of this.#loading.values()) abort.abort();
  }

  /**
   * Runs one read of a list at a time. After a failure the rows stay, and the list's `load` holds the error.
   */
  async #run(
    organisationId: string,
    what: 'read' | 'more' | 'whole',
    load: (signal: AbortSignal, shown: () => void) => Promise<void>,
  ): Promise<void> {
    const abort = new AbortController();
    this.list(organisationId).load = { kind: 'loading' };
    let onShown = () => {};
    const first = new Promise<void>((resolve) => {
      onShown = resolve;
    });
    if (this.list(organisationId).loaded && what === 'whole') onShown();
    const done = load(abort.signal, onShown).catch((error: unknown) => {
      if (this.#loading.get(organisationId) !== run) return;
      const list = this.list(organisationId);
      list.load = { kind: 'idle' };
      if (isAbortError(error)) return;
      if (!(error instanceof ApiError)) throw error;
      list.stale = false;
      list.load = { kind: 'failed', error, during: what === 'read' ? 'read' : 'more' };
    });
    const run = { what, abort, done, shown: Promise.race([first, done]) };
    this.#loading.set(organisationId, run);
    try {
      await done;
    } finally {
      if (this.#loading.get(organisationId) === run) this.#loading.delete(organisationId);
    }
  }

  #stop(organisationId: string): void {
    this.#loading.get(organisationId)?.abort.abort();
    this.#loading.delete(organisationId);
    this.list(organisationId).load = { kind: 'idle' };
  }

  /** Marks a list that was refreshed while it was read whole. */
  #refreshNow(organisationId: string): void {
    if (this.#later.delete(organisationId)) this.list(organisationId).stale = true;
  }

  /** Keeps the old rows until as many new ones are loaded; long lists are read again in parts. */
  async #reload(organisationId: string, wanted: number, signal: AbortSignal): Promise<void> {
    const known = this.list(organisationId);
    const visible = this.#visible.get(organisationId) ?? [];
    const sort = this.#sorts.get(organisationId);
    if (known.ids.length > maxReloaded && known.sort === sort) {
      const load = this.#load(organisationId, known, { rows: shownRows });
      await readAgain(known, pagesOf(known, visible), load, signal);
    } else {
      const list = this.#newList(organisationId);
      // A list that was complete is read to its end, because the API may count more rows than it sends.
      const needed = known.complete ? Number.POSITIVE_INFINITY : Math.max(1, wanted, known.ids.length);
      await loadRows(list, Math.min(maxReloaded, needed), this.#load(organisationId, list), signal);
      this.#replace(organisationId, list);
    }
    this.#visible.delete(organisationId);
  }

  #newList(organisationId: string): ContactList {
    return new ContactList(this.#sorts.get(organisationId), this.#owner.newer(organisationId));
  }

  #replace(organisationId: string, list: ContactList): void {
    this.#lists.set(organisationId, list);
    this.#owner.onReplaced(organisationId);
  }

  /** Requests the usual limit for the first page of a list that is not read whole. */
  #load(
    organisationId: string,
    list: ContactList,
    {
      rows = moreRows,
      first = shownRows,
      shown,
    }: { readonly rows?: number; readonly first?: number; readonly shown?: () => void } = {},
  ): WholeLoad {
    return {
      clock: this.#owner.clock,
      rows,
      read: async (offset, signal) => {
        const limit = limitOf(list, offset === 0 ? first : rows);
        const where = { offset, limit, signal, sort: list.sort };
        const page = await this.#owner.read(organisationId, where);
        signal.throwIfAborted();
        return { ...page, wanted: limit };
      },
      onRows: (taken) => {
        shown?.();
        if (list === this.list(organisationId)) this.#owner.onRows(organisationId, taken);
        else this.#owner.onRows(organisationId, { again: [], moved: false });
      },
    };
  }
}

/** Returns the first page, which has the total, and the pages with these contacts. */
function pagesOf(list: ContactList, contactIds: readonly string[]): readonly number[] {
  const step = Math.min(shownRows, list.size?.rows ?? shownRows);
  // Rows that the account may not see take up offsets, too.
  const spread = list.reached / Math.max(1, list.ids.length);
  const pages = contactIds.map((id) => {
    const position = Math.floor((list.position(id) ?? 0) * spread);
    return position - (position % Math.max(1, step));
  });
  const last = list.ids.at(-1);
  // Contacts that were added at the end follow the last row.
  const end = list.complete && last !== undefined && contactIds.includes(last) ? [list.reached - 1] : [];
  return [...new Set([0, ...end, ...pages])].slice(0, maxReread);
}
