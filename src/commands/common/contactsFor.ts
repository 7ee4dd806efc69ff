/** Which contacts a command is about, and what is known of them. */

import { isDeepStrictEqual } from 'node:util';
import type { ContactRef } from '../../api/contacts';
import type { Resource } from '../../api/http/document';
import { mapConcurrently } from '../../base/concurrency';
import type { AccountStores } from '../../contacts/accountStores';
import type { ContactStore } from '../../contacts/lists/contactStore';
import { whileBusy } from '../../platform/dialogs/quickPicks';
import { chooseContact } from './contactPicker';
import type { CommandHandler, Services } from './services';
import { contactOf, isKey } from './target';

/** The chosen rows, else the panel that the person is in, else a contact that is asked for. */
export async function contactsFor(
  services: Services,
  title: string,
  target: unknown,
  targets: readonly unknown[],
): Promise<readonly ContactRef[]> {
  const rows = isKey(target) ? (await services.focusedNodes()).rows : targets;
  const chosen = rows.flatMap((row) => contactOf(row) ?? []);
  if (chosen.length > 0 || isKey(target)) return chosen;
  const ref = contactOf(target) ?? services.panels.active?.ref ?? (await chooseContact(services, title));
  return ref === undefined ? [] : [ref];
}

type Here = (contacts: ContactStore, ref: ContactRef) => Resource | undefined;

const listed: Here = (contacts, ref) => contacts.summary(ref);

/** As it was read by itself, unless a list has told of something newer since. */
const given: Here = (contacts, ref) => {
  const resource = contacts.document(ref)?.resource;
  const { attributes, meta } = contacts.summary(ref) ?? {};
  const isCurrent = isDeepStrictEqual([resource?.attributes, resource?.meta], [attributes, meta]);
  return isCurrent ? resource : undefined;
};

/** So many are read one by one; of more, what a list gives will do. */
const mostRead = 20;

/** What is known of each: of one that is in no list, after reading it. */
export const known = (data: AccountStores, refs: readonly ContactRef[], title: string) =>
  withBox(data, refs, title, listed);

/** A few as the API gives each, with its relationships; of many, what a list gives. */
export const whole = (data: AccountStores, refs: readonly ContactRef[], title: string) =>
  withBox(data, refs, title, refs.length > mostRead ? listed : given);

/** The same as `whole`, for somebody who shows what is going on. @throws the `AbortError` of `signal` */
export const wholeUntil = (data: AccountStores, refs: readonly ContactRef[], signal: AbortSignal) =>
  read(data, refs, refs.length > mostRead ? listed : given, signal);

async function withBox(data: AccountStores, refs: readonly ContactRef[], title: string, here: Here) {
  const all = refs.flatMap((ref) => here(data.contacts, ref) ?? []);
  // Nothing to wait for: a box would only flash, and take the focus.
  if (all.length === refs.length) return all;
  return whileReading(title, (signal) => read(data, refs, here, signal));
}

const read = ({ contacts }: AccountStores, refs: readonly ContactRef[], here: Here, signal: AbortSignal) =>
  mapConcurrently(refs, async (ref) => here(contacts, ref) ?? (await contacts.load(ref, signal)).resource);

/** A box shows that something is read; closing it gives up. */
export function whileReading<T>(title: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  return whileBusy(title, work(abort.signal)).finally(() => abort.abort());
}

type Handle<R> = (data: AccountStores, what: R, services: Services) => Promise<void>;

/** A command about the account's contacts; without an account there is nothing to do. */
export const withContacts =
  (title: () => string, handle: Handle<readonly ContactRef[]>): CommandHandler =>
  async (services, target, targets) => {
    const refs = await contactsFor(services, title(), target, targets);
    const data = services.data.current;
    if (refs.length > 0 && data !== undefined) await handle(data, refs, services);
  };

/** A command about one of them. */
export const withContact = (title: () => string, handle: Handle<ContactRef>): CommandHandler => {
  const handler = withContacts(title, async (data, [ref], services) => {
    if (ref !== undefined) await handle(data, ref, services);
  });
  return (services, target) => handler(services, target, []);
};
