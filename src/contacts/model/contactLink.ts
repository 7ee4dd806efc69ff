/** Links that open a contact. Anyone can write a link, so it contains two IDs and nothing else. */
import type { ContactRef } from '../../api/contacts';

export const linkPath = '/open';

const id = /^[A-Za-z0-9_-]{1,200}$/;

/** @returns undefined for an ID that does not fit into a link */
export function toLinkQuery({ organisationId, contactId }: ContactRef): string | undefined {
  if (!id.test(organisationId) || !id.test(contactId)) return undefined;
  return `organisation=${organisationId}&contact=${contactId}`;
}

/** Parses `/open` with exactly one organisation and one contact. */
export function parseLink(path: string, query: string): ContactRef | undefined {
  if (path !== linkPath) return undefined;
  const given = new URLSearchParams(query);
  const names = [...given.keys()].toSorted().join(' ');
  const organisationId = given.get('organisation') ?? '';
  const contactId = given.get('contact') ?? '';
  if (names !== 'contact organisation' || !id.test(organisationId) || !id.test(contactId)) return undefined;
  return { organisationId, contactId };
}
