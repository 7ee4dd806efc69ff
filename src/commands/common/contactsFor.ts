/** Determines the contacts of a command. */

import type { ContactRef } from '../../api/contacts';
import type { AccountStores } from '../../contacts/accountStores';
import { chooseContact } from './contactPicker';
import type { CommandHandler, Services } from './services';
import { contactOf, isKey } from './target';

/**
 * Returns the selected rows, or else the contact of the active panel, or else a contact that the user picks.
 */
export async function contactsFor(
  services: Services,
  title: string,
  target: unknown,
  targets: readonly unknown[],
): Promise<readonly ContactRef[]> {
  const rows = isKey(target) ? (await services.focusedNodes()).rows : targets;
  const chosen = rows.flatMap((row) => contactOf(row) ?? []);
  if (chosen.length > 0 || isKey(target)) return chosen;
  const ref = contactOf(target) ?? services.panels.activeContact ?? (await chooseContact(services, title));
  return ref === undefined ? [] : [ref];
}

type Handle<R> = (data: AccountStores, what: R, services: Services) => Promise<void>;

/** Makes a handler for a command about contacts, which does nothing without an account. */
export const withContacts =
  (title: () => string, handle: Handle<readonly ContactRef[]>): CommandHandler =>
  async (services, target, targets) => {
    const refs = await contactsFor(services, title(), target, targets);
    const data = services.data.current;
    if (refs.length > 0 && data !== undefined) await handle(data, refs, services);
  };

/** Makes a handler for a command about one contact. */
export const withContact = (title: () => string, handle: Handle<ContactRef>): CommandHandler => {
  const handler = withContacts(title, async (data, [ref], services) => {
    if (ref !== undefined) await handle(data, ref, services);
  });
  return (services, target) => handler(services, target, []);
};
