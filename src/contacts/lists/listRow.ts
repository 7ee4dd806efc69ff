import type { Resource } from '../../api/http/document';

/** Where in its list a row is: no name of Ctrl Hub's can be the same, and no JSON has it. */
export const place = Symbol('place');

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
