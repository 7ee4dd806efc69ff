/** The loaded contacts of a list in its order. */
import type { Resource } from '../../api/http/document';
import type { ListPage, Newer } from './pages/listPage';

/** The position of a row in its list. A symbol cannot equal an attribute of Ctrl Hub, and JSON ignores it. */
const place = Symbol('place');

/** The number of the request that brought a row: see `ListPage`. */
export const asked = Symbol('asked');

/** The data of a contact that a row needs: an account may have 100,000 contacts. */
export interface Row {
  readonly [other: string]: unknown;
  readonly id: string;
  [place]: number;
  [asked]: number;
  type: string;
  attributes: Resource['attributes'];
  meta: Resource['meta'];
}

/** True for a row of a list, which has no relationships; false for the API's whole resource. */
export const isRow = (resource: Resource): resource is Row => place in resource;

export class ListRows {
  #ids: string[] = [];
  readonly #rows = new Map<string, Row>();
  readonly #newer: Newer;

  constructor(newer: Newer) {
    this.#newer = newer;
  }

  /** The IDs in order, each once. */
  get ids(): readonly string[] {
    return this.#ids;
  }

  /** Returns the index of a contact in `ids`. */
  position(contactId: string): number | undefined {
    return this.#rows.get(contactId)?.[place];
  }

  /** @param since requires data from a later request */
  resource(contactId: string, since = Number.NEGATIVE_INFINITY): Resource | undefined {
    const row = this.#rows.get(contactId);
    return row && row[asked] > since ? row : undefined;
  }

  /**
   * Stores a copy of a contact, unless the list has a newer one.
   * @returns the contact's position, if it is in the list
   */
  update(resource: Resource, since: number): number | undefined {
    const row = this.#rows.get(resource.id);
    if (row && since >= row[asked]) {
      const { type, attributes, meta } = this.#newer(resource.id, since) ?? resource;
      Object.assign(row, { [asked]: since, type, attributes, meta });
    }
    return row?.[place];
  }

  /** @returns the positions of known contacts */
  updateAll({ resources, asked: since = 0 }: ListPage): readonly number[] {
    const again: number[] = [];
    for (const resource of resources) {
      const at = this.update(resource, since);
      if (at !== undefined) again.push(at);
    }
    return again;
  }

  /** Appends unknown contacts. */
  insert({ resources, asked: since = 0 }: ListPage): void {
    for (const resource of resources) {
      const { id } = resource;
      if (this.#rows.has(id)) continue;
      const { type, attributes, meta } = this.#newer(id, since) ?? resource;
      // Assigned, because a literal with computed names takes the engine longer, and there may be 100,000.
      const row = { id, type, attributes, meta } as Row;
      row[place] = this.#ids.length;
      row[asked] = since;
      this.#rows.set(id, row);
      this.#ids.push(id);
    }
  }

  /**
   * Moves a contact before another one, or to the end.
   * @returns true if its position changed
   */
  move(contactId: string, before: string | undefined): boolean {
    const others = this.#ids.filter((id) => id !== contactId);
    const at = before === undefined ? others.length : others.indexOf(before);
    if (at === -1 || this.position(contactId) === at) return false;
    this.order([...others.slice(0, at), contactId, ...others.slice(at)]);
    return true;
  }

  /**
   * Makes a new array, so that holders of the old one notice the change. Contacts that are missing in `ids`
   * are removed.
   */
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
