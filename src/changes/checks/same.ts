/** Finds contacts of one organisation that share an email address or telephone number, in any notation. */
import type { ContactRef } from '../../api/contacts';
import { numberEntries } from '../../contacts/model/numberForms';
import { emailKey } from '../../contacts/model/sameValue';

export interface Known {
  readonly ref: ContactRef;
  readonly email: string;
  readonly telephone: string;
}

/** Numbers with fewer digits are short numbers or fragments, and are not compared. */
const minDigits = 6;

interface NumberKey {
  /** `+` and all digits; without a country code only the digits, without leading zeros. */
  readonly own: string;
  /** The forms that can be dialled within the country; empty if the country is unknown. */
  readonly national: readonly string[];
}

function numberKeys(telephone: string): readonly NumberKey[] {
  const entries = numberEntries(telephone).split('\n').slice(1);
  return entries.flatMap((entry) => {
    const [own = '', ...national] = entry.split('\t');
    return own.replace('+', '').length < minDigits ? [] : [{ own, national }];
  });
}

export class SameValues {
  readonly #emails = new Map<string, ContactRef[]>();
  readonly #numbers = new Map<string, ContactRef[]>();
  /** International numbers by their national form. */
  readonly #national = new Map<string, ContactRef[]>();
  /** Caches parsed numbers, because parsing takes most of the time. */
  readonly #keys: Map<string, readonly NumberKey[]>;

  /** @param keys the cache of parsed numbers from earlier runs, which this run extends */
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
      // A number without a country code may equal one with it. Two numbers with different codes differ.
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
