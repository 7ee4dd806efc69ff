/** Searches the loaded contacts of several organisations. */
import type { ContactRef } from '../../api/contacts';
import { ApiError } from '../../api/http/errors';
import { typedText } from '../model/fold';
import type { ContactStore } from './contactStore';

export interface FoundContacts {
  /** The best matches first. */
  readonly refs: readonly ContactRef[];
  readonly more: boolean;
}

/** Returns the best `limit` matches of all organisations. `more` is false only if every match is included. */
export async function findContacts(
  contacts: ContactStore,
  organisationIds: readonly string[],
  query: string,
  limit: number,
): Promise<FoundContacts> {
  const hits: { readonly ref: ContactRef; readonly grade: number }[] = [];
  let more = false;
  for (const organisationId of organisationIds) {
    const index = await contacts.index(organisationId);
    const found = index.find(query, limit);
    more ||= found.more;
    for (const { id: contactId, grade } of found.hits)
      hits.push({ ref: { organisationId, contactId }, grade });
  }
  const best = hits.toSorted((one, other) => one.grade - other.grade).map(({ ref }) => ref);
  return { refs: best.slice(0, limit), more: more || best.length > limit };
}

/**
 * Asks the API for the contacts with exactly the typed email address, which are shown first: other contacts
 * may contain the text, or have it in capitals.
 * @returns no contacts if the text is not a whole address, or if the API does not advertise the filter
 */
export async function askForAddress(
  contacts: ContactStore,
  organisationIds: readonly string[],
  query: string,
): Promise<readonly ContactRef[]> {
  const address = typedText(query);
  if (!/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)*\.[^\s@.]{2,}$/.test(address)) return [];
  const answers = await Promise.all(
    organisationIds.map(async (organisationId) => {
      await contacts.ensureList(organisationId);
      if (contacts.list(organisationId).complete) return [];
      const ids = await contacts.ask(organisationId, 'email', address).catch(ignoreRefusal);
      return (ids ?? []).map((contactId) => ({ organisationId, contactId }));
    }),
  );
  return answers.flat();
}

function ignoreRefusal(error: unknown): undefined {
  if (!(error instanceof ApiError)) throw error;
}

/**
 * The number of loaded contacts of these organisations, and their total; undefined if an API reports none.
 */
export function loadedOf(contacts: ContactStore, organisationIds: readonly string[]) {
  const lists = organisationIds.map((id) => contacts.list(id));
  const totals = lists.map((list) => (list.complete && !list.outdated ? list.ids.length : list.total));
  return {
    loaded: lists.reduce((sum, { ids }) => sum + ids.length, 0),
    total: totals.reduce<number | undefined>(
      (sum, total) => (sum === undefined || total === undefined ? undefined : sum + total),
      0,
    ),
    complete: lists.every(({ complete, outdated }) => complete && !outdated),
    unreadable: lists.reduce((sum, { unreadable }) => sum + unreadable, 0),
    failed: lists.flatMap(({ load }) => (load.kind === 'failed' ? [load.error] : [])),
  };
}
