/** The stored form of a draft: one JSON text with a version, validated by a schema at each read. */
import * as v from 'valibot';
import { parseWith } from '../../base/parseWith';
import { fieldNames } from '../model/contact';
import type { Draft, DraftKey } from './draft';

const edits = v.record(v.picklist(fieldNames), v.string());

const [field, theirs] = [v.picklist(fieldNames), v.string()];
const choice = v.union([
  v.object({ field, theirs, choice: v.picklist(['mine', 'theirs']) }),
  v.object({ field, theirs, choice: v.literal('other'), value: v.string() }),
]);

const schema = v.object({
  version: v.literal(1),
  origin: v.pipe(v.string(), v.minLength(1)),
  organisationId: v.pipe(v.string(), v.minLength(1)),
  contactId: v.pipe(v.string(), v.minLength(1)),
  title: v.string(),
  organisation: v.string(),
  since: v.pipe(v.string(), v.isoTimestamp()),
  edits,
  base: edits,
  choices: v.optional(v.record(v.picklist(fieldNames), choice), {}),
  sent: v.optional(edits),
  others: v.optional(v.array(v.object({ field, text: v.string() }))),
  saved: v.optional(v.array(field)),
});

export function formatDraft(key: DraftKey, draft: Draft): string {
  const { title, organisation, since, edits: own, base, choices, sent, others, saved } = draft;
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
  });
}

/** @returns undefined for an unreadable text, which is then set aside, never deleted */
export function parseDraft(text: string): { readonly key: DraftKey; readonly draft: Draft } | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const record = parseWith(schema, json);
  if (record === undefined) return undefined;
  const { origin, organisationId, contactId, version: _, ...draft } = record;
  return { key: { origin, organisationId, contactId }, draft: { ...draft, revision: 0 } };
}
