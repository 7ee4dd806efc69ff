/** The loaded part of an organisation's list, which grows page by page. `ContactStore` owns it. */
import type { Resource } from '../../api/http/document';
import type { ApiError } from '../../api/http/errors';
import { ListRows } from './listRows';
import { EarlyPages } from './pages/earlyPages';
import { ListBounds } from './pages/listBounds';
import {
  hidesRows,
  idsOf,
  type ListPage,
  type Newer,
  offsetBehind,
  type PageSize,
  rowsOf,
  sizeOf,
  spanOf,
  type Taken,
} from './pages/listPage';
import { type Doubtful, PageLog } from './pages/pageLog';
import { UnclearPages } from './pages/unclearPages';
import { UnreadableRows } from './pages/unreadableRows';
import { weave } from './pages/weave';

export type LoadState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: ApiError; readonly during: 'read' | 'more' };

export class ContactList {
  readonly #rows: ListRows;
  readonly #log = new PageLog();
  readonly #unreadable = new UnreadableRows();
  readonly #early = new EarlyPages();
  readonly #bounds = new ListBounds();
  readonly #unclear = new UnclearPages();
  #next: number | undefined = 0;
  /** All rows before this offset have been loaded. */
  #reached = 0;
  #size: PageSize | undefined;
  /** The maximum limit, after the API refused a larger one. */
  #maxRows: number | undefined;
  /** The number of rows of the latest page. */
  #tail = 0;
  #loaded = false;
  #readAt = 0;
  #sortable: readonly string[] = [];
  #filterable: readonly string[] = [];
  /** The `sort` parameter of the requests. */
  readonly sort: string | undefined;
  /** True if the list must be read again when it is shown. */
  stale = true;
  load: LoadState = { kind: 'idle' };

  constructor(sort?: string, newer: Newer = () => undefined) {
    this.sort = sort;
    this.#rows = new ListRows(newer);
  }

  /** The keys that the API advertises for sorting. */
  get sortable(): readonly string[] {
    return this.#sortable;
  }

  /** The keys that the API advertises for filtering by exact value. */
  get filterable(): readonly string[] {
    return this.#filterable;
  }

  /** The IDs in the API's order, each once. */
  get ids(): readonly string[] {
    return this.#rows.ids;
  }

  /** Returns the index of a contact in `ids`. */
  position(contactId: string): number | undefined {
    return this.#rows.position(contactId);
  }

  /**
   * Returns the list's row of a contact.
   * @param since requires data from a later request
   */
  resource(contactId: string, since?: number): Resource | undefined {
    return this.#rows.resource(contactId, since);
  }

  /**
   * Stores a copy of a contact, unless the list has a newer one.
   * @returns the contact's position, if it is in the list
   */
  update(resource: Resource, since = 0): number | undefined {
    return this.#rows.update(resource, since);
  }

  /**
   * Moves a contact before another one, or to the end.
   * @returns true if its position changed
   */
  move(contactId: string, before: string | undefined): boolean {
    return this.#rows.move(contactId, before);
  }

  /** The number of loaded rows that are no contacts. */
  get unreadable(): number {
    return this.#unreadable.count;
  }

  /** The API's latest total; undefined if it does not report one. */
  get total(): number | undefined {
    return this.#log.total;
  }

  /** The offset of the next page; undefined at the end. */
  get next(): number | undefined {
    return this.#next;
  }

  /** The number of rows of the API's pages, as far as known. */
  get size(): PageSize | undefined {
    return this.#size;
  }

  get maxRows(): number | undefined {
    return this.#maxRows;
  }

  /**
   * All rows before this offset have been loaded. It exceeds the number of rows if the account may not see
   * some of them.
   */
  get reached(): number {
    return this.#reached;
  }

  /** False until the first page arrives; rows stay after a later failure. */
  get loaded(): boolean {
    return this.#loaded;
  }

  get complete(): boolean {
    return this.#loaded && this.#next === undefined;
  }

  /** True if a complete list may miss contacts or contain deleted ones. */
  get outdated(): boolean {
    return this.complete && this.#log.differs(this.ids.length + this.unreadable);
  }

  /** The offsets to read again, because contacts may be missing there or may have moved to the front. */
  get doubtful(): readonly Doubtful[] {
    const { gaps, unsteady } = this.#log;
    return this.complete && unsteady ? [{ offset: 0, isPassed: false }, ...gaps] : gaps;
  }

  /** The number of places where a contact may be missing. */
  get gaps(): number {
    return this.#log.gaps.length;
  }

  /**
   * The offset of a page that was followed by known rows: rows moved, or the account may not see some of
   * them.
   */
  get suspect(): number | undefined {
    return this.#unclear.suspect;
  }

  /** Notes that the list is complete and its doubtful parts have been read again. */
  settle(): void {
    if (this.complete) this.#log.settle(this.ids.length + this.unreadable);
  }

  /** The time of the latest page in milliseconds since 1970. */
  get readAt(): number {
    return this.#readAt;
  }

