/** The loaded part of an organisation's list, as it grows page by page. `ContactStore` owns it. */
import type { Resource } from '../api/document';
import { ApiError } from '../api/errors';
import type { Page } from '../api/page';
import { PageLog } from './pageLog';

export type LoadState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: ApiError; readonly during: 'read' | 'more' };

/** Where in its list a row is: no name of Ctrl Hub's can be the same, and no JSON has it. */
const place = Symbol('place');

/** A contact as far as a row needs it: there may be 100,000 of them. */
interface Row {
  readonly [other: string]: unknown;
  readonly id: string;
  readonly [place]: number;
  type: string;
  attributes: Resource['attributes'];
  meta: Resource['meta'];
}

/** Whether it is of a list, which keeps no relationships; else it is all that the API gave. */
export const isRow = (resource: Resource) => place in resource;

/** Pages in a row that brought nothing new: a server that ignores `offset` would send them for ever. */
const mostStuck = 3;
/** A list that is longer has no end, as far as anybody's memory is concerned. */
export const mostContacts = 1_000_000;
const mostPages = 20_000;

export class ContactList {
  readonly #ids: string[] = [];
  readonly #rows = new Map<string, Row>();
  readonly #log = new PageLog();
  /** Pages that arrived before an earlier one, by offset. */
  readonly #ahead = new Map<number, Page>();
  #pages = 0;
  #stuck = 0;
  #next: number | undefined = 0;
  /** The offset that everything before is here of. */
  #reached = 0;
  #step = 0;
  #loaded = false;
  #readAt = 0;
  #sortable: readonly string[] = [];
  #filterable: readonly string[] = [];
  /** What the API was asked to sort by. */
  readonly sort: string | undefined;
  /** To be read again when somebody looks at it. */
  stale = true;
  load: LoadState = { kind: 'idle' };

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

  /** Where in `ids` a contact is. */
  position(contactId: string): number | undefined {
    return this.#rows.get(contactId)?.[place];
  }

  /** What the list says of a contact. */
  resource(contactId: string): Resource | undefined {
    return this.#rows.get(contactId);
  }

  /** Takes a newer copy of a contact. @returns its position, if it is in the list */
  update({ id, type, attributes, meta }: Resource): number | undefined {
    const row = this.#rows.get(id);
    if (row) Object.assign(row, { type, attributes, meta });
    return row?.[place];
  }

  /** How many there are in all, by what the API said last; undefined if it doesn't say. */
  get total(): number | undefined {
    return this.#log.total;
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

  /** It was read to its end, and the API has said another number of contacts since. */
  get outdated(): boolean {
    return this.complete && this.total !== undefined && this.total !== this.#ids.length;
  }

  /** When a page came last, in milliseconds since 1970. */
  get readAt(): number {
    return this.#readAt;
  }

  /**
   * Takes a page from anywhere in the list; one that came early waits for those before it.
   * @returns the positions of contacts that were here, and of which there is a newer copy now
   * @throws ApiError `endless`
   */
  take(page: Page, offset: number): readonly number[] {
    this.#log.note(page, offset);
    this.#readAt = Date.now();
    this.stale = false;
    this.load = { kind: 'idle' };
    if (this.#next !== undefined && offset > this.#next) {
      this.#ahead.set(offset, page);
      return [];
    }
    return [...this.#add(page, offset), ...this.#addAhead()];
  }

  /** A page that came early is not asked for again. */
  isAhead(offset: number): boolean {
    return this.#ahead.has(offset);
  }

  /** The pages to read again, as a row may have slipped through between them; none without paging data. */
  slipped(): readonly number[] {
    return this.#log.slipped();
  }

  /** Rows can move between two requests for pages, so a row may come twice: the first one stays. */
  #add(page: Page, offset: number): readonly number[] {
    const endless = this.#ids.length + page.resources.length > mostContacts || ++this.#pages > mostPages;
    if (endless) throw new ApiError('endless');
    const again: number[] = [];
    const before = this.#ids.length;
    for (const resource of page.resources) {
      const { id, type, attributes, meta } = resource;
      const known = this.update(resource);
      if (known !== undefined) {
        again.push(known);
        continue;
      }
      this.#rows.set(id, { id, [place]: this.#ids.length, type, attributes, meta });
      this.#ids.push(id);
    }
    if (!this.#loaded) this.#step = (page.next ?? offset) - offset;
    this.#sortable = page.sortable;
    this.#filterable = page.filterable;
    this.#loaded = true;
    // One that was read again leads nowhere new.
    if (page.next !== undefined && page.next <= this.#reached) return again;
    this.#stuck = page.resources.length > 0 && this.#ids.length === before ? this.#stuck + 1 : 0;
    this.#reached = page.next ?? Math.max(this.#reached, offset + page.resources.length);
    this.#next = this.#isStuck() ? undefined : page.next;
    return again;
  }

  /** Pages that came early and follow now. */
  #addAhead(): readonly number[] {
    const again: number[] = [];
    for (;;) {
      const next = this.#next;
      const offset = [...this.#ahead.keys()].find((from) => next !== undefined && from <= next);
      const page = offset === undefined ? undefined : this.#ahead.get(offset);
      if (offset === undefined || page === undefined) return again;
      this.#ahead.delete(offset);
      again.push(...this.#add(page, offset));
    }
  }

  #isStuck(): boolean {
    return this.#stuck >= (this.total === undefined ? 1 : mostStuck);
  }
}
