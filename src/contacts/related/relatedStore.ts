/**
 * The truth about accounts and interactions that came with no contact: read by id, a few at a time, when
 * somebody looks. It belongs to one account of ours and is thrown away with it.
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
import { ApiError } from '../../api/http/errors';
import { getInteraction, type NewInteraction, postInteraction, putInteraction } from '../../api/interactions';
import { isAbortError, pause } from '../../base/abort';
import { Backoff } from '../../base/backoff';
import type { Clock } from '../../base/clock';
import { type Disposable, Emitter } from '../../base/event';
import { type Logger, logUnexpected } from '../../base/log';
import type { Runtime } from '../../base/runtime';
import { keyOf } from '../model/contact';

/** The relationships whose resources can be read by id. */
const readers = { accounts: getAccount, interactions: getInteraction } as const;
export type ReadableName = keyof typeof readers;
export const isReadable = (name: string): name is ReadableName => Object.hasOwn(readers, name);

export type RelatedLoad =
  | { readonly kind: 'loading' }
  | { readonly kind: 'loaded'; readonly document: ResourceDocument }
  | { readonly kind: 'failed'; readonly error: unknown };

const atOnce = 4;
/** Of records that the API refuses to give so fast. */
const patience = { least: 1_000, most: 60_000, tries: 5 };

export class RelatedStore implements Disposable {
  readonly #client: ApiClient;
  readonly #log: Logger;
  readonly #clock: Clock;
  readonly #backoff: Backoff;
  readonly #disposed = new AbortController();
  readonly #loads = new Map<string, RelatedLoad>();
  /** Of each organisation, by type and id: what came along with something else, too. */
  readonly #known = new Map<string, Map<string, Resource>>();
  /** Interactions that were logged here, by contact: a list that is read right after may lack them. */
  readonly #logged = new Map<string, readonly Identifier[]>();
  /** Who wants what is being read: it is given up once nobody does. */
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

  /** Every resource of an organisation that was read here. */
  known(organisationId: string): readonly Resource[] {
    return [...(this.#known.get(organisationId)?.values() ?? [])];
  }

  logged(ref: ContactRef): readonly Identifier[] {
    return this.#logged.get(keyOf(ref)) ?? [];
  }

  /** Reads those that nobody has asked for yet. What fails stays failed until it is wanted `again`. */
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

  /** One interaction as the API has it now. */
  async readInteraction(organisationId: string, id: string): Promise<ResourceDocument> {
    const document = await getInteraction(this.#client, organisationId, id);
    this.#put(organisationId, 'interactions', document);
    return document;
  }

  /**
   * @param beforeSending see `ApiRequest`
   * @returns the interaction as the answer gives it, if it does
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
    // The answer may leave out what was sent.
    const attributes = { ...interaction.attributes, ...resource.attributes };
    const logged = { ...resource, attributes };
    this.#put(ref.organisationId, 'interactions', { resource: logged, included: [] });
    return logged;
  }

  /** Replaces an interaction. `saved` shows everybody what it became. @throws ApiError */
  putInteraction(organisationId: string, update: ResourceUpdate, etag: string | undefined) {
    return putInteraction(this.#client, organisationId, update, etag);
  }

  /** A save ended. @param document the interaction as the API has it now */
  saved(organisationId: string, document: ResourceDocument): void {
    this.#put(organisationId, 'interactions', document);
  }

  /** @returns true if the answer shows that the contact is linked */
  async link(organisationId: string, accountId: string, contact: Identifier): Promise<boolean> {
    const isShown = await linkContact(this.#client, organisationId, accountId, contact);
    this.#loads.delete(loadKey(organisationId, 'accounts', accountId));
    return isShown;
  }

  /** One account as the API has it now. */
  async readAccount(organisationId: string, id: string): Promise<ResourceDocument> {
    const document = await getAccount(this.#client, organisationId, id);
    this.#put(organisationId, 'accounts', document);
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
        // Nobody looks any more: whoever looks next asks again.
        if (signal === undefined) this.#loads.delete(key);
        else {
          await pause(this.#backoff.left, AbortSignal.any([signal, this.#disposed.signal]), this.#clock);
          this.#put(organisationId, name, await readers[name](this.#client, organisationId, id, signal));
          this.#backoff.accepted();
        }
      } catch (error) {
        if (ApiError.is(error, 'tooMany') && this.#backoff.refused(error.retryAfter) !== undefined) continue;
        // The panel that asked first was closed: another one may wait for the same.
        if (isAbortError(error) && signal?.aborted) continue;
        logUnexpected(this.#log, `read ${name}`, error);
        this.#loads.set(key, { kind: 'failed', error });
      }
      this.#wanting.delete(key);
      this.#changed.fire({ organisationId });
      return;
    }
  }

  #put(organisationId: string, name: ReadableName, document: ResourceDocument): void {
    const known = this.#known.get(organisationId) ?? new Map<string, Resource>();
    this.#known.set(organisationId, known);
    for (const one of [...document.included, document.resource]) known.set(identityOf(one), one);
    this.#loads.set(loadKey(organisationId, name, document.resource.id), { kind: 'loaded', document });
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