  /**
   * Adds a page from anywhere in the list. A page that arrives early waits for those before it.
   * @throws ApiError `endless`
   */
  take(page: ListPage, offset: number): Taken {
    this.#note(page);
    if (this.#next !== undefined && offset > this.#next) {
      this.#early.add(offset, page);
      return { again: [], moved: false };
    }
    const taken = [this.#add(page, offset)];
    for (let next = this.#early.take(this.#next); next; next = this.#early.take(this.#next))
      taken.push(this.#add(...next));
    return { again: taken.flatMap(({ again }) => again), moved: taken.some(({ moved }) => moved) };
  }

  /** Updates the list with a page that was read again: removes deleted contacts and inserts new ones. */
  takeAgain(page: ListPage, offset: number): Taken {
    this.#note(page);
    const again = this.#rows.updateAll(page);
    if (!this.#unclear.reread(page, offset)) this.#log.move();
    const last = page.next === undefined && this.#next === undefined;
    this.#log.close(({ before, ...gap }) => {
      if (gap.isPassed) return offset === gap.offset;
      const place = this.position(before) ?? Number.NaN;
      return again.some((at) => at <= place) && (last || again.some((at) => at > place));
    });
    const reread = { ids: idsOf(page), first: offset === 0, last, at: offset };
    const woven = weave(this.ids, reread, (id) => this.position(id), true);
    const grown = (woven ?? this.ids).length - this.ids.length;
    const shift = this.#unreadable.replace(spanOf(page, offset), grown, last);
    if (this.#next !== undefined) this.#next = Math.max(0, this.#next + shift);
    this.#reached = Math.max(0, this.#reached + shift);
    if (woven === undefined) return { again, moved: false };
    this.#rows.insert(page);
    this.#rows.order(woven);
    return { again: [], moved: true };
  }

  /** The offsets of pages that arrived early. */
  get ahead() {
    return this.#early.spans;
  }

  #note(page: ListPage): void {
    this.#log.note(page.total);
    this.#readAt = Date.now();
    this.stale = false;
    this.load = { kind: 'idle' };
    this.#sortable = page.sortable;
    this.#filterable = page.filterable;
    if (page.limit !== undefined) this.#maxRows = page.limit;
  }

  /** Rows can move between two requests, so a row may arrive twice: the first one stays. */
  #add(page: ListPage, offset: number): Taken {
    const count = this.ids.length;
    const reached = this.#reached;
    this.#bounds.check(count + this.unreadable + rowsOf(page));
    const again = this.#rows.updateAll(page);
    const isNext = this.#next !== undefined;
    if (isNext) this.#link(page, offset, again);
    this.#unreadable.add(spanOf(page, offset));
    const begin = page.resources.slice(0, again.length);
    const fits = begin.every(({ id }, n) => this.position(id) === count - again.length + n);
    this.#rows.insert(page);
    // More common rows than planned, and new ones after them, mean that a row was inserted before them.
    const isPushed = again.length > Math.max(0, reached - offset) && this.ids.length > count;
    const isExplained = isPushed && fits && this.#unclear.suspectLatest();
    if (!isExplained && (!fits || isPushed)) this.#log.move();
    this.#unclear.follow(page, offset);
    if (!fits) {
      const reread = { ids: idsOf(page), first: offset === 0, last: false, at: count };
      const known = (id: string) => {
        const at = this.position(id);
        return at === undefined || at >= count ? undefined : at;
      };
      const woven = weave(this.ids.slice(0, count), reread, known, false);
      if (woven) this.#rows.order(woven);
    }
    this.#loaded = true;
    this.#tail = page.resources.length;
    this.#bounds.follow({
      rows: rowsOf(page),
      added: this.ids.length - count,
      known: again.length,
      common: Math.max(0, reached - offset),
    });
    this.#follow(page, offset);
    return { again, moved: !fits && this.ids.length > count };
  }

  /** Checks that this page meets the loaded rows. */
  #link(page: ListPage, offset: number, again: readonly number[]): void {
    const { total } = page;
    const before = this.ids.at(-1);
    const hides = hidesRows(page, offset);
    const passed = this.#unclear.passedAt(this.#reached);
    const place = { offset: passed ?? this.#reached, isPassed: passed !== undefined };
    const gap = before === undefined ? undefined : { ...place, before };
    const linked = again.some((at) => at >= this.ids.length - this.#tail);
    // Unreadable common rows do not show whether a row between the pages is missing.
    const isBlank = this.#unreadable.fill(offset, this.#reached, spanOf(page, offset).places);
    this.#log.follow({ total, hides }, gap, linked, offset < this.#reached && !isBlank);
  }

  #follow(page: ListPage, offset: number): void {
    this.#size = sizeOf(page, offset, this.#size);
    const next = offsetBehind(page, offset, this.#size);
    const isBack = next !== undefined && next <= this.#reached;
    // A longer page already covered all of these rows.
    if (isBack && offset < this.#reached - 1) return;
    // The next page leads to no new rows: this is the end, even if the API announces more.
    const count = this.ids.length + this.unreadable;
    const ends = isBack || this.#bounds.isStuck(this.total, count, next ?? 0);
    this.#reached = Math.max(this.#reached, next ?? offset + rowsOf(page));
    this.#next = ends ? undefined : next;
  }
}
