/** The tool that stages drafts. It sends nothing: a person reviews the drafts and applies them, or discards them. */
import type { Resource } from '../api/http/document';
import { ApiError } from '../api/http/errors';
import { unlessAborted } from '../base/abort';
import { mapConcurrently } from '../base/concurrency';
import { maxContacts } from '../changes/scope';
import { proposedFields } from '../contacts/drafts/draft';
import { displayName, valuesOf } from '../contacts/model/contact';
import { validate } from '../contacts/model/validate';
import { isUnderWay } from '../contacts/saving/contactSaveState';
import { typeInto } from '../contacts/saving/typeInto';
import { toolIds } from '../manifest';
import { keyAt } from '../protocol/contactKey';
import { type Access, accessTo, assertStill, type ToolHost } from './access';
import type { Answer } from './answer';
import type { ChangeInput, ProposeInput } from './inputs';
import {
  type Parsed,
  parseChanges,
  type RefusalReason,
  refusalTexts,
  refusedBy,
  withoutDoubled,
} from './proposal';
import { tooManyProposals } from './refused';

export async function proposeChanges(
  host: ToolHost,
  { organisation, changes }: ProposeInput,
  signal: AbortSignal,
): Promise<Answer> {
  const access = await accessTo(host, organisation, signal);
  const { data, organisationId } = access;
  const { origin } = data.account;
  const { contacts: drafts } = host.drafts;
  const assertRoom = () => {
    const waiting = drafts.all().filter(({ draft }) => proposedFields(draft).length > 0);
    if (waiting.length >= maxContacts) throw tooManyProposals(maxContacts);
  };
  assertRoom();
  const parsed = parseChanges(changes);
  const ids = new Set(parsed.flatMap((change) => ('refused' in change ? [] : [change.id])));
  const readings = await read(access, [...ids], signal);
  signal.throwIfAborted();
  assertStill(host, toolIds.proposeChanges, access);
  // A model may make many calls at once.
  assertRoom();
  // From here on nothing waits, so that nothing can change between the decision and the draft.
  // A model may write an ID in capitals, and the drafts have it as Ctrl Hub writes it.
  const asWritten = parsed.map((change): Parsed => {
    if ('refused' in change) return change;
    const resource = readings.get(change.id) ?? 'unread';
    return typeof resource === 'string' ? { refused: resource } : { ...change, id: resource.id };
  });
  const resources = new Map(
    [...readings.values()].flatMap((one) => (typeof one === 'object' ? [[one.id, one] as const] : [])),
  );
  const decided = withoutDoubled(asWritten).map((change): Decided => {
    if ('refused' in change) return change;
    const resource = resources.get(change.id);
    if (resource === undefined) return { refused: 'unread' };
    const ref = { organisationId, contactId: change.id };
    const key = keyAt(origin, ref);
    const isBusy = isUnderWay(data.saves.state(ref));
    const refused = refusedBy(change, { resource, draft: drafts.get(key), isBusy });
    if (refused !== undefined) return { refused };
    const { field, value } = change;
    const base = valuesOf(resource)[field];
    const edit = { field, value, base, isProposed: true } as const;
    typeInto(drafts, data.saves, key, edit, displayName(resource), access.organisation);
    return change;
  });
  const staged = decided.filter(isStaged);
  if (staged.length > 0) {
    await drafts.flush();
    host.review();
  }
  return {
    text: resultText(decided),
    note: `${staged.length} staged, ${decided.length - staged.length} refused`,
    organisationId,
    organisation: access.organisation,
    contacts: [...new Set(staged.map(({ id }) => id))].map((id) => ({
      id,
      name: drafts.get({ origin, organisationId, contactId: id })?.title ?? '',
    })),
    fields: [...new Set(staged.map(({ field }) => field))],
  };
}

type Decided = ChangeInput | { readonly refused: RefusalReason };
const isStaged = (one: Decided): one is ChangeInput => !('refused' in one);

/** Reads each contact again, because a draft starts from what Ctrl Hub has now. */
async function read({ data, organisationId }: Access, ids: readonly string[], signal: AbortSignal) {
  const readings = await mapConcurrently(ids, async (contactId): Promise<Resource | RefusalReason> => {
    signal.throwIfAborted();
    try {
      const load = data.contacts.load({ organisationId, contactId }, signal, true);
      return (await unlessAborted(signal, load)).resource;
    } catch (error) {
      if (ApiError.is(error, 'notFound')) return 'contact';
      // One contact that cannot be read does not stop the others; a session that has ended does.
      if (ApiError.is(error, 'forbidden', 'invalid', 'badResponse', 'tooLarge')) return 'unread';
      throw error;
    }
  });
  return new Map(ids.map((id, n) => [id, readings[n]]));
}

function resultText(decided: readonly Decided[]): string {
  const refused = decided.flatMap((one, n) => ('refused' in one ? [[n, one.refused] as const] : []));
  const staged = decided.filter(isStaged);
  const unusual = staged.filter(({ field, value }) => validate(field, value) !== undefined).length;
  const reasons = new Map<RefusalReason, number[]>();
  for (const [n, reason] of refused) reasons.set(reason, [...(reasons.get(reason) ?? []), n]);
  const counts = `${staged.length} staged, ${refused.length} refused.`;
  const next =
    staged.length === 0
      ? 'Nothing was changed.'
      : 'The staged changes are drafts for the person to review. Nothing was sent to Ctrl Hub: only the person can apply or discard them. Say so, and do not claim that anything was saved.';
  const doubt =
    unusual === 0
      ? []
      : [`${unusual} of them look unusual for their field, and are marked so for the person.`];
  const why = [...reasons].map(([reason, at]) => ({ changes: at, refused: `It ${refusalTexts[reason]}.` }));
  const text = [counts, next, ...doubt].join(' ');
  return why.length === 0 ? text : `${text}\n${JSON.stringify(why)}`;
}
