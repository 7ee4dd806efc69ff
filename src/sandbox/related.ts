/** Validates and carries out changes of interactions and accounts. */
import { invalidBody, problem } from './answers';
import { join, type Resource, types } from './data/resource';
import type { Organisation } from './records';
import { objectIn } from './updates';

const sets = {
  method: ['letter', 'email', 'telephone', 'sms'],
  direction: ['inbound', 'outbound'],
  status: ['scheduled', 'completed', 'cancelled'],
} as const;
const maxNotesLength = 2000;

type Invalid = Parameters<typeof invalidBody>[0][number];

/**
 * Carries out `POST …/interactions`.
 * @throws HTTPException
 */
export function addInteraction(organisation: Organisation, body: unknown, id: string): Resource {
  const { data, attributes } = partsOf(body);
  const related = objectIn(data, 'relationships') ?? {};
  const contact = objectIn(objectIn(related, 'contact'), 'data');
  const found = organisation.contacts.find(String(contact?.id));
  if (found === undefined)
    throw invalidBody([{ field: 'contact', type: 'exists', detail: 'contact does not exist' }]);
  const now = new Date().toISOString();
  const account = objectIn(objectIn(related, 'account'), 'data');
  const made: Resource = {
    id,
    type: types.interaction,
    attributes: checked(attributes),
    meta: { created_at: now, updated_at: now, modified_at: now },
    relationships: {
      author: authorOf(organisation),
      organisation: { data: organisation.identifier },
      contact: { data: { type: found.type, id: found.id } },
      account: { data: account ? { type: types.account, id: String(account.id) } : null },
    },
  };
  organisation.add(found, made);
  return made;
}

/**
 * Carries out `PUT …/interactions/{id}`.
 * @throws HTTPException
 */
export function changeInteraction(resource: Resource, body: unknown): Resource {
  const { data, attributes } = partsOf(body);
  if (data.id !== resource.id || data.type !== resource.type)
    throw problem(409, 'Conflict', 'The id and type of the body are not those of the resource');
  resource.attributes = checked(attributes);
  const now = new Date().toISOString();
  resource.meta = { ...resource.meta, updated_at: now, modified_at: now };
  return resource;
}

/**
 * Carries out `POST …/accounts/{id}/relationships/contacts`.
 * @throws HTTPException
 */
export function linkContacts(organisation: Organisation, account: Resource, body: unknown): void {
  const data = typeof body === 'object' && body !== null && 'data' in body ? body.data : undefined;
  if (!Array.isArray(data) || data.length === 0)
    throw invalidBody([{ field: 'body', type: 'required', detail: 'data is required' }]);
  for (const one of data) {
    const contact = organisation.contacts.find(String(one?.id));
    if (contact === undefined)
      throw invalidBody([{ field: 'data', type: 'exists', detail: 'contact does not exist' }]);
    join(account, 'contacts', contact);
    join(contact, 'accounts', account);
  }
}

function authorOf({ members }: Organisation) {
  const [first] = members.all();
  return { data: first ? { type: first.type, id: first.id } : null };
}

function partsOf(body: unknown) {
  const data = objectIn(body, 'data');
  const attributes = objectIn(data, 'attributes');
  if (data === undefined || attributes === undefined)
    throw invalidBody([{ field: 'data', type: 'required', detail: 'attributes is required' }]);
  return { data, attributes };
}

function checked(attributes: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const errors: Invalid[] = Object.entries(sets).flatMap(([field, set]) => {
    const value = attributes[field];
    if (value === undefined || set.some((one) => one === value)) return [];
    return [{ field, type: 'oneof', detail: `${field} must be one of: ${set.join(', ')}`, value }];
  });
  if (Number.isNaN(Date.parse(String(attributes.date_time))))
    errors.push({
      field: 'date_time',
      type: 'datetime',
      detail: 'date_time must be a time',
      value: undefined,
    });
  if (String(attributes.notes ?? '').length > maxNotesLength)
    errors.push({ field: 'notes', type: 'max', detail: 'notes is too long' });
  if (errors.length > 0) throw invalidBody(errors);
  return { ...attributes };
}
