/** The loaded part of an organisation's list, as it grows page by page. `ContactStore` owns it. */
import type { ApiError } from '../api/errors';
import type { Page } from '../api/page';

export type LoadState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: ApiError; readonly during: 'read' | 'more' };

/** Pages in a row that brought nothing new: a server that ignores `offset` would send them for ever. */
const mostStuck = 3;

export class ContactList {
  readonly #ids: string[] = [];
  readonly #known = new Set<string>();
  #stuck = 0;
  #total: number | undefined;
  #next: number | undefined = 0;
  #step = 0;
  #loaded = false;
  #sortable: readonly string[] = [];
  #filterable: readonly string[] = [];
  /** What the API was asked to sort by. */
  readonly sort: string | undefined;
  /** To be read again when somebody looks at it. */
  stale = true;
  load: LoadState = { kind: 'idle' };
  /** Pages that arrived before an earlier one, by offset. */
  readonly ahead = new Map<number, Page>();

  constructor(sort?: string) {
    this.sort = sort;
  }

  /** What the API offers to sort by. */
  get sortable(): readonly string[] {
    return this.#sortable;
  }

  /** What the API offers to filter by, by exact value. */
  get filterable(): readonly string[] {
    return this.#filterable;
  }

  /** In the API's order, each once. */
  get ids(): readonly string[] {
    return this.#ids;
  }

  /** How many there are in all; undefined if the API doesn't say. */
  get total(): number | undefined {
    return this.#total;
  }

  /** The offset of the next page; undefined when everything is here. */
  get next(): number | undefined {
    return this.#next;
  }

  /** How far apart pages are, by the first one: the server may give fewer rows than it was asked for. */
  get step(): number {
    return this.#step;
  }

  /** False until the first page came; rows stay when a later load fails. */
  get loaded(): boolean {
    return this.#loaded;
  }

  get complete(): boolean {
    return this.#loaded && this.#next === undefined;
  }

  /** Rows can move between two requests for pages, so a row may come twice: the first one stays. */
  add(page: Page, offset: number): void {
    const before = this.#ids.length;
    for (const { id } of page.resources) {
      if (this.#known.has(id)) continue;
      this.#known.add(id);
      this.#ids.push(id);
    }
    this.#stuck = page.resources.length > 0 && this.#ids.length === before ? this.#stuck + 1 : 0;
    if (!this.#loaded) this.#step = (page.next ?? offset) - offset;
    this.#total = page.total;
    this.#sortable = page.sortable;
    this.#filterable = page.filterable;
    this.#next = this.#isStuck() ? undefined : page.next;
    this.#loaded = true;
    this.stale = false;
    this.load = { kind: 'idle' };
  }

  /** Pages that came early and follow now. */
  addAhead(): void {
    for (;;) {
      const next = this.#next;
      const offset = [...this.ahead.keys()].find((from) => next !== undefined && from <= next);
      const page = offset === undefined ? undefined : this.ahead.get(offset);
      if (offset === undefined || page === undefined) return;
      this.ahead.delete(offset);
      const reached = next ?? 0;
      this.add(page, offset);
      // One that overlaps with what is here does not lead back.
      if (this.#next !== undefined && this.#next < reached) this.#next = reached;
    }
  }

  #isStuck(): boolean {
    return this.#stuck >= (this.#total === undefined ? 1 : mostStuck);
  }
}
