/** Links that open a contact. Anybody can write one, so it names a contact and nothing else. */
import type { ContactRef } from '../../api/contacts';

export const linkPath = '/open';

const id = /^[A-Za-z0-9_-]{1,200}$/;

/** @returns undefined for an id that no link can hold */
export function toLinkQuery({ organisationId, contactId }: ContactRef): string | undefined {
  if (!id.test(organisationId) || !id.test(contactId)) return undefined;
  return `organisation=${organisationId}&contact=${contactId}`;
}

/** Only `/open` with one organisation and one contact; more than that is not ours. */
export function parseLink(path: string, query: string): ContactRef | undefined {
  if (path !== linkPath) return undefined;
  const given = new URLSearchParams(query);
  const names = [...given.keys()].toSorted().join(' ');
  const organisationId = given.get('organisation') ?? '';
  const contactId = given.get('contact') ?? '';
  if (names !== 'contact organisation' || !id.test(organisationId) || !id.test(contactId)) return undefined;
  return { organisationId, contactId };
}
