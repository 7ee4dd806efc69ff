/** Reads the current values of a change set's contacts from Ctrl Hub. */
import type { ContactRef } from '../../api/contacts';
import { ApiError } from '../../api/http/errors';
import { mapConcurrently } from '../../base/concurrency';
import type { AccountStores } from '../../contacts/accountStores';
import { ContactDrafts } from '../../contacts/drafts/contactDrafts';
import type { DraftStore } from '../../contacts/drafts/draftStore';
import { displayName } from '../../contacts/model/contact';
import { isUnderWay } from '../../contacts/saving/contactSaveState';
import type { PatientReads } from '../../contacts/saving/patientReads';
import { withAttributes } from '../../contacts/saving/putMerged';
import type { Batch } from '../apply/journalRecord';
import type { PlanSource } from '../plan/makePlan';
import { exactsFor } from '../undo/undoBatch';
import type { FieldsInScope } from './fieldsInScope';

export type Reading = PlanSource['reading'];

/**
 * Reads four contacts at a time.
 * @param done receives the number of contacts read so far
 * @throws ApiError if the session has ended, and the `AbortError` of the reads
 */
export async function readContacts(
  { contacts, saves }: Pick<AccountStores, 'contacts' | 'saves'>,
  refs: readonly ContactRef[],
  reads: PatientReads,
  done: (count: number) => void,
): Promise<readonly Reading[]> {
  let count = 0;
  return mapConcurrently(refs, async (ref): Promise<Reading> => {
    try {
      const { resource } = await reads.read(async (signal) =>
        withAttributes(await contacts.load(ref, signal)),
      );
      // Edits that match the values in Ctrl Hub end here.
      saves.settle(ref);
      return { kind: 'read', resource };
    } catch (error) {
      if (!(error instanceof ApiError) || error.reason === 'unauthorised') throw error;
      return { kind: error.reason === 'notFound' ? 'gone' : 'unread' };
    } finally {
      done(++count);
    }
  });
}

/**
 * Combines the drafts and readings that a plan is made from.
 * @param readings in the order of `refs`
 * @param batches newest first, for the exact values that an Undo restores
 */
export function planSources(
  { account, saves }: Pick<AccountStores, 'account' | 'saves'>,
  store: DraftStore,
  refs: readonly ContactRef[],
  readings: readonly Reading[],
  batches: readonly Batch[],
  inScope: FieldsInScope,
): readonly PlanSource[] {
  const drafts = new ContactDrafts(account.origin, store);
  return refs.map((ref, n): PlanSource => {
    const draft = drafts.get(ref);
    const reading = readings[n] ?? { kind: 'unread' };
    return {
      ref,
      title: (reading.kind === 'read' && displayName(reading.resource)) || draft?.title || ref.contactId,
      draft,
      reading,
      exact: draft && exactsFor(batches, ref, draft),
      inScope: draft && inScope(ref, draft.edits),
      isBusy: isUnderWay(saves.state(ref)),
    };
  });
}

/** Sorts by name: each window has its drafts in another order, and shows the same review. */
export function byTitle(sources: readonly PlanSource[]): readonly PlanSource[] {
  const { compare } = new Intl.Collator();
  return sources.toSorted(
    (one, other) => compare(one.title, other.title) || compare(one.ref.contactId, other.ref.contactId),
  );
}
