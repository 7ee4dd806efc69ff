/** The short ids that stand in front of the blocks: enough of each id to tell it from all others of the document. */
import type { ContactRef } from '../../api/contacts';

const least = 8;
/** Marks the end of an id that another one begins with. In an id itself, this character and `+` are escaped. */
const end = '$';

/** An id as it stands between brackets; ids are a server's text. */
const written = (id: string) =>
  id.replace(/[^\w.~:@/-]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);

/**
 * One for each contact, in their order: at least eight characters, more where another one begins in the same way.
 * None of them is the beginning of another, so that one that was cut is never taken for another contact's.
 */
export function shortIds(contacts: readonly ContactRef[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { contactId } of contacts) counts.set(contactId, (counts.get(contactId) ?? 0) + 1);
  // The same contact may belong to two organisations.
  const ids = contacts.map(({ organisationId, contactId }) =>
    counts.get(contactId) === 1 ? written(contactId) : `${written(contactId)}+${written(organisationId)}`,
  );
  // Next to each other are those that begin in the same way.
  const order = ids.map((id, n) => ({ id, n })).sort((a, b) => (a.id < b.id ? -1 : 1));
  const needed = new Array<number>(ids.length).fill(0);
  for (const [at, { id, n }] of order.entries())
    needed[n] = Math.max(common(id, order[at - 1]?.id), common(id, order[at + 1]?.id)) + 1;
  return ids.map((id, n) => {
    const length = needed[n] ?? 0;
    return id.slice(0, Math.max(least, length)) + (length > id.length ? end : '');
  });
}

/** How many characters two ids have in common at their beginnings. */
function common(one: string, other = ''): number {
  let n = 0;
  while (n < one.length && n < other.length && one[n] === other[n]) n++;
  return n;
}
