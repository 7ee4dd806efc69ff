/** The loaded part of an organisation's list, which grows page by page. `ContactStore` owns it. */
import type { Resource } from '../../api/http/document';
import type { ApiError } from '../../api/http/errors';
import { ListBounds } from './listBounds';
import { idsOf, type ListPage, type Newer, rowsOf, spanOf, type Taken } from './listPage';
import { asked, place, type Row } from './listRow';
import { PageLog } from './pageLog';
import type { PageSize } from './pagePlan';
import { UnreadableRows } from './unreadableRows';
import { weave } from './weave';

export type LoadState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: ApiError; readonly during: 'read' | 'more' };

export class ContactList {
  #ids: string[] = [];
  readonly #rows = new Map<string, Row>();
  readonly #log = new PageLog();
  readonly #unreadable = new UnreadableRows();
  /** Pages that arrived before an earlier one, by offset. */
  readonly #ahead = new Map<number, ListPage>();
  readonly #newer: Newer;
  readonly #bounds = new ListBounds();
  #next: number | undefined = 0;
  /** All rows before this offset have been loaded. */
  #reached = 0;
  #size: PageSize | undefined;
  /** The maximum limit, after the API refused a larger one. */
  #mostRows: number | undefined;
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
    this.#newer = newer;
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
    return this.#ids;
  }

  /** Returns the index of a contact in `ids`. */
  position(contactId: string): number | undefined {
    return this.#rows.get(contactId)?.[place];
  }

  /** Returns the list's row of a contact. */
  resource(contactId: string): Resource | undefined {
    return this.#rows.get(contactId);
  }

  /**
   * Stores a copy of a contact, unless the list has a newer one.
   * @returns the contact's position, if it is in the list
   */
  update(resource: Resource, since = 0): number | undefined {
    const row = this.#rows.get(resource.id);
    if (row && since >= row[asked]) {
      const { type, attributes, meta } = this.#newer(resource.id, since) ?? resource;
      Object.assign(row, { [asked]: since, type, attributes, meta });
    }
    return row?.[place];
  }

  /**
   * Moves a contact before another one, or to the end.
   * @returns true if its position changed
   */
  move(contactId: string, before: string | undefined): boolean {
    const others = this.#ids.filter((id) => id !== contactId);
    const at = before === undefined ? others.length : others.indexOf(before);
    if (at === -1 || this.position(contactId) === at) return false;
    this.#order([...others.slice(0, at), contactId, ...others.slice(at)]);
    return true;
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

  get mostRows(): number | undefined {
    return this.#mostRows;
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
    return this.complete && this.#log.differs(this.#ids.length + this.unreadable);
  }

  /** The offsets to read again, because contacts may be missing there or may have moved to the front. */
  get doubtful(): readonly number[] {
    const gaps = this.#log.gaps.map(({ offset }) => offset);
    return this.complete && this.#log.unsteady ? [0, ...gaps] : gaps;
  }

  /** The number of places where a contact may be missing. */
  get gaps(): number {
    return this.#log.gaps.length;
  }

  /** Notes that the list is complete and its doubtful parts have been read again. */
  settle(): void {
    if (this.complete) this.#log.settle(this.#ids.length + this.unreadable);
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
      this.#ahead.set(offset, page);
      return { again: [], moved: false };
    }
    const taken = [this.#add(page, offset)];
    for (let next = this.#takeAhead(); next; next = this.#takeAhead()) taken.push(this.#add(...next));
    return { again: taken.flatMap(({ again }) => again), moved: taken.some(({ moved }) => moved) };
  }

  /** Updates the list with a page that was read again: removes deleted contacts and inserts new ones. */
  takeAgain(page: ListPage, offset: number): Taken {
    this.#note(page);
    const again = page.resources.flatMap((resource) => this.update(resource, page.asked) ?? []);
    const last = page.next === undefined && this.#next === undefined;
    this.#log.close(({ before }) => {
      const place = this.position(before) ?? Number.NaN;
      return again.some((at) => at <= place) && (last || again.some((at) => at > place));
    });
    const reread = { ids: idsOf(page), first: offset === 0, last, at: offset };
    const woven = weave(this.#ids, reread, (id) => this.position(id), true);
    const grown = (woven ?? this.#ids).length - this.#ids.length;
    const shift = this.#unreadable.replace(spanOf(page, offset), grown, last);
    if (this.#next !== undefined) this.#next = Math.max(0, this.#next + shift);
    this.#reached = Math.max(0, this.#reached + shift);
    if (woven === undefined) return { again, moved: false };
    this.#insert(page);
    this.#order(woven);
    return { again: [], moved: true };
  }

  /** Returns true for a page that arrived early and need not be requested. */
  isAhead(offset: number): boolean {
    return this.#ahead.has(offset);
  }

  #note(page: ListPage): void {
    this.#log.note(page.total);
    this.#readAt = Date.now();
    this.stale = false;
    this.load = { kind: 'idle' };
    this.#sortable = page.sortable;
    this.#filterable = page.filterable;
    if (page.limit !== undefined) this.#mostRows = page.limit;
  }

  /** Rows can move between two requests, so a row may arrive twice: the first one stays. */
  #add(page: ListPage, offset: number): Taken {
    const count = this.#ids.length;
    const reached = this.#reached;
    this.#bounds.check(count + this.unreadable + rowsOf(page));
    const again = page.resources.flatMap((resource) => this.update(resource, page.asked) ?? []);
    const isNext = this.#next !== undefined;
    if (isNext) this.#link(page, offset, again);
    this.#unreadable.add(spanOf(page, offset));
    const begin = page.resources.slice(0, again.length);
    const fits = begin.every(({ id }, n) => this.position(id) === count - again.length + n);
    this.#insert(page);
    // More common rows than planned, and new ones after them, mean that a row was inserted before them.
    const isPushed = again.length > Math.max(0, reached - offset) && this.#ids.length > count;
    if (!fits || isPushed) this.#log.move();
    if (!fits) {
      const reread = { ids: idsOf(page), first: offset === 0, last: false, at: count };
      const known = (id: string) => {
        const at = this.position(id);
        return at === undefined || at >= count ? undefined : at;
      };
      const woven = weave(this.#ids.slice(0, count), reread, known, false);
      if (woven) this.#order(woven);
    }
    this.#loaded = true;
    this.#tail = page.resources.length;
    const added = this.#ids.length - count;
    // All rows after the common ones are unreadable.
    const isBlank = rowsOf(page) > again.length && again.length <= Math.max(0, reached - offset);
    this.#bounds.follow(added > 0 || rowsOf(page) === 0 ? 'new' : isBlank ? 'blank' : 'known');
    this.#follow(page, offset);
    return { again, moved: !fits && this.#ids.length > count };
  }

  /** Checks that this page meets the loaded rows. */
  #link(page: ListPage, offset: number, again: readonly number[]): void {
    const { total, next } = page;
    const before = this.#ids.at(-1);
    const hides = next !== undefined && rowsOf(page) < next - offset;
    const gap = before === undefined ? undefined : { offset: this.#reached, before };
    const linked = again.some((at) => at >= this.#ids.length - this.#tail);
    // Unreadable common rows do not show whether a row between the pages is missing.
    const isBlank = this.#unreadable.fill(offset, this.#reached, spanOf(page, offset).places);
    this.#log.follow({ total, hides }, gap, linked, offset < this.#reached && !isBlank);
  }

  #follow(page: ListPage, offset: number): void {
    const { next, limit, wanted = 0 } = page;
    if (next !== undefined)
      this.#size = { rows: next - offset, isMost: limit !== undefined || next - offset < wanted, wanted };
    const isBack = next !== undefined && next <= this.#reached;
    // A longer page already covered all of these rows.
    if (isBack && offset < this.#reached - 1) return;
    // The next page leads to no new rows: this is the end, even if the API announces more.
    const ends = isBack || this.#bounds.isStuck(this.total !== undefined);
    this.#reached = Math.max(this.#reached, next ?? offset + rowsOf(page));
    this.#next = ends ? undefined : next;
  }

  #insert({ resources, asked: since = 0 }: ListPage): void {
    for (const resource of resources) {
      const { id } = resource;
      if (this.#rows.has(id)) continue;
      const { type, attributes, meta } = this.#newer(id, since) ?? resource;
      this.#rows.set(id, { id, [place]: this.#ids.length, [asked]: since, type, attributes, meta });
      this.#ids.push(id);
    }
  }

  /** Makes a new array, so that holders of the old one notice the change. */
  #order(ids: readonly string[]): void {
    const left = new Set(this.#ids);
    this.#ids = [...ids];
    ids.forEach((id, at) => {
      left.delete(id);
      const row = this.#rows.get(id);
      if (row) row[place] = at;
    });
    for (const id of left) this.#rows.delete(id);
  }

  /** Returns the early page that follows next. */
  #takeAhead(): [page: ListPage, offset: number] | undefined {
    const next = this.#next;
    const offset = [...this.#ahead.keys()].find((from) => next !== undefined && from <= next);
    const page = offset === undefined ? undefined : this.#ahead.get(offset);
    if (offset === undefined || page === undefined) return undefined;
    this.#ahead.delete(offset);
    return [page, offset];
  }
}
