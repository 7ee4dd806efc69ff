/**
 * The only owner of accounts and interactions that did not come with a contact. It reads them by ID, a few at
 * a time, when they are shown. It belongs to one account and ends with it.
 */
import { getAccount, linkContact } from '../../api/accounts';
import type { ContactRef } from '../../api/contacts';
import type { ApiClient } from '../../api/http/client';
import {
  type Identifier,
  identityOf,
  type Resource,
  type ResourceDocument,
  type ResourceUpdate,
} from '../../api/http/document';
import { asksToWait } from '../../api/http/errors';
import { getInteraction, type NewInteraction, postInteraction, putInteraction } from '../../api/interactions';
import { isAbortError, pause } from '../../base/abort';
import { Backoff } from '../../base/backoff';
import type { Clock } from '../../base/clock';
import { atOnce } from '../../base/concurrency';
import { type Disposable, Emitter } from '../../base/event';
import { type Logger, logUnexpected } from '../../base/log';
import type { Runtime } from '../../base/runtime';
import { keyOf } from '../model/contact';

/** The relationships whose resources can be read by ID. */
const readers = { accounts: getAccount, interactions: getInteraction } as const;
export type ReadableName = keyof typeof readers;
export const isReadable = (name: string): name is ReadableName => Object.hasOwn(readers, name);

export type RelatedLoad =
  | { readonly kind: 'loading' }
  | { readonly kind: 'loaded'; readonly document: ResourceDocument }
  | { readonly kind: 'failed'; readonly error: unknown };

/** The waits and retries when the API limits the rate. */
const patience = { min: 1_000, max: 60_000, tries: 5 };

export class RelatedStore implements Disposable {
  readonly #client: ApiClient;
  readonly #log: Logger;
  readonly #clock: Clock;
  readonly #backoff: Backoff;
  readonly #disposed = new AbortController();
  readonly #loads = new Map<string, RelatedLoad>();
  /** The resources of each organisation by type and ID, including those that came with other ones. */
  readonly #known = new Map<string, Map<string, Resource>>();
  /** Interactions that were logged here, by contact: a read shortly after may miss them. */
  readonly #logged = new Map<string, readonly Identifier[]>();
  /** The callers of each running read, which stops when no caller is left. */
  readonly #wanting = new Map<string, Set<AbortSignal>>();
  readonly #waiting: (() => Promise<void>)[] = [];
  #running = 0;
  readonly #changed = new Emitter<{ readonly organisationId: string }>();
  readonly onDidChange = this.#changed.event;

  constructor(client: ApiClient, { clock, log }: Runtime) {
    this.#client = client;
    this.#log = log;
    this.#clock = clock;
    this.#backoff = new Backoff(patience, clock);
  }

  load(organisationId: string, name: ReadableName, id: string): RelatedLoad | undefined {
    return this.#loads.get(loadKey(organisationId, name, id));
  }

