/** Loads the contacts of a command, from the lists as far as they have them. */

import { isDeepStrictEqual } from 'node:util';
import type { ContactRef } from '../../api/contacts';
import type { Resource } from '../../api/http/document';
import { mapConcurrently } from '../../base/concurrency';
import type { AccountStores } from '../../contacts/accountStores';
import type { ContactStore } from '../../contacts/lists/contactStore';
import { whileBusy } from '../../platform/dialogs/quickPicks';

type Lookup = (contacts: ContactStore, ref: ContactRef) => Resource | undefined;

const inList: Lookup = (contacts, ref) => contacts.summary(ref);

/** The single read of a contact, unless a list has delivered newer data. */
const inRead: Lookup = (contacts, ref) => {
  const resource = contacts.document(ref)?.resource;
  const { attributes, meta } = contacts.summary(ref) ?? {};
  const isCurrent = isDeepStrictEqual([resource?.attributes, resource?.meta], [attributes, meta]);
  return isCurrent ? resource : undefined;
};

/** The maximum number of contacts to read one by one. For more contacts, the rows of the list are used. */
const maxRead = 20;

/** Loads the list data of contacts. A contact that is in no list is read. */
export const loadSummaries = (data: AccountStores, refs: readonly ContactRef[], title: string) =>
  withBox(data, refs, title, inList);

/** Loads up to 20 contacts with their relationships, or the list data of more contacts. */
export const loadResources = (data: AccountStores, refs: readonly ContactRef[], title: string) =>
  withBox(data, refs, title, refs.length > maxRead ? inList : inRead);

/**
 * Works as `loadResources`, for a caller that shows its own progress.
 * @throws the `AbortError` of `signal`
 */
export const readResources = (data: AccountStores, refs: readonly ContactRef[], signal: AbortSignal) =>
  read(data, refs, refs.length > maxRead ? inList : inRead, signal);

async function withBox(data: AccountStores, refs: readonly ContactRef[], title: string, lookUp: Lookup) {
  const all = refs.flatMap((ref) => lookUp(data.contacts, ref) ?? []);
  // Without a read, a box would only flash and take the focus.
  if (all.length === refs.length) return all;
  return whileReading(title, (signal) => read(data, refs, lookUp, signal));
}

const read = (
  { contacts }: AccountStores,
  refs: readonly ContactRef[],
  lookUp: Lookup,
  signal: AbortSignal,
) =>
  mapConcurrently(refs, async (ref) => lookUp(contacts, ref) ?? (await contacts.load(ref, signal)).resource);

/** Shows a busy box while `work` runs; closing it aborts the work. */
export function whileReading<T>(title: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  return whileBusy(title, work(abort.signal)).finally(() => abort.abort());
}
