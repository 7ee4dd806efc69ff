/** What a command was called on. Any extension can call a command with anything, so it is checked. */
import type { ContactRef } from '../../api/contacts';
import { isObject } from '../../api/http/document';

/** The contact of a row; undefined from the palette. */
export function contactOf(target: unknown): ContactRef | undefined {
  if (!isObject(target) || !isObject(target.ref)) return undefined;
  const { organisationId, contactId } = target.ref;
  return typeof organisationId === 'string' && typeof contactId === 'string'
    ? { organisationId, contactId }
    : undefined;
}

/** The organisation that a row stands for or stands below. */
export function organisationIdOf(target: unknown): string | undefined {
  if (!isObject(target)) return undefined;
  const id = target.organisationId ?? (isObject(target.ref) ? target.ref.organisationId : undefined);
  return typeof id === 'string' ? id : undefined;
}

/** What a key in the view is bound with: VS Code does not say on which row it was pressed. */
export const isKey = (target: unknown) => target === 'key';
