/**
 * A Ctrl Hub with one contact and its interactions. It records the author and time of each value, so that the promises
 * can be checked against the real events.
 */
import { isDeepStrictEqual } from 'node:util';
import { noise } from './scheduler';

export type Attributes = Readonly<Record<string, unknown>>;

export interface ServerManner {
  readonly etag: 'strong' | 'weak' | 'none';
  /** True if the server stores values in a tidier form than it receives. */
  readonly tidies: boolean;
  /** True if accounts and interactions can have the same id. */
  readonly sharesIds: boolean;
  /** True if a contact is returned together with its interactions. */
  readonly includes: boolean;
  /** True if the contact refers to an interaction that has been deleted. */
  readonly namesGone: boolean;
}

/** A value that the server has held. */
export interface Written {
  readonly value: unknown;
  /** The value as it was sent, before the server tidied it. */
  readonly sent: unknown;
  readonly by: string;
  readonly at: number;
}

export interface ServerAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

interface Received {
  readonly method: string;
  readonly path: string;
  readonly body: Attributes | undefined;
  readonly ifMatch: string | undefined;
  readonly by: string;
}

export const contactPath = '/v3/orgs/o1/customers/contacts/c1';
const interactionsPath = '/v3/orgs/o1/customers/interactions';
const contact = 'contact';

export class Server {
  readonly manner: ServerManner;
  /** Increases with each change. */
  version = 0;
  readonly #now: () => number;
  readonly #records = new Map<string, Attributes>();
  readonly #versions = new Map<string, number>();
  readonly #written = new Map<string, Written[]>();
  #logged = 0;

  constructor(manner: ServerManner, now: () => number) {
    this.manner = manner;
    this.#now = now;
    // A tidying server has tidied its first values, too.
    for (const [record, first] of [
      [contact, firstContact],
      ['7', firstInteraction],
    ] as const)
      this.#store(record, this.#tidied(first), 'start', first);
  }

  /** @param record `contact`, or the id of an interaction */
  attributes(record: string): Attributes {
    return this.#records.get(record) ?? {};
  }

  /** Returns every value that an attribute has had, oldest first. */
  history(record: string, name: string): readonly Written[] {
    return this.#written.get(`${record} ${name}`) ?? [];
  }

  interactions(): readonly string[] {
    return [...this.#records.keys()].filter((record) => record !== contact);
  }

  /** Changes one attribute as another user. */
  change(record: string, name: string, value: unknown): void {
    const next = { ...this.attributes(record), [name]: value };
    this.#store(record, next, 'colleague', next);
  }

  handle({ method, path, body, ifMatch, by }: Received): ServerAnswer {
    const record = path === contactPath ? contact : path.slice(interactionsPath.length + 1);
    if (method === 'POST') return this.#log(body ?? {}, by);
    if (!this.#records.has(record))
      return { status: 404, headers: {}, body: { errors: [{ title: 'Gone' }] } };
    if (method === 'GET') return this.answer(record);
    if (ifMatch !== undefined && !this.#matches(ifMatch, record))
      return { status: 412, headers: {}, body: { errors: [{ title: 'Precondition failed' }] } };
    this.#store(record, this.#tidied(body ?? {}), by, body ?? {});
    return this.answer(record);
  }

  answer(record: string): ServerAnswer {
    const data =
      record === contact
        ? { id: 'c1', type: 'contacts', attributes: this.attributes(contact), relationships: this.#links() }
        : { id: record, type: 'interactions', attributes: this.attributes(record) };
    const etag = this.#etag(record);
    const related = record === contact ? { included: this.#included() } : {};
    return { status: 200, headers: etag === undefined ? {} : { etag }, body: { data, ...related } };
  }

  #log(attributes: Attributes, by: string): ServerAnswer {
    // The first interaction has the id of the account if the server shares ids.
    const id = `${8 + this.#logged++}`;
    this.#store(id, this.#tidied(attributes), by, attributes);
    return { ...this.answer(id), status: 201 };
  }

  #links() {
    const gone = this.manner.namesGone ? [{ id: 'gone', type: 'interactions' }] : [];
    const interactions = this.interactions().map((id) => ({ id, type: 'interactions' }));
    return {
      accounts: { data: [{ id: this.#accountId(), type: 'accounts' }] },
      interactions: { data: [...gone, ...interactions] },
    };
  }

  #included() {
    const interactions = this.manner.includes
      ? this.interactions().map((id) => ({ id, type: 'interactions', attributes: this.attributes(id) }))
      : [];
    const account = { id: this.#accountId(), type: 'accounts', attributes: {} };
    return [...interactions, account];
  }

  #accountId(): string {
    return this.manner.sharesIds ? '8' : 'account';
  }

  #etag(record: string): string | undefined {
    const version = `"${record}-${this.#versions.get(record)}"`;
    const { etag } = this.manner;
    return etag === 'none' ? undefined : etag === 'weak' ? `W/${version}` : version;
  }

  /** RFC 9110, 13.1.1: a weak tag never matches. */
  #matches(ifMatch: string, record: string): boolean {
    return !ifMatch.startsWith('W/') && ifMatch === this.#etag(record);
  }

  /** A PUT replaces all attributes. */
  #store(record: string, next: Attributes, by: string, sent: Attributes): void {
    const before = this.#records.get(record) ?? {};
    for (const name of new Set([...Object.keys(before), ...Object.keys(next)])) {
      if (by === 'colleague' && isDeepStrictEqual(before[name], next[name])) continue;
      const all = this.#written.get(`${record} ${name}`) ?? [];
      all.push({ value: next[name], sent: sent[name], by, at: this.#now() });
      this.#written.set(`${record} ${name}`, all);
    }
    this.version++;
    this.#records.set(record, next);
    this.#versions.set(record, (this.#versions.get(record) ?? 0) + 1);
  }

  #tidied(attributes: Attributes): Attributes {
    if (!this.manner.tidies) return attributes;
    return Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [
        name,
        typeof value === 'string' ? tidy(name, value) : value,
      ]),
    );
  }
}

function tidy(name: string, value: string): string {
  if (name === 'date_time') return value.replace(/\.\d+Z$/, 'Z');
  if (name === 'email') return value.trim().toLowerCase();
  const composed = value.normalize('NFC').trim().replace(/ +/g, ' ');
  return name === 'notes' ? composed.replace(/\r?\n/g, '\r\n') : composed;
}

/** The extension does not know the attributes `association` and `pronouns`. */
const firstContact: Attributes = {
  first_name: 'Ada',
  last_name: 'Van  Dyke',
  email: 'Ada@Example.org',
  telephone: '+447700900123',
  association: 'landlord',
  pronouns: null,
};

const firstInteraction: Attributes = {
  method: 'email',
  direction: 'inbound',
  date_time: '2026-01-02T09:00:00Z',
  contacted: true,
  status: 'completed',
  notes: 'Asked for a quotation',
  author_reference: 12,
};

/** Returns a value that only the colleague writes. */
export function colleagueValue(name: string, count: number): string {
  if (name === 'email') return `colleague${count}@example.org`;
  if (name === 'telephone') return `+4470${Math.floor(noise(count, name, 1) * 9e6) + 1e6}${count}`;
  return `Colleague ${count}`;
}
