/**
 * Adds a contact to a customer account: one POST that is never repeated automatically, and a read to verify
 * it.
 */
import type { ContactRef } from '../../api/contacts';
import { type Identifier, identityOf } from '../../api/http/document';
import { ApiError, isOutcomeUnknown } from '../../api/http/errors';
import { Emitter } from '../../base/event';
import { type Logger, logUnexpected } from '../../base/log';
import type { Runtime } from '../../base/runtime';
import type { ContactStore } from '../lists/contactStore';
import { keyOf } from '../model/contact';
import { linked } from '../model/related';
import type { RelatedStore } from '../related/relatedStore';

export type LinkWork = { readonly accountId: string } & (
  | { readonly kind: 'sending' | 'looking' | 'done' | 'notThere' }
  | { readonly kind: 'failed' | 'unknown'; readonly error: unknown }
);

export class AccountLinks {
  readonly #contacts: ContactStore;
  readonly #related: RelatedStore;
  readonly #log: Logger;
  readonly #states = new Map<string, LinkWork>();
  readonly #changed = new Emitter<ContactRef>();
  readonly onDidChange = this.#changed.event;

  constructor(contacts: ContactStore, related: RelatedStore, { log }: Runtime) {
    this.#contacts = contacts;
    this.#related = related;
    this.#log = log;
  }

  state(ref: ContactRef): LinkWork | undefined {
    return this.#states.get(keyOf(ref));
  }

  async link(ref: ContactRef, accountId: string): Promise<void> {
    const contact = this.#contacts.document(ref)?.resource;
    if (contact === undefined || this.#busy(ref)) return;
    this.#set(ref, { kind: 'sending', accountId });
    try {
      const { id, type } = contact;
      const isShown = await this.#related.link(ref.organisationId, accountId, { id, type });
      await this.#look(ref, accountId, isShown || undefined);
    } catch (error) {
      logUnexpected(this.#log, 'link account', error);
      if (ApiError.is(error, 'errorDocument')) await this.#look(ref, accountId, undefined, error);
      else this.#set(ref, { kind: isOutcomeUnknown(error) ? 'unknown' : 'failed', accountId, error });
    }
  }

  /** Checks that the account holds the contact now. */
  async look(ref: ContactRef): Promise<void> {
    const accountId = this.state(ref)?.accountId;
    if (accountId === undefined || this.#busy(ref)) return;
    this.#set(ref, { kind: 'looking', accountId });
    await this.#look(ref, accountId);
  }

  /**
   * @param shown true if the response to the POST listed the contact: the API need not list a contact's
   * accounts
   * @param refusal errors in place of a document, which are a refusal unless the account holds the contact
   */
  async #look(ref: ContactRef, accountId: string, shown?: true, refusal?: ApiError): Promise<void> {
    try {
      const { resource } = await this.#contacts.load(ref);
      const listed = linked(resource, 'accounts');
      const there = listed
        ? listed.some(({ id }) => id === accountId)
        : (shown ?? (await this.#isInAccount(ref, accountId, resource)));
      if (!there && refusal) this.#set(ref, { kind: 'failed', accountId, error: refusal });
      else if (there === undefined) this.#set(ref, { kind: 'unknown', accountId, error: undefined });
      else this.#set(ref, { kind: there ? 'done' : 'notThere', accountId });
    } catch (error) {
      logUnexpected(this.#log, 'look for linked account', error);
      this.#set(ref, { kind: 'unknown', accountId, error });
    }
  }

  /** @returns undefined if the account does not list its contacts either */
  async #isInAccount(
    { organisationId }: ContactRef,
    accountId: string,
    contact: Identifier,
  ): Promise<boolean | undefined> {
    const { resource } = await this.#related.readAccount(organisationId, accountId);
    return linked(resource, 'contacts')?.some((one) => identityOf(one) === identityOf(contact));
  }

  /** Forgets finished work, because the panel that showed it is closed. */
  forgetDone(ref: ContactRef): void {
    if (this.state(ref)?.kind === 'done') this.#states.delete(keyOf(ref));
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #busy(ref: ContactRef): boolean {
    return ['sending', 'looking'].includes(this.state(ref)?.kind ?? '');
  }

  #set(ref: ContactRef, state: LinkWork): void {
    this.#states.set(keyOf(ref), state);
    this.#changed.fire(ref);
  }
}
