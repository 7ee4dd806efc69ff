/**
 * The format of a text of contacts on the disk. It holds personal data and is kept in the same storage as the drafts.
 */
import * as z from 'zod/mini';
import { parseWith } from '../../base/parseWith';
import { fieldNames, keyOf } from '../../contacts/model/contact';
import type { SeenValues } from '../text/typedEdits';
import type { KeptText, TextContact } from './contactText';

/** The four fields in their order; null if the text has never contained the field. */
const fields = z.tuple([
  z.nullable(z.string()),
  z.nullable(z.string()),
  z.nullable(z.string()),
  z.nullable(z.string()),
]);
const kept = z.lazy(() =>
  z.object({
    version: z.literal(1),
    origin: z.string(),
    text: z.string(),
    contacts: z.array(
      z.object({
        organisationId: z.string(),
        contactId: z.string(),
        title: z.string(),
        seen: fields,
        bases: fields,
        past: z.optional(
          z.array(
            z.object({
              field: z.enum(fieldNames),
              value: z.string(),
              base: z.string(),
              window: z.optional(z.string()),
            }),
          ),
        ),
      }),
    ),
  }),
);

export function formatKept({ origin, contacts, text, seen, bases, past }: KeptText): string {
  const list = (values: SeenValues, { ref }: TextContact) =>
    fieldNames.map((field) => values.get(keyOf(ref))?.[field] ?? null);
  return JSON.stringify({
    version: 1,
    origin,
    text,
    contacts: contacts.map((one) => ({
      organisationId: one.ref.organisationId,
      contactId: one.ref.contactId,
      title: one.title,
      seen: list(seen, one),
      bases: list(bases, one),
      past: past?.get(keyOf(one.ref)),
    })),
  });
}

/** @returns undefined if the JSON cannot be read */
export function parseKept(json: string): KeptText | undefined {
  const read = parseWith(kept, toValue(json));
  if (read === undefined) return undefined;
  const values = (name: 'seen' | 'bases'): SeenValues =>
    new Map(
      read.contacts.map((one) => [
        keyOf(one),
        Object.fromEntries(
          fieldNames.flatMap((field, n) => {
            const value = one[name][n];
            return typeof value === 'string' ? [[field, value]] : [];
          }),
        ),
      ]),
    );
  return {
    origin: read.origin,
    text: read.text,
    contacts: read.contacts.map(({ organisationId, contactId, title }) => ({
      ref: { organisationId, contactId },
      title,
    })),
    seen: values('seen'),
    bases: values('bases'),
    past: new Map(read.contacts.flatMap((one) => (one.past ? [[keyOf(one), one.past] as const] : []))),
  };
}

function toValue(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
