/** A change of an interaction: read, merged with what somebody else changed, and sent with all that was read. */
import type { ContactDocument } from '../api/contacts';
import { ApiError } from '../api/errors';
import {
  changeable,
  type InteractionDraft,
  type InteractionField,
  type InteractionValues,
  interactionValues,
  toAttributes,
  typedIn,
} from './interactionDraft';
import type { InteractionWork } from './interactionWork';
import type { RelatedStore } from './relatedStore';
import { isSame, isUnchanged } from './sameInteraction';
import { mayBeDone } from './saveContact';

export async function changeInteraction(
  related: RelatedStore,
  organisationId: string,
  id: string,
  draft: InteractionDraft,
): Promise<InteractionWork> {
  const { values, base } = draft;
  const mine = changeable.filter((field) => typedIn(draft).includes(field));
  for (let round = 0; ; round++) {
    const latest = await related.readInteraction(organisationId, id);
    const theirs = interactionValues(latest.resource);
    const fields = mine.filter(
      (field) => !isUnchanged(field, theirs[field], base[field]) && theirs[field] !== values[field],
    );
    if (fields.length > 0) return { kind: 'conflict', fields, theirs };
    const left = mine.filter((field) => theirs[field] !== values[field]);
    if (left.length === 0) return { kind: 'done' };
    try {
      await put(related, organisationId, latest, toAttributes(values, left));
      return isTaken(related, organisationId, id, left, theirs, values)
        ? { kind: 'done' }
        : { kind: 'notTaken' };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.reason === 'conflict' && round === 0) continue;
      if (!mayBeDone(error)) throw error;
      const now = await related.readInteraction(organisationId, id).catch(() => undefined);
      if (now === undefined) return { kind: 'unknown', error };
      return left.every((field) => isSame(field, interactionValues(now.resource)[field], values[field]))
        ? { kind: 'done' }
        : { kind: 'notThere' };
    }
  }
}

/** With every attribute as it was read. One that Ctrl Hub gives and does not take back is left out. */
async function put(
  related: RelatedStore,
  organisationId: string,
  latest: ContactDocument,
  changes: Readonly<Record<string, unknown>>,
) {
  const { id, type } = latest.resource;
  const attributes = { ...latest.resource.attributes, ...changes };
  try {
    await related.saveInteraction(organisationId, latest, { id, type, attributes });
  } catch (error) {
    if (!ApiError.is(error, 'invalid')) throw error;
    const names = error.problems.map(({ field }) => field ?? '');
    const refused = names.filter((name) => Object.hasOwn(attributes, name) && !Object.hasOwn(changes, name));
    if (refused.length === 0 || refused.length < names.length) throw error;
    const kept = Object.entries(attributes).filter(([name]) => !refused.includes(name));
    const update = { id, type, attributes: Object.fromEntries(kept) };
    await related.saveInteraction(organisationId, latest, update);
  }
}

/** Each of them: one that was dropped in silence would be lost with the form. */
function isTaken(
  related: RelatedStore,
  organisationId: string,
  id: string,
  sent: readonly InteractionField[],
  before: InteractionValues,
  values: InteractionValues,
): boolean {
  const load = related.load(organisationId, 'interactions', id);
  if (load?.kind !== 'loaded') return true;
  const now = interactionValues(load.document.resource);
  return sent.every((field) => now[field] !== before[field] || isSame(field, now[field], values[field]));
}
