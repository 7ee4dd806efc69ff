import type { Resource } from '../../api/http/document';

/** The position of a row in its list. A symbol cannot equal an attribute of Ctrl Hub, and JSON ignores it. */
export const place = Symbol('place');

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
export const isRow = (resource: Resource) => place in resource;
