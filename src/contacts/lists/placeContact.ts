/** Puts a newer copy of a contact into a list, at its position by the list's sort order. */
import type { Resource } from '../../api/http/document';
import type { ContactList } from './contactList';
import { compareValues, followerOf, sortValue } from './listOptions';

export interface Placed {
  /** The contact's position before it moved; undefined if it is not in the list. */
  readonly position: number | undefined;
  /** True if the contact's position changed. */
  readonly isMoved: boolean;
}

/** @param asked the number of the request; a copy of a later request stays */
export function placeContact(list: ContactList, resource: Resource, asked: number): Placed {
  const { id } = resource;
  const { sort = '' } = list;
  const [by, isDescending] = [sort.replace(/^-/, ''), sort.startsWith('-')];
  const keyOf = (one: string) => sortValue(list.resource(one), by);
  const before = sort && keyOf(id);
  const position = list.update(resource, asked);
  if (position === undefined || sort === '' || keyOf(id) === before) return { position, isMoved: false };
  const follower = followerOf(list.ids, id, (one, other) =>
    compareValues(keyOf(one), keyOf(other), isDescending),
  );
  return { position, isMoved: list.move(id, follower) };
}
