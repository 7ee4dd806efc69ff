/** What a command was called on. Any extension can call a command with anything, so it is checked. */
import * as z from 'zod/mini';
import type { ContactRef } from '../../api/contacts';
import { parseWith } from '../../base/parseWith';

const row = z.lazy(() => z.object({ ref: z.object({ organisationId: z.string(), contactId: z.string() }) }));
const organisationRow = z.lazy(() => {
  const named = z.object({ organisationId: z.string() });
  return z.union([named, z.object({ organisationId: z.nullish(z.never()), ref: named })]);
});

/** The contact of a row; undefined from the palette. */
export const contactOf = (target: unknown): ContactRef | undefined => parseWith(row, target)?.ref;

/** The organisation that a row stands for or stands below. */
export function organisationIdOf(target: unknown): string | undefined {
  const found = parseWith(organisationRow, target);
  return found && ('ref' in found ? found.ref : found).organisationId;
}

const groupRow = z.lazy(() => z.object({ kind: z.literal('group'), id: z.string() }));

/** The id of a row that stands for a part of a list. */
export const groupIdOf = (target: unknown): string | undefined => parseWith(groupRow, target)?.id;

/** What a key in the view is bound with: VS Code does not say on which row it was pressed. */
export const isKey = (target: unknown) => target === 'key';
