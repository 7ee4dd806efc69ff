/** Links that open a contact. Anyone can write a link, so it contains two IDs and nothing else. */
import * as z from 'zod/mini';
import type { ContactRef } from '../../api/contacts';
import { parseWith } from '../../base/parseWith';

export const linkPath = '/open';

const id = /^[A-Za-z0-9_-]{1,200}$/;
const target = z.lazy(() => {
  const plain = z.string().check(z.regex(id));
  return z.strictObject({ organisation: plain, contact: plain });
});

/** @returns undefined for an ID that does not fit into a link */
export function toLinkQuery({ organisationId, contactId }: ContactRef): string | undefined {
  if (!id.test(organisationId) || !id.test(contactId)) return undefined;
  return `organisation=${organisationId}&contact=${contactId}`;
}

/** Parses `/open` with exactly one organisation and one contact. */
export function parseLink(path: string, query: string): ContactRef | undefined {
  if (path !== linkPath) return undefined;
  const given = new URLSearchParams(query);
  // A parameter that occurs twice has no single value.
  if (given.size !== 2) return undefined;
  const found = parseWith(target, Object.fromEntries(given));
  return found && { organisationId: found.organisation, contactId: found.contact };
}
