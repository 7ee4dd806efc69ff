import type { ApiClient } from '../../api/http/client';
import { ApiError } from '../../api/http/errors';
import { type FirstOrganisations, listOrganisations } from '../../api/organisations';
import type { Page } from '../../api/page';
import { Emitter } from '../../base/event';
import { type Organisation, toOrganisation } from '../model/organisation';
import type { LoadState } from './contactList';

export interface OrganisationList {
  readonly organisations: readonly Organisation[];
  readonly loaded: boolean;
  readonly load: LoadState;
  /** The number of rows that are no organisations. */
  readonly unreadable: number;
  /** The time of the read in milliseconds since 1970. */
  readonly readAt: number;
}

/** An account belongs to a few organisations; the limit stops a server whose list has no end. */
const maxPages = 50;

/** The organisations of one account. Loaded ones stay after a later failure. */
export class OrganisationStore {
  readonly #client: ApiClient;
  #first: FirstOrganisations | undefined;
  readonly #changed = new Emitter<void>();
  readonly onDidChange = this.#changed.event;
  #list: OrganisationList = {
    organisations: [],
    unreadable: 0,
    loaded: false,
    load: { kind: 'idle' },
    readAt: 0,
  };
  #stale = true;
  #disposed = false;
  #loading: { readonly abort: AbortController; readonly done: Promise<void> } | undefined;

  /** @param first the first page, if signing in has read it already */
  constructor(client: ApiClient, first?: FirstOrganisations) {
    this.#client = client;
    this.#first = first;
  }

  get list(): OrganisationList {
    return this.#list;
  }

  find(organisationId: string): Organisation | undefined {
    return this.#list.organisations.find(({ id }) => id === organisationId);
  }

  name(organisationId: string): string | undefined {
    return this.find(organisationId)?.name;
  }

  /** Reads new or stale organisations, with one read at a time. */
  async ensure(): Promise<OrganisationList> {
    if (this.#stale && this.#loading === undefined) this.#loading = this.#start();
    const run = this.#loading;
    await run?.done;
    // A refresh stopped this read, and its own one follows.
    return run?.abort.signal.aborted && !this.#disposed ? this.ensure() : this.#list;
  }

  invalidate(): void {
    this.#first = undefined;
    this.#loading?.abort.abort();
    this.#loading = undefined;
    this.#stale = true;
  }

  dispose(): void {
    this.#disposed = true;
    this.#loading?.abort.abort();
    this.#changed.dispose();
  }

  #start() {
    const abort = new AbortController();
    const run = { abort, done: this.#read(abort.signal).finally(() => this.#loading === run && this.#end()) };
    return run;
  }

  #end(): void {
    this.#loading = undefined;
    this.#changed.fire();
  }

  async #read(signal: AbortSignal): Promise<void> {
    this.#list = { ...this.#list, load: { kind: 'loading' } };
    try {
      const first = this.#first;
      const { organisations, unreadable, more } = await readAll(this.#client, signal, first);
      if (signal.aborted) return;
      this.#first = undefined;
      const load: LoadState = more
        ? { kind: 'failed', error: new ApiError('endless'), during: 'more' }
        : { kind: 'idle' };
      this.#list = { organisations, unreadable, loaded: true, load, readAt: first?.readAt ?? Date.now() };
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof ApiError)) throw error;
      this.#list = { ...this.#list, load: { kind: 'failed', error, during: 'read' } };
    }
    this.#stale = false;
  }
}

/** @returns `more`: true if the list exceeds the limit of pages */
async function readAll(client: ApiClient, signal: AbortSignal, first: Page | undefined) {
  const all = new Map<string, Organisation>();
  let unreadable = 0;
  let offset: number | undefined = 0;
  for (let pages = 0; offset !== undefined && pages < maxPages; pages++) {
    const page: Page = (offset === 0 && first) || (await listOrganisations(client, { offset, signal }));
    const before = all.size;
    for (const resource of page.resources)
      if (!all.has(resource.id)) all.set(resource.id, toOrganisation(resource));
    unreadable += page.unreadable?.length ?? 0;
    // A server that ignores the offset would send the same organisations for ever.
    offset = page.resources.length > 0 && all.size === before ? undefined : page.next;
  }
  return { organisations: [...all.values()], unreadable, more: offset !== undefined };
}
