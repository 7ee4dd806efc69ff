/**
 * An index of contacts by what two equal email addresses or telephone numbers have in common. It may also find contacts
 * that differ: it keeps a number in place of each text, so that 100,000 contacts need a few megabytes.
 */
import { emailKey } from '../../contacts/model/sameValue';
import { digitsOfEach } from '../../contacts/model/telephoneText';

/** The greatest number of contacts with one key: everybody may have the number of a switchboard. */
const maxContacts = 20;
/** The number of final digits that are compared. They are the same with and without a country code. */
const digits = 6;

/** Returns one key for the email address, and one for each telephone number. */
export const sameKeys = (email: string, telephone: string): readonly string[] => [
  ...(email.trim() === '' ? [] : [`@${emailKey(email)}`]),
  ...digitsOfEach(telephone).map((number) => number.slice(-digits)),
];

export class SameKeyIndex {
  readonly #contacts = new Map<number, string | string[]>();

  add(key: string, contactId: string): void {
    const hash = hashOf(key);
    const there = this.#contacts.get(hash);
    if (there === undefined) this.#contacts.set(hash, contactId);
    else if (typeof there === 'string') {
      if (there !== contactId) this.#contacts.set(hash, [there, contactId]);
    } else if (there.length < maxContacts && !there.includes(contactId)) there.push(contactId);
  }

  get(key: string): readonly string[] {
    const there = this.#contacts.get(hashOf(key)) ?? [];
    return typeof there === 'string' ? [there] : there;
  }
}

/** FNV-1a, in the 31 bits that an engine keeps without an object. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let n = 0; n < text.length; n++) hash = Math.imul(hash ^ text.charCodeAt(n), 0x01000193);
  return hash & 0x3fffffff;
}
