/** Parses the arguments of commands, because any extension can pass anything. */
import * as z from 'zod/mini';
import type { ContactRef } from '../../api/contacts';
import { parseWith } from '../../base/parseWith';

const row = z.lazy(() => z.object({ ref: z.object({ organisationId: z.string(), contactId: z.string() }) }));
const organisationRow = z.lazy(() => {
  const named = z.object({ organisationId: z.string() });
  return z.union([named, z.object({ organisationId: z.nullish(z.never()), ref: named })]);
});

/** Returns the contact of a row; undefined from the Command Palette. */
export const contactOf = (target: unknown): ContactRef | undefined => parseWith(row, target)?.ref;

/** Returns the organisation of a row, or the organisation above it. */
export function organisationIdOf(target: unknown): string | undefined {
  const found = parseWith(organisationRow, target);
  return found && ('ref' in found ? found.ref : found).organisationId;
}

const groupRow = z.lazy(() => z.object({ kind: z.literal('group'), id: z.string() }));

/** The id of a row that stands for a part of a list. */
export const groupIdOf = (target: unknown): string | undefined => parseWith(groupRow, target)?.id;

/** True for the argument of keybindings in the view: VS Code does not pass the focused row. */
export const isKey = (target: unknown) => target === 'key';
