/** The loaded part of an organisation's list, as it grows page by page. `ContactStore` owns it. */
import type { Resource } from '../../api/http/document';
import type { ApiError } from '../../api/http/errors';
import { ListBounds } from './listBounds';
import { idsOf, type ListPage, type Newer, nextBeyondEmpty, rowsOf, spanOf, type Taken } from './listPage';
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
  /** The offset that everything before is here of. */
  #reached = 0;
  #size: PageSize | undefined;
  /** The most rows that may be asked for, once the API refused more. */
  #mostRows: number | undefined;
  /** Rows of the page that came last. */
  #tail = 0;
  #loaded = false;
  #readAt = 0;
  #sortable: readonly string[] = [];
  #filterable: readonly string[] = [];
  /** What the API was asked to sort by. */
  readonly sort: string | undefined;
  /** To be read again when somebody looks at it. */
  stale = true;
  load: LoadState = { kind: 'idle' };

  constructor(sort?: string, newer: Newer = () => undefined) {
    this.sort = sort;
    this.#newer = newer;
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

  /** Where in `ids` a contact is. */
  position(contactId: string): number | undefined {
    return this.#rows.get(contactId)?.[place];
  }

  /** What the list says of a contact. */
  resource(contactId: string): Resource | undefined {
    return this.#rows.get(contactId);
  }

  /** What the list says of a contact by a request later than one. */
  later(contactId: string, since: number): Resource | undefined {
    const row = this.#rows.get(contactId);
    return row && row[asked] > since ? row : undefined;
  }

  /** Takes a copy of a contact, unless a newer one is here. @returns its position, if it is in the list */
  update(resource: Resource, since = 0): number | undefined {
    const row = this.#rows.get(resource.id);
    if (row && since >= row[asked]) {
      const { type, attributes, meta } = this.#newer(resource.id, since) ?? resource;
      Object.assign(row, { [asked]: since, type, attributes, meta });
    }
    return row?.[place];
  }

  /** Moves a contact in front of another one, or to the end. @returns whether that is another place */
  move(contactId: string, before: string | undefined): boolean {
    const others = this.#ids.filter((id) => id !== contactId);
    const at = before === undefined ? others.length : others.indexOf(before);
    if (at === -1 || this.position(contactId) === at) return false;
    this.#order([...others.slice(0, at), contactId, ...others.slice(at)]);
    return true;
  }

  /** Rows that are no contacts, as far as the list is here. */
  get unreadable(): number {
    return this.#unreadable.count;
  }

  /** How many there are in all, by what the API said last; undefined if it doesn't say. */
  get total(): number | undefined {
    return this.#log.total;
  }

  /** The offset of the next page; undefined when everything is here. */
  get next(): number | undefined {
    return this.#next;
  }

  /** How many rows the API gives in a page, as far as that is known. */
  get size(): PageSize | undefined {
    return this.#size;
  }

  get mostRows(): number | undefined {
    return this.#mostRows;
  }

  /** The offset that everything before is here of; further than the rows where some may not be seen. */
  get reached(): number {
    return this.#reached;
  }

  /** False until the first page came; rows stay when a later load fails. */
  get loaded(): boolean {
    return this.#loaded;
  }

  get complete(): boolean {
    return this.#loaded && this.#next === undefined;
  }

  /** It was read to its end, and contacts may be missing, or be here that are gone. */
  get outdated(): boolean {
    return this.complete && this.#log.differs(this.#ids.length + this.unreadable);
  }

  /** The offsets to read again, as contacts may have slipped through or moved to the front. */
  get doubtful(): readonly number[] {
    const gaps = this.#log.gaps.map(({ offset }) => offset);
    return this.complete && this.#log.unsteady ? [0, ...gaps] : gaps;
  }

  /** How many places there are where a contact may have slipped through. */
  get gaps(): number {
    return this.#log.gaps.length;
  }

  /** The list is here to its end, and what was doubtful has been read again. */
  settle(): void {
    if (this.complete) this.#log.settle(this.#ids.length + this.unreadable);
  }

  /** When a page came last, in milliseconds since 1970. */
  get readAt(): number {
    return this.#readAt;
  }

  /**
   * Takes a page from anywhere in the list; one that came early waits for those before it.
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

  /** Takes a page of rows that were here: those that are gone go, and new ones come where they belong. */
  takeAgain(page: ListPage, offset: number): Taken {
    this.#note(page);
    const again = this.#updateAll(page);
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

  /** The offsets of pages that came early: they are not asked for again. */
  get ahead() {
    return [...this.#ahead].map(([offset, page]) => spanOf(page, offset));
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

  /** Rows can move between two requests for pages, so a row may come twice: the first one stays. */
  #add(page: ListPage, offset: number): Taken {
    const count = this.#ids.length;
    const reached = this.#reached;
    this.#bounds.check(count + this.unreadable + rowsOf(page));
    const again = this.#updateAll(page);
    const isNext = this.#next !== undefined;
    if (isNext) this.#link(page, offset, again);
    this.#unreadable.add(spanOf(page, offset));
    const begin = page.resources.slice(0, again.length);
    const fits = begin.every(({ id }, n) => this.position(id) === count - again.length + n);
    this.#insert(page);
    // More rows in common than there should be, and others after them: something came in front.
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
    // Beyond the rows that it was to have in common there is none that can be read.
    const isBlank = rowsOf(page) > again.length && again.length <= Math.max(0, reached - offset);
    const isEmpty = rowsOf(page) === 0;
    this.#bounds.follow(isEmpty ? 'nothing' : added > 0 ? 'new' : isBlank ? 'blank' : 'known');
    this.#follow(page, offset);
    return { again, moved: !fits && this.#ids.length > count };
  }

  /** Where this page and what is here should meet. */
  #link(page: ListPage, offset: number, again: readonly number[]): void {
    const { total, next } = page;
    const before = this.#ids.at(-1);
    const hides = next !== undefined && rowsOf(page) < next - offset;
    const gap = before === undefined ? undefined : { offset: this.#reached, before };
    const linked = again.some((at) => at >= this.#ids.length - this.#tail);
    // Rows in common that could not be read say nothing of what is between.
    const isBlank = this.#unreadable.fill(offset, this.#reached, spanOf(page, offset).places);
    this.#log.follow({ total, hides }, gap, linked, offset < this.#reached && !isBlank);
  }

  #follow(page: ListPage, offset: number): void {
    const { wanted = 0 } = page;
    if (page.next !== undefined) this.#size = { rows: page.next - offset, wanted };
    const next = page.next ?? nextBeyondEmpty(page, offset, this.#size?.rows);
    const isBack = next !== undefined && next <= this.#reached;
    // All of it is covered by a page that was longer than planned.
    if (isBack && offset < this.#reached - 1) return;
    // The page that follows leads nowhere new: that is the end, whatever it says of more.
    const count = this.#ids.length + this.unreadable;
    const ends = isBack || this.#bounds.isStuck(this.total, count, next ?? 0);
    this.#reached = Math.max(this.#reached, next ?? offset + rowsOf(page));
    this.#next = ends ? undefined : next;
  }

  /** @returns the positions of those that are here */
  #updateAll({ resources, asked: since }: ListPage): readonly number[] {
    const again: number[] = [];
    for (const resource of resources) {
      const at = this.update(resource, since);
      if (at !== undefined) again.push(at);
    }
    return again;
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

  /** Another array than before: whoever holds that one can tell. */
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

  /** The page that came early and follows now. */
  #takeAhead(): [page: ListPage, offset: number] | undefined {
    const next = this.#next;
    const offset = [...this.#ahead.keys()].find((from) => next !== undefined && from <= next);
    const page = offset === undefined ? undefined : this.#ahead.get(offset);
    if (offset === undefined || page === undefined) return undefined;
    this.#ahead.delete(offset);
    return [page, offset];
  }
}
