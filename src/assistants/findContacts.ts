/** The tool that searches contacts by words, as Find does. */
import type { ContactRef } from '../api/contacts';
import { unlessAborted } from '../base/abort';
import { clip } from '../base/text';
import { askForAddress } from '../contacts/lists/findContacts';
import { fullName, textOf } from '../contacts/model/contact';
import { toolIds } from '../manifest';
import { type Access, accessTo, assertStill, readList, type ToolHost } from './access';
import type { Answer } from './answer';
import { fitting } from './dataText';
import { type FindInput, fieldsOf } from './inputs';

/** The most characters of a value. */
const maxLength = 200;
/** The most contacts of a page. */
export const pageSize = 25;

export async function findContacts(
  host: ToolHost,
  { query, organisation, fields, offset = 0 }: FindInput,
  signal: AbortSignal,
): Promise<Answer> {
  const access = await accessTo(host, organisation, signal);
  const found = await search(access, query, signal);
  assertStill(host, toolIds.findContacts, access);
  const wanted = fieldsOf(fields);
  const page = found.slice(offset, offset + pageSize);
  const { contacts } = access.data;
  const rows = page.map((ref) => {
    const resource = contacts.summary(ref);
    const values = wanted.map((field) => {
      if (resource === undefined) return [field, ''] as const;
      return [
        field,
        clip(field === 'name' ? fullName(resource) : textOf(resource, field), maxLength),
      ] as const;
    });
    return { id: ref.contactId, ...Object.fromEntries(values) };
  });
  const { text, count } = fitting(rows.length, (fit) => ({
    organisation: access.organisationId,
    shown: `${fit} of ${found.length}`,
    offset,
    ...(offset + fit < found.length && fit > 0 && { next_offset: offset + fit }),
    contacts: rows.slice(0, fit),
  }));
  return {
    text: found.length === 0 ? `No contact matches. Try fewer or other words.\n${text}` : text,
    note: `${count} of ${found.length} from ${offset}`,
    organisationId: access.organisationId,
    organisation: access.organisation,
    contacts: rows.slice(0, count).map(({ id }, n) => {
      const ref = page[n];
      const resource = ref && contacts.summary(ref);
      return { id, name: resource ? fullName(resource) : '' };
    }),
    fields: wanted,
  };
}

/** Returns all matches, the best first. A whole address is asked for, so that a long list need not be read for it. */
async function search(access: Access, query: string, signal: AbortSignal): Promise<readonly ContactRef[]> {
  const { data, organisationId } = access;
  const { contacts } = data;
  const asked = await unlessAborted(signal, askForAddress(contacts, [organisationId], query));
  if (asked.length > 0) return asked;
  await readList(access, signal);
  const index = await unlessAborted(signal, contacts.index(organisationId));
  const { hits } = index.find(query, Number.POSITIVE_INFINITY);
  return hits.map(({ id: contactId }) => ({ organisationId, contactId }));
}
