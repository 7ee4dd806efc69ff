/** Validates the PUT of a contact. */
import { invalidBody, problem } from './answers';
import type { Resource } from './data/resource';

const maxLength = 255;
const texts = ['first_name', 'last_name', 'email', 'telephone', 'salutation', 'association'];

/**
 * @returns the new attributes of the resource
 * @throws HTTPException
 */
export function checkUpdate(body: unknown, resource: Resource): Record<string, unknown> {
  const data = objectIn(body, 'data');
  if (data === undefined)
    throw invalidBody([{ field: 'body', type: 'required', detail: 'data is required' }]);
  if (data.id !== resource.id || data.type !== resource.type) {
    throw problem(409, 'Conflict', 'The id and type of the body are not those of the resource');
  }
  const attributes = objectIn(data, 'attributes');
  if (attributes === undefined)
    throw invalidBody([{ field: 'data', type: 'required', detail: 'attributes is required' }]);
  const errors = texts.flatMap((field) => complaints(field, attributes[field]));
  if (errors.length > 0) throw invalidBody(errors);
  return tidy(attributes);
}

function complaints(field: string, value: unknown) {
  if (value === undefined || value === null || value === '') return [];
  if (typeof value !== 'string')
    return [{ field, type: 'string', detail: `${field} must be a string`, value }];
  if (value.length > maxLength)
    return [{ field, type: 'max', detail: `${field} must be at most ${maxLength} characters long`, value }];
  if (field === 'email' && !/^[^\s@]+@[^\s@]+$/.test(value.trim()))
    return [{ field, type: 'email', detail: 'email is not valid', value }];
  return [];
}

/** Trims the white space of texts, and writes the domain of an email address in lower case. */
function tidy(attributes: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(attributes).map(([name, value]): [string, unknown] => {
    if (typeof value !== 'string') return [name, value];
    if (name === 'email') return [name, value.trim().replace(/@.*$/, (domain) => domain.toLowerCase())];
    return [name, texts.includes(name) ? value.trim() : value];
  });
  return Object.fromEntries(entries);
}

export function objectIn(parent: unknown, name: string): Readonly<Record<string, unknown>> | undefined {
  if (typeof parent !== 'object' || parent === null || !(name in parent)) return undefined;
  const value: unknown = Object.entries(parent).find(([key]) => key === name)?.[1];
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : undefined;
}
