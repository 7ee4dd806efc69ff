/**
 * Adds a contact to a customer account: one POST that is never repeated automatically, and a read to verify
 * it.
 */
import type { ContactRef } from '../../api/contacts';
import { type Identifier, identityOf, isSameId } from '../../api/http/document';
import { ApiError, isOutcomeUnknown } from '../../api/http/errors';
import { attempt, type Logger } from '../../base/log';
import type { Runtime } from '../../base/runtime';
import type { ContactStore } from '../lists/contactStore';
import { keyOf } from '../model/contact';
import { linked } from '../model/related';
import type { RelatedStore } from '../related/relatedStore';
import { WorkStates } from './workStates';

export type LinkWork = { readonly accountId: string } & (
  | { readonly kind: 'sending' | 'verifying' | 'done' | 'notThere' }
  | { readonly kind: 'failed' | 'unknown'; readonly error: unknown }
);

/** The name of the read in the log. */
const verifying = 'verify linked account';

const unknown = (accountId: string) => (error: unknown) => ({ kind: 'unknown', accountId, error }) as const;

export class AccountLinks {
  readonly #contacts: ContactStore;
  readonly #related: RelatedStore;
  readonly #log: Logger;
  readonly #work: WorkStates<ContactRef, LinkWork>;
  readonly onDidChange;

  constructor(contacts: ContactStore, related: RelatedStore, { log }: Runtime) {
    this.#contacts = contacts;
    this.#related = related;
    this.#log = log;
    this.#work = new WorkStates({ keyOf, busy: ['sending', 'verifying'] }, log);
    this.onDidChange = this.#work.onDidChange;
  }

  state(ref: ContactRef): LinkWork | undefined {
    return this.#work.get(ref);
  }

  async link(ref: ContactRef, accountId: string): Promise<void> {
    const contact = this.#contacts.document(ref)?.resource;
    if (contact === undefined) return;
    await this.#work.run(
      ref,
      'link account',
      { kind: 'sending', accountId },
      async () => {
        const { id, type } = contact;
        const isShown = await this.#related.link(ref.organisationId, accountId, { id, type });
        return this.#isLinked(ref, accountId, isShown || undefined);
      },
      (error) =>
        ApiError.is(error, 'errorDocument')
          ? this.#isLinked(ref, accountId, undefined, error)
          : { kind: isOutcomeUnknown(error) ? 'unknown' : 'failed', accountId, error },
    );
  }

  /** Checks that the account holds the contact now. */
  async verify(ref: ContactRef): Promise<void> {
    const accountId = this.state(ref)?.accountId;
    if (accountId === undefined) return;
    const verify = () => this.#isLinked(ref, accountId);
    await this.#work.run(ref, verifying, { kind: 'verifying', accountId }, verify, unknown(accountId));
  }

  /**
   * @param shown true if the response to the POST listed the contact: the API need not list a contact's
   * accounts
   * @param refusal errors in place of a document, which are a refusal unless the account holds the contact
   */
  #isLinked(ref: ContactRef, accountId: string, shown?: true, refusal?: ApiError): Promise<LinkWork> {
    return attempt<LinkWork>(
      this.#log,
      verifying,
      async () => {
        const { resource } = await this.#contacts.load(ref);
        const listed = linked(resource, 'accounts');
        const there = listed
          ? listed.some(({ id }) => isSameId(id, accountId))
          : (shown ?? (await this.#isInAccount(ref, accountId, resource)));
        if (!there && refusal) return { kind: 'failed', accountId, error: refusal };
        if (there === undefined) return { kind: 'unknown', accountId, error: undefined };
        return { kind: there ? 'done' : 'notThere', accountId };
      },
      unknown(accountId),
    );
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
    this.#work.forgetDone((key) => keyOf(key) === keyOf(ref));
  }

  dispose(): void {
    this.#work.dispose();
  }
}
