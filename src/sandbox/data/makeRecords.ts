/** Creates the n-th record of each kind. `o` is the index of the organisation. */

import { languages, notes, organisationNames, streets } from './names';
import { mix, pick, timestamp, uuid } from './pick';
import { type Resource, types } from './resource';

const kinds = { organisation: 1, contact: 2, account: 3, interaction: 4, user: 5, property: 6 } as const;

/** Two contacts share an account, and six members are the authors of all records of their organisation. */
const contactsAnAccount = 2;
export const memberCount = 6;
export const accountCount = (contacts: number) => Math.ceil(contacts / contactsAnAccount);

const organisationId = (o: number) => uuid(kinds.organisation, o);
const own = (o: number, n: number) => o * 1_000_000 + n;
export const contactId = (o: number, n: number) => uuid(kinds.contact, own(o, n));
const accountId = (o: number, n: number) => uuid(kinds.account, own(o, n));
const interactionId = (o: number, n: number, i: number) => uuid(kinds.interaction, own(o, n) * 256 + i);
const userId = (o: number, n: number) => uuid(kinds.user, own(o, n));
const propertyId = (o: number, n: number) => uuid(kinds.property, own(o, n));

const organisationRef = (o: number) => ({ data: { type: types.organisation, id: organisationId(o) } });
const authorOf = (o: number, n: number) => ({
  data: { type: types.user, id: userId(o, mix(own(o, n) + 7) % memberCount) },
});

function times(seed: number) {
  const [created = '', updated = ''] = [timestamp(seed), timestamp(seed + 1)].sort();
  return { created_at: created, updated_at: updated, modified_at: updated };
}

export function makeOrganisation(o: number): Resource {
  const name = organisationNames[o] ?? `Organisation ${o + 1}`;
  const slug = name.toLowerCase().replace(/[^a-z]+/g, '-');
  return {
    id: organisationId(o),
    type: types.organisation,
    attributes: { name, slug, description: '', sandbox: o === 0, settings: {} },
    meta: { v3: true, status: 'active', features: [], ...times(o) },
  };
}

/** The number of interactions of the n-th contact: the fifth has 200, others have up to three. */
export const interactionCount = (o: number, n: number) => (n === 4 ? 200 : mix(own(o, n) + 3) % 4);

export function makeContact(o: number, n: number): Resource {
  const seed = own(o, n);
  const [first, last] = nameOf(languages, seed + 11);
  // Some contacts are incomplete, as real ones are: no name, no email address, or no telephone number.
  const gap = n % 23;
  const [association, salutation] = [
    pick(['occupier', 'owner', 'landlord', 'site-manager'], seed),
    pick(['Mr', 'Ms', 'Mx', 'Dr', null], seed),
  ];
  return {
    id: contactId(o, n),
    type: types.contact,
    attributes: {
      association,
      salutation,
      first_name: gap === 9 || gap === 17 ? null : first,
      last_name: gap === 9 || gap === 17 ? '' : last,
      email:
        gap === 13 || gap === 17
          ? null
          : `${ascii(first)}.${ascii(last)}${n}@example.${pick(['com', 'org', 'net'], seed)}`,
      telephone: gap === 15 ? '' : telephone(seed),
    },
    meta: times(seed),
    relationships: {
      accounts: {
        data:
          gap === 21 ? [] : [{ type: types.account, id: accountId(o, Math.floor(n / contactsAnAccount)) }],
      },
      author: authorOf(o, n),
      interactions: {
        data: Array.from({ length: interactionCount(o, n) }, (_, i) => ({
          type: types.interaction,
          id: interactionId(o, n, i),
        })),
      },
      organisation: organisationRef(o),
    },
  };
}

function nameOf(from: readonly (typeof languages)[number][], seed: number): readonly [string, string] {
  const { given, family } = pick(from, seed);
  return [pick<string>(given, seed + 1), pick<string>(family, seed + 2)];
}

/** Uses the number ranges that Ofcom reserves for drama, so that no real number is called. */
function telephone(seed: number): string {
  const last = String(mix(seed + 21) % 1000).padStart(3, '0');
  return pick(
    [`07700 900${last}`, `01632 960${last}`, `+447700900${last}`, `(020) 7946 0${last}`],
    seed + 22,
  );
}

function ascii(text: string): string {
  const plain = text
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z]/g, '');
  return plain === '' ? 'contact' : plain;
}

export function makeAccount(o: number, n: number, contacts: number): Resource {
  const mine = Array.from({ length: contactsAnAccount }, (_, i) => n * contactsAnAccount + i).filter(
    (c) => c < contacts,
  );
  return {
    id: accountId(o, n),
    type: types.account,
    meta: times(own(o, n) + 31),
    relationships: {
      author: authorOf(o, n),
      organisation: organisationRef(o),
      contacts: { data: mine.map((c) => ({ type: types.contact, id: contactId(o, c) })) },
      interactions: { data: [] },
      properties: { data: [{ type: types.property, id: propertyId(o, n) }] },
    },
  };
}

export function makeInteraction(o: number, n: number, i: number): Resource {
  const seed = own(o, n) * 256 + i;
  return {
    id: interactionId(o, n, i),
    type: types.interaction,
    attributes: {
      method: pick(['email', 'telephone', 'sms', 'letter'], seed),
      direction: pick(['inbound', 'outbound'], seed + 1),
      date_time: timestamp(seed + 2),
      contacted: mix(seed) % 3 !== 0,
      status: pick(['scheduled', 'completed', 'cancelled'], seed + 3),
      notes: pick(notes, seed + 4),
    },
    meta: times(seed),
    relationships: {
      author: authorOf(o, n),
      organisation: organisationRef(o),
      representative: authorOf(o, n + 1),
      account: { data: { type: types.account, id: accountId(o, Math.floor(n / contactsAnAccount)) } },
      contact: { data: { type: types.contact, id: contactId(o, n) } },
      property: { data: { type: types.property, id: propertyId(o, Math.floor(n / contactsAnAccount)) } },
    },
  };
}

export function makeUser(o: number, n: number): Resource {
  const [first_name, last_name] = nameOf(languages.slice(0, 4), own(o, n));
  return {
    id: userId(o, n),
    type: types.user,
    attributes: {
      email: `${ascii(first_name)}.${ascii(last_name)}@example.com`,
      identities: [],
      profile: {
        personal: { first_name, last_name },
        settings: { preferred_language: 'en', timezone: 'Europe/London' },
      },
    },
    meta: { grants: [] },
  };
}

export function makeProperty(o: number, n: number): Resource {
  const seed = own(o, n);
  const description = `${1 + (mix(seed) % 120)} ${pick(streets, seed)}`;
  return {
    id: propertyId(o, n),
    type: types.property,
    attributes: { address: { description } },
    meta: times(seed),
  };
}
