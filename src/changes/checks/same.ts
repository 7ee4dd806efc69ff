/** Contacts of one organisation that have the same email address or telephone number, however it is written. */
import type { ContactRef } from '../../api/contacts';
import { numberEntries } from '../../contacts/model/numberForms';

export interface Known {
  readonly ref: ContactRef;
  readonly email: string;
  readonly telephone: string;
}

/** Fewer digits are a short number, or part of one. */
const leastDigits = 6;

const emailKey = (email: string) => email.normalize('NFC').trim().toLowerCase();

interface NumberKey {
  /** `+` and all digits; without a country's code only the digits, without zeros at the beginning. */
  readonly own: string;
  /** As it may be dialled in its own country; none for a number whose country is not known. */
  readonly national: readonly string[];
}

function numberKeys(telephone: string): readonly NumberKey[] {
  const entries = numberEntries(telephone).split('\n').slice(1);
  return entries.flatMap((entry) => {
    const [own = '', ...national] = entry.split('\t');
    return own.replace('+', '').length < leastDigits ? [] : [{ own, national }];
  });
}

export class SameValues {
  readonly #emails = new Map<string, ContactRef[]>();
  readonly #numbers = new Map<string, ContactRef[]>();
  /** International numbers, by how they are dialled in their country. */
  readonly #national = new Map<string, ContactRef[]>();
  /** Taking a number apart costs more than all else. */
  readonly #keys: Map<string, readonly NumberKey[]>;

  /** @param keys what earlier rounds found out about numbers, and this one adds to */
  constructor(contacts: Iterable<Known>, keys = new Map<string, readonly NumberKey[]>()) {
    this.#keys = keys;
    for (const { ref, email, telephone } of contacts) {
      const { organisationId } = ref;
      if (emailKey(email) !== '') add(this.#emails, `${organisationId}\n${emailKey(email)}`, ref);
      for (const { own, national } of this.#keysOf(telephone)) {
        add(this.#numbers, `${organisationId}\n${own}`, ref);
        for (const form of national) add(this.#national, `${organisationId}\n${form}`, ref);
      }
    }
  }

  withEmail({ organisationId, contactId }: ContactRef, email: string): readonly ContactRef[] {
    return others(this.#emails.get(`${organisationId}\n${emailKey(email)}`) ?? [], contactId);
  }

  withTelephone({ organisationId, contactId }: ContactRef, telephone: string): readonly ContactRef[] {
    const at = (map: Map<string, ContactRef[]>, key: string) => map.get(`${organisationId}\n${key}`) ?? [];
    const found = this.#keysOf(telephone).flatMap(({ own, national }) => [
      ...at(this.#numbers, own),
      // Without its country's code, a number may be the same as one with it; two with different codes are not.
      ...(own.startsWith('+')
        ? national.flatMap((form) => at(this.#numbers, form))
        : at(this.#national, own)),
    ]);
    return others(found, contactId);
  }

  #keysOf(telephone: string): readonly NumberKey[] {
    if (telephone.trim() === '') return [];
    const keys = this.#keys.get(telephone) ?? numberKeys(telephone);
    this.#keys.set(telephone, keys);
    return keys;
  }
}

function add(map: Map<string, ContactRef[]>, key: string, ref: ContactRef): void {
  const there = map.get(key);
  if (there) there.push(ref);
  else map.set(key, [ref]);
}

const others = (refs: readonly ContactRef[], contactId: string) => [
  ...new Map(refs.filter((ref) => ref.contactId !== contactId).map((ref) => [ref.contactId, ref])).values(),
];
