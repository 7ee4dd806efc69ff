/** The tool that reads fields of one contact. Records that are related to it never leave. */

import type { Resource } from '../api/http/document';
import { ApiError } from '../api/http/errors';
import { unlessAborted } from '../base/abort';
import { clip, isVisible } from '../base/text';
import { isProposed } from '../contacts/drafts/draft';
import { fieldsIn } from '../contacts/model/byField';
import { fullName, isFieldName, textOf } from '../contacts/model/contact';
import { toolIds } from '../manifest';
import { keyAt } from '../protocol/contactKey';
import { accessTo, assertStill, type ToolHost } from './access';
import type { Answer } from './answer';
import { fitting } from './dataText';
import { type ContactFieldName, fieldsOf, type GetInput } from './inputs';
import { noContact } from './refused';

/** The most characters of a value. */
const maxLength = 500;

export async function getContact(
  host: ToolHost,
  { organisation, id, fields }: GetInput,
  signal: AbortSignal,
): Promise<Answer> {
  const access = await accessTo(host, organisation, signal);
  const { data, organisationId } = access;
  const ref = { organisationId, contactId: id };
  const resource = await unlessAborted(signal, data.contacts.load(ref, signal, true)).then(
    (document) => document.resource,
    (error: unknown) => {
      throw ApiError.is(error, 'notFound') ? noContact() : error;
    },
  );
  assertStill(host, toolIds.getContact, access);
  const wanted = fieldsOf(fields);
  // A model may write the ID in capitals, and the draft has it as Ctrl Hub writes it.
  const own = { organisationId, contactId: resource.id };
  const draft = host.drafts.contacts.get(keyAt(data.account.origin, own));
  const edited = fieldsIn(draft?.edits ?? {});
  const proposed = edited.filter((field) => draft && isProposed(draft, field));
  const unsaved = edited.filter((field) => !proposed.includes(field));
  const { text } = fitting(maxLength, (length) => ({
    organisation: organisationId,
    id: resource.id,
    ...Object.fromEntries(wanted.map((field) => [field, clip(textOfField(resource, field), length)])),
    // The values in Ctrl Hub are shown. Unsaved text stays on this computer.
    ...(unsaved.length > 0 && { unsaved_changes_of_the_person_in: unsaved }),
    ...(proposed.length > 0 && { proposed_and_not_applied_in: proposed }),
  }));
  const name = fullName(resource);
  const { organisation: called } = access;
  return {
    text,
    note: '1 of 1',
    organisationId,
    organisation: called,
    contacts: [{ id: resource.id, name }],
    fields: wanted,
  };
}

function textOfField(resource: Resource, field: ContactFieldName): string {
  if (field === 'name') return fullName(resource);
  if (isFieldName(field)) return textOf(resource, field);
  const value = resource.attributes?.[field];
  return typeof value === 'string' && isVisible(value) ? value : '';
}
