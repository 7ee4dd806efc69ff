/** Whether Ctrl Hub has an interaction that was sent, where its answer was lost. */
import type { ContactRef } from '../api/contacts';
import type { ContactStore } from './contactStore';
import type { InteractionValues } from './interactionDraft';
import { linked } from './related';
import type { RelatedStore } from './relatedStore';
import { isIt } from './sameInteraction';

/** Interactions that are read, and at once, where they did not come with the contact. */
const mostRead = 200;
const atOnce = 4;

export async function findInteraction(
  contacts: ContactStore,
  related: RelatedStore,
  ref: ContactRef,
  sent: InteractionValues,
): Promise<'there' | 'absent' | 'notAllRead'> {
  const { organisationId } = ref;
  const { resource, included } = await contacts.load(ref);
  const links = linked(resource, 'interactions');
  const came = new Map(included.map((one) => [one.id, one]));
  const listed = links?.map(({ id }) => came.get(id)) ?? included;
  if (listed.some((one) => isIt(one, sent))) return 'there';
  // The API did not say which there are.
  if (links === undefined) return 'notAllRead';
  const unread = links.filter(({ id }) => !came.has(id));
  // The newest is the first in one order, and the last in the other.
  const half = mostRead / 2;
  const read = unread.length > mostRead ? [...unread.slice(-half), ...unread.slice(0, half)] : unread;
  for (let n = 0; n < read.length; n += atOnce) {
    const some = read.slice(n, n + atOnce);
    const found = await Promise.all(some.map(({ id }) => related.readInteraction(organisationId, id)));
    if (found.some((one) => isIt(one.resource, sent))) return 'there';
  }
  return unread.length > mostRead ? 'notAllRead' : 'absent';
}
