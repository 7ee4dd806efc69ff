/**
 * Compares the response to a save with a page or a read that was requested later but arrived before it. Pure
 * functions.
 */
import { isDeepStrictEqual } from 'node:util';
import { modifiedAt, type Resource } from '../../api/http/document';

/**
 * Returns true if a copy of a contact, requested while its PUT was running, contains a change after that PUT.
 * @param before the contact as read before the PUT, which the copy may still show
 */
export function isLater(copy: Resource, answer: Resource, before: Resource | undefined): boolean {
  if (hasAttributesOf(copy, answer)) return false;
  const [time, answered] = [modifiedAt(copy), modifiedAt(answer)];
  if (time !== answered && !Number.isNaN(time) && !Number.isNaN(answered)) return time > answered;
  return before === undefined || !hasAttributesOf(copy, before);
}

/** A row of a list may have fewer attributes than a single read. */
const hasAttributesOf = (copy: Resource, { attributes }: Resource) =>
  Object.entries(copy.attributes ?? {}).every(([name, value]) =>
    isDeepStrictEqual(value, attributes?.[name]),
  );
