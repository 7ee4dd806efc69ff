/** A contact as a row of a QuickPick. */

import type { ContactRef } from '../../api/contacts';
import type { ContactStore } from '../../contacts/lists/contactStore';
import { textOf } from '../../contacts/model/contact';
import { plain } from '../../platform/text/plain';
import { readable, shownName } from '../../platform/text/telephones';

/** @param where further text that identifies the contact, such as its organisation */
export function contactRow(contacts: ContactStore, ref: ContactRef, where: readonly string[] = []) {
  const resource = contacts.summary(ref);
  const label = plain(resource === undefined ? ref.contactId : shownName(resource));
  const own =
    resource === undefined ? [] : [plain(textOf(resource, 'email')), readable(telephoneOf(contacts, ref))];
  const description = [...own, ...where.map(plain)].filter((text) => text !== '' && text !== label);
  return { label, description: description.join(' · ') };
}

/** Returns the telephone number ungrouped, on one line. */
export function telephoneOf(contacts: ContactStore, ref: ContactRef): string {
  const resource = contacts.summary(ref);
  return resource === undefined ? '' : plain(textOf(resource, 'telephone'));
}