  /** Returns all resources of an organisation that were read here. */
  known(organisationId: string): readonly Resource[] {
    return [...(this.#known.get(organisationId)?.values() ?? [])];
  }

  logged(ref: ContactRef): readonly Identifier[] {
    return this.#logged.get(keyOf(ref)) ?? [];
  }

  /**
   * Reads resources that no caller has requested yet. A failed read stays failed until it is requested with
   * `again`.
   */
  want(
    organisationId: string,
    name: ReadableName,
    ids: readonly string[],
    signal: AbortSignal,
    again = false,
  ): void {
    for (const id of ids) {
      const key = loadKey(organisationId, name, id);
      const kind = this.#loads.get(key)?.kind;
      if (kind === 'loading') this.#wanting.get(key)?.add(signal);
      if (kind !== undefined && !(again && kind === 'failed')) continue;
      this.#loads.set(key, { kind: 'loading' });
      this.#wanting.set(key, new Set([signal]));
      this.#waiting.push(() => this.#read(organisationId, name, id));
    }
    this.#next();
  }

  /** Reads the current version of one interaction. */
  async readInteraction(organisationId: string, id: string): Promise<ResourceDocument> {
    const document = await getInteraction(this.#client, organisationId, id);
    this.#put(organisationId, 'interactions', document, id);
    return document;
  }

  /**
   * @param beforeSending see `ApiRequest`
   * @returns the interaction, if the response holds it
   */
  async logInteraction(
    ref: ContactRef,
    interaction: NewInteraction,
    beforeSending?: () => Promise<void>,
  ): Promise<Resource | undefined> {
    const { organisationId } = ref;
    const resource = await postInteraction(this.#client, organisationId, interaction, beforeSending);
    if (resource === undefined) return undefined;
    const { id, type } = resource;
    this.#logged.set(keyOf(ref), [...this.logged(ref), { id, type }]);
    // The response may lack sent attributes.
    const attributes = { ...interaction.attributes, ...resource.attributes };
    const logged = { ...resource, attributes };
    this.#put(ref.organisationId, 'interactions', { resource: logged, included: [] }, id);
    return logged;
  }

  /**
   * Replaces an interaction. The caller must call `saved` with the result.
   * @throws ApiError
   */
  putInteraction(
    organisationId: string,
    update: ResourceUpdate,
    etag: string | undefined,
    beforeSending?: () => Promise<void>,
  ) {
    return putInteraction(this.#client, organisationId, update, etag, beforeSending);
  }

  /**
   * Notes the end of a save.
   * @param id the ID by which its row is known
   * @param document the interaction's new state
   */
  saved(organisationId: string, id: string, document: ResourceDocument): void {
    this.#put(organisationId, 'interactions', document, id);
  }

  /** @returns true if the response shows that the contact is linked */
  async link(organisationId: string, accountId: string, contact: Identifier): Promise<boolean> {
    const isShown = await linkContact(this.#client, organisationId, accountId, contact);
    this.#loads.delete(loadKey(organisationId, 'accounts', accountId));
    return isShown;
  }

  /** Reads the current version of one account. */
  async readAccount(organisationId: string, id: string): Promise<ResourceDocument> {
    const document = await getAccount(this.#client, organisationId, id);
    this.#put(organisationId, 'accounts', document, id);
    return document;
  }

  dispose(): void {
    this.#waiting.length = 0;
    this.#disposed.abort();
    this.#changed.dispose();
  }

  async #read(organisationId: string, name: ReadableName, id: string): Promise<void> {
    const key = loadKey(organisationId, name, id);
    for (;;) {
      const signal = [...(this.#wanting.get(key) ?? [])].find(({ aborted }) => !aborted);
      try {
        // No caller is left; the next one requests it again.
        if (signal === undefined) this.#loads.delete(key);
        else {
          await pause(this.#backoff.left, AbortSignal.any([signal, this.#disposed.signal]), this.#clock);
          this.#put(organisationId, name, await readers[name](this.#client, organisationId, id, signal), id);
          this.#backoff.accepted();
        }
      } catch (error) {
        if (asksToWait(error) && this.#backoff.refused(error.retryAfter) !== undefined) continue;
        // The first caller's panel was closed, but another panel may wait for the same resource.
        if (isAbortError(error) && signal?.aborted) continue;
        logUnexpected(this.#log, `read ${name}`, error);
        this.#loads.set(key, { kind: 'failed', error });
      }
      this.#wanting.delete(key);
      this.#changed.fire({ organisationId });
      return;
    }
  }

  /** @param id the ID by which the row is known: an answer may write a UUID in another case than the link */
  #put(organisationId: string, name: ReadableName, answer: ResourceDocument, id: string): void {
    const document = { ...answer, resource: { ...answer.resource, id } };
    const known = this.#known.get(organisationId) ?? new Map<string, Resource>();
    this.#known.set(organisationId, known);
    for (const one of [...document.included, document.resource]) known.set(identityOf(one), one);
    this.#loads.set(loadKey(organisationId, name, id), { kind: 'loaded', document });
    this.#changed.fire({ organisationId });
  }

  #next(): void {
    while (this.#running < atOnce) {
      const read = this.#waiting.shift();
      if (read === undefined) return;
      this.#running++;
      void read().finally(() => {
        this.#running--;
        this.#next();
      });
    }
  }
}

const loadKey = (organisationId: string, name: string, id: string) =>
  JSON.stringify([organisationId, name, id]);
