/** The stored form of a draft: one JSON text with a version, validated by a schema at each read. */

import * as z from 'zod/mini';
import { parseWith } from '../../base/parseWith';
import { parseTimestamp } from '../../base/timestamp';
import type { ContactKey } from '../../protocol/contactKey';
import { fieldNames } from '../model/contact';
import { type Draft, proposedFields } from './draft';

const schema = z.lazy(() => {
  const filled = z.string().check(z.minLength(1));
  const [field, theirs] = [z.enum(fieldNames), z.string()];
  const edits = z.partialRecord(field, z.string());
  const choice = z.union([
    z.object({ field, theirs, choice: z.enum(['mine', 'theirs']) }),
    z.object({ field, theirs, choice: z.literal('other'), value: z.string() }),
  ]);
  return z.object({
    version: z.literal(1),
    origin: filled,
    organisationId: filled,
    contactId: filled,
    title: z.string(),
    organisation: z.string(),
    since: z.string().check(z.refine((text) => !Number.isNaN(parseTimestamp(text)))),
    edits,
    base: edits,
    choices: z._default(z.partialRecord(field, choice), {}),
    sent: z.optional(edits),
    others: z.optional(z.array(z.object({ field, text: z.string() }))),
    saved: z.optional(z.array(field)),
    proposed: z.optional(z.array(field)),
  });
});

export function formatDraft(key: ContactKey, draft: Draft): string {
  const { title, organisation, since, edits: own, base, choices, sent, others, saved } = draft;
  const proposed = proposedFields(draft);
  const { origin, organisationId, contactId } = key;
  return JSON.stringify({
    version: 1,
    origin,
    organisationId,
    contactId,
    title,
    organisation,
    since,
    edits: own,
    base,
    choices,
    sent,
    ...(others?.length ? { others } : {}),
    ...(saved?.length ? { saved } : {}),
    ...(proposed.length > 0 ? { proposed } : {}),
  });
}

/** @returns undefined for an unreadable text, which is then set aside, never deleted */
export function parseDraft(text: string): { readonly key: ContactKey; readonly draft: Draft } | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const record = parseWith(schema, json);
  if (record === undefined) return undefined;
  const { origin, organisationId, contactId, version: _, ...draft } = record;
  return { key: { origin, organisationId, contactId }, draft };
}
