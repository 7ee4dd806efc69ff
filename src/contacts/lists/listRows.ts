/** The contacts of a list that are here, in its order. */
import type { Resource } from '../../api/http/document';
import type { ListPage, Newer } from './pages/listPage';

/** Where in its list a row is: no name of Ctrl Hub's can be the same, and no JSON has it. */
const place = Symbol('place');

/** By which request a row is known: see `ListPage`. */
export const asked = Symbol('asked');

/** A contact as far as a row needs it: there may be 100,000 of them. */
export interface Row {
  readonly [other: string]: unknown;
  readonly id: string;
  [place]: number;
  [asked]: number;
  type: string;
  attributes: Resource['attributes'];
  meta: Resource['meta'];
}

/** Whether it is of a list, which keeps no relationships; else it is all that the API gave. */
export const isRow = (resource: Resource): resource is Row => place in resource;

export class ListRows {
  #ids: string[] = [];
  readonly #rows = new Map<string, Row>();
  readonly #newer: Newer;

  constructor(newer: Newer) {
    this.#newer = newer;
  }

  /** Each once. */
  get ids(): readonly string[] {
    return this.#ids;
  }

  /** Where in `ids` a contact is. */
  position(contactId: string): number | undefined {
    return this.#rows.get(contactId)?.[place];
  }

  /** @param since by a request later than this one */
  resource(contactId: string, since = Number.NEGATIVE_INFINITY): Resource | undefined {
    const row = this.#rows.get(contactId);
    return row && row[asked] > since ? row : undefined;
  }

  /** Takes a copy of a contact, unless a newer one is here. @returns its position, if it is in the list */
  update(resource: Resource, since: number): number | undefined {
    const row = this.#rows.get(resource.id);
    if (row && since >= row[asked]) {
      const { type, attributes, meta } = this.#newer(resource.id, since) ?? resource;
      Object.assign(row, { [asked]: since, type, attributes, meta });
    }
    return row?.[place];
  }

  /** @returns the positions of those that are here */
  updateAll({ resources, asked: since = 0 }: ListPage): readonly number[] {
    const again: number[] = [];
    for (const resource of resources) {
      const at = this.update(resource, since);
      if (at !== undefined) again.push(at);
    }
    return again;
  }

  /** Puts those that are not here at the end. */
  insert({ resources, asked: since = 0 }: ListPage): void {
    for (const resource of resources) {
      const { id } = resource;
      if (this.#rows.has(id)) continue;
      const { type, attributes, meta } = this.#newer(id, since) ?? resource;
      this.#rows.set(id, { id, [place]: this.#ids.length, [asked]: since, type, attributes, meta });
      this.#ids.push(id);
    }
  }

  /** Moves a contact in front of another one, or to the end. @returns whether that is another place */
  move(contactId: string, before: string | undefined): boolean {
    const others = this.#ids.filter((id) => id !== contactId);
    const at = before === undefined ? others.length : others.indexOf(before);
    if (at === -1 || this.position(contactId) === at) return false;
    this.order([...others.slice(0, at), contactId, ...others.slice(at)]);
    return true;
  }

  /** Another array than before: whoever holds that one can tell. Those that are not among `ids` go. */
  order(ids: readonly string[]): void {
    const left = new Set(this.#ids);
    this.#ids = [...ids];
    ids.forEach((id, at) => {
      left.delete(id);
      const row = this.#rows.get(id);
      if (row) row[place] = at;
    });
    for (const id of left) this.#rows.delete(id);
  }
}
