/**
 * The history of a contact (changes by field, user and time), for accounts that may read it; for others the
 * panel shows no trace of it. It belongs to one account and ends with it.
 */
import { type AuditEvent, listAuditEvents, listMembers, toAuditEvent } from '../../api/auditEvents';
import type { ContactRef } from '../../api/contacts';
import type { ApiClient } from '../../api/http/client';
import { ApiError } from '../../api/http/errors';
import { type Disposable, Emitter } from '../../base/event';
import { type Logger, logUnexpected } from '../../base/log';
import type { Runtime } from '../../base/runtime';
import { parseTimestamp } from '../../base/timestamp';
import { keyOf } from '../model/contact';
import { nameOf } from '../model/related';

export type HistoryLoad =
  | { readonly kind: 'loading'; readonly events: readonly AuditEvent[] }
  | ({ readonly kind: 'failed'; readonly error: unknown } & Read)
  | ({ readonly kind: 'loaded' } & Read);

interface Read {
  readonly events: readonly AuditEvent[];
  /** The offset of older events, if there are any. */
  readonly next: number | undefined;
}

/** The filter key by which the list selects a resource, in its possible spellings. */
const wanted = ['resource.id', 'resource_id', 'resource'];
const newest = '-time';
/** The number of rows of a page, and of pages for one request if the list cannot be filtered by contact. */
const max = { rows: 100, pages: 3 } as const;

export class History implements Disposable {
  readonly #client: ApiClient;
  readonly #log: Logger;
  #probing: Promise<void> | undefined;
  /** Undefined until the API has answered. */
  #filter: { readonly key: string | undefined; readonly sort: string | undefined } | undefined;
  readonly #loads = new Map<string, HistoryLoad>();
  readonly #names = new Map<string, string>();
  readonly #asked = new Set<string>();
  /** Fires with the contact whose history changed, or with undefined when the availability changed. */
  readonly #changed = new Emitter<ContactRef | undefined>();
  readonly onDidChange = this.#changed.event;

  constructor(client: ApiClient, { log }: Runtime) {
    this.#client = client;
    this.#log = log;
  }

  /** True if the account may read histories, as far as known. */
  get offered(): boolean {
    return this.#filter !== undefined;
  }

  load(ref: ContactRef): HistoryLoad | undefined {
    return this.#loads.get(keyOf(ref));
  }

  nameOf(principalId: string): string | undefined {
    return this.#names.get(principalId);
  }

  /** Asks the API once whether histories are available. A refusal is remembered, a network error is not. */
  probe(): Promise<void> {
    this.#probing ??= listAuditEvents(this.#client, { offset: 0, limit: 1 }).then(
      ({ filterable, sortable }) => {
        this.#filter = {
          key: wanted.find((key) => filterable.includes(key)),
          sort: sortable.includes('time') ? newest : undefined,
        };
        this.#changed.fire(undefined);
      },
      (error: unknown) => {
        logUnexpected(this.#log, 'probe history', error);
        if (!ApiError.is(error, 'forbidden', 'notFound', 'methodNotAllowed', 'invalid'))
          this.#probing = undefined;
      },
    );
    return this.#probing;
  }

  /** Reads the newest events, or the next older ones. Does nothing during a read or at the end. */
  async more(ref: ContactRef): Promise<void> {
    const before = this.load(ref);
    if (before?.kind !== 'loading') await this.#read(ref, before ?? nothing);
  }

  /** Reads a loaded history again after a save or after a colleague's change. */
  async again(ref: ContactRef): Promise<void> {
    await this.#read(ref, { events: this.load(ref)?.events ?? [], next: 0 });
  }

  dispose(): void {
    this.#changed.dispose();
  }

  /** Reads events. The loaded ones stay visible meanwhile; offset 0 replaces them. */
  async #read(ref: ContactRef, { events, next: from }: Read): Promise<void> {
    if (this.#filter === undefined || from === undefined) return;
    const { key, sort } = this.#filter;
    const loading: HistoryLoad = { kind: 'loading', events };
    this.#set(ref, loading);
    // A newer read may have begun in the meantime.
    const end = (load: HistoryLoad) => this.load(ref) === loading && this.#set(ref, load);
    try {
      const names = this.#readNames(ref.organisationId);
      const known = from === 0 ? [] : events;
      const found = [...known];
      let next: Read['next'] = from;
      for (let page = 0; page < max.pages && next !== undefined && found.length === known.length; page++) {
        const filter = key === undefined ? undefined : { [key]: ref.contactId };
        const read = await listAuditEvents(this.#client, { offset: next, sort, filter, limit: max.rows });
        const all = read.resources.map(toAuditEvent).filter((event) => event !== undefined);
        // A change since the page before moves its last event to this one.
        const isNew = ({ id, resourceId }: AuditEvent) =>
          resourceId === ref.contactId && (id === '' || found.every((event) => event.id !== id));
        for (const event of all) if (isNew(event)) found.push(event);
        next = read.next;
      }
      await names;
      end({ kind: 'loaded', events: found.toSorted(newestFirst), next });
    } catch (error) {
      logUnexpected(this.#log, 'read history', error);
      end({ kind: 'failed', events, next: from, error });
    }
  }

  /** Replaces user IDs by names if the account may read the members. No other data of members is kept. */
  async #readNames(organisationId: string): Promise<void> {
    if (this.#asked.has(organisationId)) return;
    this.#asked.add(organisationId);
    const page = await listMembers(this.#client, organisationId).catch((error: unknown) => {
      logUnexpected(this.#log, 'read members', error);
    });
    for (const { id, attributes } of page?.resources ?? []) {
      const name = nameOf(attributes ?? {});
      if (name !== undefined) this.#names.set(id, name);
    }
  }

  #set(ref: ContactRef, load: HistoryLoad): void {
    this.#loads.set(keyOf(ref), load);
    this.#changed.fire(ref);
  }
}

const nothing: Read = { events: [], next: 0 };

const newestFirst = (one: AuditEvent, other: AuditEvent) =>
  (parseTimestamp(other.time) || 0) - (parseTimestamp(one.time) || 0);
