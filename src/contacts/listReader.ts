/** Reads the lists of an account's contacts: a page, as much as is looked at, or all. `ContactStore` owns it. */
import { ApiError } from '../api/errors';
import type { Page } from '../api/page';
import { isAbortError } from '../base/abort';
import type { Clock } from '../base/clock';
import { ContactList } from './contactList';
import { loadWhole, readAgain, type WholeLoad } from './loadWhole';

interface Loading {
  /** All of it, in the background: a refresh does not begin it again. */
  readonly whole: boolean;
  readonly abort: AbortController;
  /** There is something to show. */
  readonly shown: Promise<void>;
  readonly done: Promise<void>;
}

interface Where {
  readonly offset: number;
  readonly sort: string | undefined;
  readonly signal: AbortSignal;
}

interface Owner {
  readonly clock: Clock;
  read(organisationId: string, where: Where): Promise<Page>;
  /** Rows arrived of a list that is read in the background; those at these positions were known before. */
  onRows(organisationId: string, again: readonly number[]): void;
  /** A list was read anew: what was made of the old one is of no use. */
  onReplaced(organisationId: string): void;
}

/** Rows that are read anew together; of a longer list only the pages with rows that are looked at. */
const mostReloaded = 1_000;
/** Pages of a longer list that are read again at once. */
const mostReread = 20;

export class ListReader {
  readonly #owner: Owner;
  readonly #lists = new Map<string, ContactList>();
  readonly #loading = new Map<string, Loading>();
  /** Lists that are being read whole, anew, while the old one is still in use. */
  readonly #coming = new Map<string, ContactList>();
  /** The rows that are looked at, for a list that was marked to be read again. */
  readonly #looked = new Map<string, readonly string[]>();
  readonly #sorts = new Map<string, string | undefined>();

  constructor(owner: Owner) {
    this.#owner = owner;
  }

  list(organisationId: string): ContactList {
    const known = this.#lists.get(organisationId);
    if (known) return known;
    const list = new ContactList(this.#sorts.get(organisationId));
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

  /** @returns false when something else is under way */
  async more(organisationId: string): Promise<boolean> {
    if (this.#loading.has(organisationId)) return false;
    const list = this.list(organisationId);
    const { next } = list;
    await this.#run(organisationId, 'more', async (signal) => {
      const load = this.#wholeLoad(organisationId, list);
      if (next !== undefined) load.onRows(list.take(await load.read(next, signal), next));
    });
    return true;
  }

  /** @returns false when all was here already */
  async all(organisationId: string, signal: AbortSignal): Promise<boolean> {
    await this.#loading.get(organisationId)?.done;
    const known = this.list(organisationId);
    if (known.complete && !known.outdated) return false;
    const list = known.outdated ? new ContactList(this.#sorts.get(organisationId)) : known;
    if (list !== known) this.#coming.set(organisationId, list);
    await this.#run(organisationId, 'whole', async (own, shown) => {
      const load = this.#wholeLoad(organisationId, list, shown);
      await loadWhole(list, load, AbortSignal.any([own, signal]));
      if (list !== known) this.#replace(organisationId, list);
    });
    this.#coming.delete(organisationId);
    return true;
  }

  sortBy(organisationId: string, sort: string | undefined): void {
    if (this.#sorts.get(organisationId) === sort) return;
    this.#sorts.set(organisationId, sort);
    this.#stop(organisationId);
    this.list(organisationId).stale = true;
  }

  invalidate(organisationId?: string, looked?: (organisationId: string) => readonly string[]): void {
    for (const [id, list] of this.#lists) {
      if (organisationId !== undefined && organisationId !== id) continue;
      // One that is read whole goes on: nobody wants to begin a thousand pages again.
      if (this.#loading.get(id)?.whole === true) continue;
      this.#stop(id);
      list.stale = true;
      this.#looked.set(id, looked?.(id) ?? []);
    }
  }

  dispose(): void {
    for (const { abort } of this.#loading.values()) abort.abort();
  }

  /** One load of a list at a time. A failure keeps the rows; the list says what went wrong. */
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
    const run = { whole: what === 'whole', abort, done, shown: Promise.race([first, done]) };
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

  /** The rows that were there stay until as many are read anew; long lists are read again in parts. */
  async #reload(organisationId: string, wanted: number, signal: AbortSignal): Promise<void> {
    const known = this.list(organisationId);
    const looked = this.#looked.get(organisationId) ?? [];
    this.#looked.delete(organisationId);
    const sort = this.#sorts.get(organisationId);
    if (known.ids.length > mostReloaded && known.sort === sort)
      return readAgain(known, pagesOf(known, looked), this.#wholeLoad(organisationId, known), signal);
    const list = new ContactList(sort);
    const load = this.#wholeLoad(organisationId, list);
    const rows = Math.min(mostReloaded, Math.max(wanted, known.ids.length));
    for (let at: number | undefined = 0; at !== undefined && list.ids.length < rows; at = list.next)
      list.take(await load.read(at, signal), at);
    this.#replace(organisationId, list);
  }

  #replace(organisationId: string, list: ContactList): void {
    this.#lists.set(organisationId, list);
    this.#owner.onReplaced(organisationId);
  }

  #wholeLoad(organisationId: string, { sort }: ContactList, shown?: () => void): WholeLoad {
    return {
      clock: this.#owner.clock,
      read: async (offset, signal) => {
        const page = await this.#owner.read(organisationId, { offset, signal, sort });
        signal.throwIfAborted();
        return page;
      },
      onRows: (again) => {
        shown?.();
        this.#owner.onRows(organisationId, this.#coming.has(organisationId) ? [] : again);
      },
    };
  }
}

/** The first page, which says how many there are, and those with these rows. */
function pagesOf(list: ContactList, contactIds: readonly string[]): readonly number[] {
  const positions = contactIds.map((id) => list.position(id) ?? 0);
  const pages = positions.map((position) => position - (position % Math.max(1, list.step)));
  return [...new Set([0, ...pages])].slice(0, mostReread);
}
