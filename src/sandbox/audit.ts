/** The audit trail: a few invented events, and every change in the sandbox. */
import { uuid } from './data/pick';
import type { Resource } from './data/resource';
import type { Organisation } from './records';

const kind = 7;
/** The number of contacts with invented events in each organisation. */
const withPast = 8;

export class Audit {
  readonly #events: Resource[] = [];

  constructor(organisations: readonly Organisation[]) {
    for (const organisation of organisations)
      for (let n = 0; n < withPast; n++) this.#makePast(organisation, n);
  }

  /** Returns the events of a resource, or all events, the newest first. */
  of(resourceId: string | undefined): readonly Resource[] {
    const all = this.#events.toSorted((one, other) => (timeOf(one) < timeOf(other) ? 1 : -1));
    return resourceId === undefined ? all : all.filter(({ meta }) => meta?.about === resourceId);
  }

  /** @param member the index of the member who made the change */
  note(
    organisation: Organisation,
    { id, type }: Resource,
    before: Readonly<Record<string, unknown>> = {},
    after: Readonly<Record<string, unknown>> = {},
    { member = 0, operation = 'update', time = new Date().toISOString() } = {},
  ): void {
    const values = Object.keys({ ...before, ...after })
      .filter((field) => before[field] !== after[field])
      .map((field) => ({
        field,
        before: before[field] ?? null,
        after: after[field] ?? null,
        data_type: 'string',
      }));
    const who = organisation.members.at(member);
    this.#events.push({
      id: uuid(kind, this.#events.length),
      type: 'audit-events',
      attributes: {
        time,
        operation,
        resource: { type, id, name: '' },
        values,
        principal: { type: who?.type, id: who?.id },
      },
      meta: { about: id },
    });
  }

  #makePast(organisation: Organisation, n: number): void {
    const contact = organisation.contacts.at(n);
    if (contact === undefined) return;
    const { first_name, last_name, email, telephone } = contact.attributes ?? {};
    const [created, updated] = [String(contact.meta?.created_at), String(contact.meta?.updated_at)];
    const old = { first_name, last_name, email, telephone: '01632 960000' };
    this.note(organisation, contact, {}, old, { member: n % 6, operation: 'create', time: created });
    const now = { ...old, telephone };
    this.note(organisation, contact, old, now, { member: (n + 1) % 6, time: updated });
  }
}

const timeOf = ({ attributes }: Resource) => String(attributes?.time);
