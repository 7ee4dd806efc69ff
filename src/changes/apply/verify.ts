/** Finds the outcomes of items whose answer was lost, by reading the contacts and never by sending again. */
import { ApiError } from '../../api/http/errors';
import { isAbortError } from '../../base/abort';
import { Backoff } from '../../base/backoff';
import type { Clock } from '../../base/clock';
import { mapConcurrently } from '../../base/concurrency';
import { fieldsIn, only } from '../../contacts/model/byField';
import { contactFields, type Values } from '../../contacts/model/contact';
import { holdsSent } from '../../contacts/model/sameValue';
import { PatientReads } from '../../contacts/saving/patientReads';
import type { Journal } from './journal';
import { type Batch, isUnknown, type JournalItem } from './journalRecord';
import { arrivedOf, type ItemOutcome } from './outcome';
import type { Sender } from './sender';

/** Compares a reading with an item that may have arrived. */
function outcomeOfReading({ before, after }: JournalItem, now: Values): ItemOutcome {
  const fields = fieldsIn(after);
  const arrived = fields.filter((field) =>
    holdsSent(contactFields.kindOf(field), after[field] ?? '', before[field]?.text, now[field]),
  );
  if (arrived.length === fields.length)
    return { kind: 'saved', arrived: { replaced: only(before, fields), now: only(now, fields) } };
  const isAsBefore = fields.every((field) => now[field] === before[field]?.text);
  // No field has changed, so the item can be sent.
  if (isAsBefore) return { kind: 'pending' };
  const partly = arrived.length > 0 && {
    arrived: { replaced: only(before, arrived), now: only(now, arrived) },
  };
  const theirs = fields.filter((field) => !arrived.includes(field) && now[field] !== before[field]?.text);
  // The API took some of the fields, and nobody has changed the others.
  if (theirs.length === 0) return { kind: 'refused', reason: 'ignored', words: [], ...partly };
  // Another user has changed the contact since, so it is unknown if the item had arrived.
  return { kind: 'conflict', fields: theirs, ...partly };
}

/** Returns the outcomes that could be found, by the items' places. Items that cannot be read stay unknown. */
export async function verifyItems(
  items: readonly JournalItem[],
  sender: Sender,
  reads: PatientReads,
): Promise<ReadonlyMap<number, ItemOutcome>> {
  const found = new Map<number, ItemOutcome>();
  const unknown = items.flatMap((item, n) => (item.outcome.kind === 'unknown' ? [{ item, n }] : []));
  await mapConcurrently(unknown, async ({ item, n }) => {
    try {
      found.set(n, outcomeOfReading(item, await reads.read(() => sender.verify(item.ref, item.after))));
    } catch (error) {
      if (isAbortError(error)) return;
      if (!(error instanceof ApiError)) throw error;
      if (error.reason === 'notFound') found.set(n, { kind: 'refused', reason: 'notFound', words: [] });
    }
  });
  return found;
}

/**
 * Verifies the items that were in progress when a window was closed or killed. Nothing may be sent before this is done.
 * @returns true if all outcomes are known; also false while another window is applying changes
 */
export async function verifyJournal(
  journal: Journal,
  origin: string,
  sender: Sender,
  reads: PatientReads,
): Promise<boolean> {
  if ((await journal.interrupted(origin)).length === 0) return true;
  return (await journal.exclusively(() => verifyLocked(journal, origin, sender, reads))) ?? false;
}

/**
 * Verifies at the start of a window what another one that was closed or killed left behind.
 * @returns the outcomes of the batches that were interrupted; undefined while another window is applying changes
 */
export async function verifyInterrupted(
  journal: Journal,
  origin: string,
  sender: Sender,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<readonly ItemOutcome[] | undefined> {
  // Other windows cannot apply changes until the lock is free. A review waits as long as Ctrl Hub asks.
  const backoff = new Backoff({ min: 0, max: 0, tries: 0 }, clock);
  const reads = new PatientReads({ clock, signal, backoff });
  // Only the holder of the lock can tell an interrupted batch from one that another window is about to end.
  return journal.exclusively(async () => {
    await journal.prune();
    const ids = (await journal.batches(origin)).filter(isUnknown).map(({ id }) => id);
    if (!(await verifyLocked(journal, origin, sender, reads)) || ids.length === 0) return [];
    return (await journal.batches(origin))
      .filter(({ id }) => ids.includes(id))
      .flatMap(({ items }) => items.map(({ outcome }) => outcome));
  });
}

/** Does the same as `verifyJournal`, for callers that hold the journal's lock. */
export async function verifyLocked(
  journal: Journal,
  origin: string,
  sender: Sender,
  reads: PatientReads,
): Promise<boolean> {
  let isKnown = true;
  for (const { batch, hasParts } of await journal.interrupted(origin)) {
    // Once only: later, a draft with the same text is a new one.
    if (hasParts) settleSaved(batch, sender);
    const found = await verifyItems(batch.items, sender, reads);
    await sender.flush();
    await journal.note(batch, found);
    isKnown &&= batch.items.every(({ outcome }, n) => outcome.kind !== 'unknown' || found.has(n));
  }
  return isKnown;
}

/** The window may have been killed after the answer, and before the draft on the disk was over. */
function settleSaved({ items }: Batch, sender: Sender): void {
  for (const { ref, after, outcome } of items) {
    const arrived = arrivedOf(outcome);
    if (arrived === undefined) continue;
    const fields = fieldsIn(arrived.replaced);
    const replaced = Object.entries(arrived.replaced).map(([field, { text }]) => [field, text]);
    sender.settle(ref, only(after, fields), Object.fromEntries(replaced));
  }
}
