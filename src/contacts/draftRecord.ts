/** How a draft is stored: one JSON text a draft, with a version, checked by a schema when it is read. */
import * as z from 'zod/mini';
import { isFieldName } from './contact';
import type { Draft, DraftKey } from './draft';

const edits = z.record(z.string().check(z.refine(isFieldName)), z.string());

const schema = z.object({
  version: z.literal(1),
  origin: z.string().check(z.minLength(1)),
  organisationId: z.string().check(z.minLength(1)),
  contactId: z.string().check(z.minLength(1)),
  title: z.string(),
  organisation: z.string(),
  since: z.iso.datetime(),
  edits,
  base: edits,
});

export function formatDraft(key: DraftKey, draft: Draft): string {
  const { title, organisation, since, edits: own, base } = draft;
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
  });
}

/** @returns undefined for what cannot be read; it is then set aside, never dropped */
export function parseDraft(text: string): { readonly key: DraftKey; readonly draft: Draft } | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) return undefined;
  const { origin, organisationId, contactId, version: _, ...draft } = parsed.data;
  return { key: { origin, organisationId, contactId }, draft: { ...draft, revision: 0 } };
}
