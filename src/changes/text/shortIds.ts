/** The short ids that stand in front of the blocks: enough of each id to tell it from all others of the document. */
import type { ContactRef } from '../../api/contacts';

const least = 8;
/** Marks the end of an id that another one begins with. In an id itself, this character and `+` are escaped. */
const end = '$';

/** A character of an id as it stands between brackets; ids are a server's text. */
const written = (character: string) =>
  /[\w.~:@/-]/.test(character) ? character : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;

/**
 * One for each contact, in their order: at least eight characters, more where another one begins in the same way.
 * None of them is the beginning of another, so that one that was cut is never taken for another contact's.
 */
export function shortIds(contacts: readonly ContactRef[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { contactId } of contacts) counts.set(contactId, (counts.get(contactId) ?? 0) + 1);
  // The same contact may belong to two organisations.
  const ids = contacts.map(({ organisationId, contactId }) => [
    ...[...contactId].map(written),
    ...(counts.get(contactId) === 1 ? [] : ['+', ...[...organisationId].map(written)]),
  ]);
  const order = ids
    .map((characters, n) => ({ characters, n }))
    .sort((a, b) => compare(a.characters, b.characters));
  const needed = new Array<number>(ids.length).fill(0);
  for (const [at, { characters, n }] of order.entries()) {
    for (const neighbour of [order[at - 1], order[at + 1]])
      if (neighbour) needed[n] = Math.max(needed[n] ?? 0, commonLength(characters, neighbour.characters) + 1);
  }
  return ids.map((characters, n) => {
    const length = needed[n] ?? 0;
    return characters.slice(0, Math.max(least, length)).join('') + (length > characters.length ? end : '');
  });
}

function commonLength(one: readonly string[], other: readonly string[]): number {
  let n = 0;
  while (n < one.length && one[n] === other[n]) n++;
  return n;
}

/** By the first character that differs; one that is the beginning of another comes first. */
function compare(one: readonly string[], other: readonly string[]): number {
  const n = commonLength(one, other);
  const [a = '', b = ''] = [one[n], other[n]];
  return a < b ? -1 : a > b ? 1 : 0;
}
