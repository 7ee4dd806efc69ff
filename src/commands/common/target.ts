/** Parses the arguments of commands, because any extension can pass anything. */
import type { ContactRef } from '../../api/contacts';
import { isObject } from '../../api/http/document';

/** Returns the contact of a row; undefined from the Command Palette. */
export function contactOf(target: unknown): ContactRef | undefined {
  if (!isObject(target) || !isObject(target.ref)) return undefined;
  const { organisationId, contactId } = target.ref;
  return typeof organisationId === 'string' && typeof contactId === 'string'
    ? { organisationId, contactId }
    : undefined;
}

/** Returns the organisation of a row, or the organisation above it. */
export function organisationIdOf(target: unknown): string | undefined {
  if (!isObject(target)) return undefined;
  const id = target.organisationId ?? (isObject(target.ref) ? target.ref.organisationId : undefined);
  return typeof id === 'string' ? id : undefined;
}

/** True for the argument of keybindings in the view: VS Code does not pass the focused row. */
export const isKey = (target: unknown) => target === 'key';
