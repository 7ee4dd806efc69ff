/** The short ids in front of the blocks: the shortest prefixes that are unique in the document. */
import type { ContactRef } from '../../api/contacts';

const minLength = 8;
/** Marks the end of an id that is a prefix of another one. Within an id, this character and `+` are escaped. */
const end = '$';

/** Escapes an id for use between brackets, because ids come from the server. */
const written = (id: string) =>
  id.replace(/[^\w.~:@/-]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);

/**
 * Returns one short id for each contact, in their order, with at least eight characters. None is a prefix of another,
 * so a truncated one never matches another contact.
 */
export function shortIds(contacts: readonly ContactRef[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { contactId } of contacts) counts.set(contactId, (counts.get(contactId) ?? 0) + 1);
  // The same contact may belong to two organisations.
  const ids = contacts.map(({ organisationId, contactId }) =>
    counts.get(contactId) === 1 ? written(contactId) : `${written(contactId)}+${written(organisationId)}`,
  );
  // Sorting puts ids with a common prefix next to each other.
  const order = ids.map((id, n) => ({ id, n })).sort((a, b) => (a.id < b.id ? -1 : 1));
  const needed = new Array<number>(ids.length).fill(0);
  for (const [at, { id, n }] of order.entries())
    needed[n] = Math.max(common(id, order[at - 1]?.id), common(id, order[at + 1]?.id)) + 1;
  return ids.map((id, n) => {
    const length = needed[n] ?? 0;
    return id.slice(0, Math.max(minLength, length)) + (length > id.length ? end : '');
  });
}

/** The length of the common prefix of two ids. */
function common(one: string, other = ''): number {
  let n = 0;
  while (n < one.length && n < other.length && one[n] === other[n]) n++;
  return n;
}
