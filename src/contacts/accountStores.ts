/** The data of one account's contacts, which ends with the account. Drafts outlive it. */
import { type Current, type Disposable, Emitter, followCurrent } from '../base/event';
import type { Runtime } from '../base/runtime';
import { type Account, accountOf, type Session } from '../session/session';
import type { Drafts } from './drafts/drafts';
import { ArrangedLists, type ListOptionsMemory } from './lists/arrangedLists';
import { ContactStore } from './lists/contactStore';
import { OrganisationStore } from './lists/organisationStore';
import { WholeLoads } from './lists/wholeLoads';
import { keyOf } from './model/contact';
import { History } from './related/history';
import { RelatedStore } from './related/relatedStore';
import { AccountLinks } from './saving/accountLinks';
import { ContactSaves } from './saving/contactSaves';
import { InteractionSaves } from './saving/interactions/interactionSaves';

export interface AccountStores {
  readonly account: Account;
  readonly organisations: OrganisationStore;
  readonly contacts: ContactStore;
  readonly saves: ContactSaves;
  readonly wholeLoads: WholeLoads;
  readonly arranged: ArrangedLists;
  readonly related: RelatedStore;
  readonly interactionSaves: InteractionSaves;
  readonly accountLinks: AccountLinks;
  readonly history: History;
}

/**
 * Follows the session: a new account gets new stores, signing out removes them, and an expired session keeps
 * them.
 */
export class CurrentAccount implements Disposable {
  readonly #drafts: Drafts;
  readonly #listOptions: (origin: string) => ListOptionsMemory;
  readonly #runtime: Runtime;
  readonly #changed = new Emitter<AccountStores | undefined>();
  readonly onDidChange = this.#changed.event;
  readonly #subscription: Disposable;
  #data: AccountStores | undefined;

  constructor(
    sessions: Current<Session>,
    drafts: Drafts,
    /** The stored filter and sort order of each list of an API. */
    listOptions: (origin: string) => ListOptionsMemory,
    runtime: Runtime,
  ) {
    this.#drafts = drafts;
    this.#listOptions = listOptions;
    this.#runtime = runtime;
    this.#subscription = followCurrent(sessions, (session) => this.#follow(session));
  }

  get current(): AccountStores | undefined {
    return this.#data;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#drop();
    this.#changed.dispose();
  }

  #follow(session: Session): void {
    const account = accountOf(session);
    const before = this.#data;
    if (account === before?.account) return;
    this.#drop();
    const data = account && this.#stores(account);
    this.#data = data;
    if (data && before?.account.origin === data.account.origin) data.saves.continueUndo(before.saves);
    if (before && data && isSamePerson(before.account, data.account))
      void goOnSaving(before.saves, data.saves, () => this.#data === data);
    this.#changed.fire(this.#data);
  }

  #stores(account: Account): AccountStores {
    const runtime = this.#runtime;
    const contacts = new ContactStore(account.client, runtime.clock);
    const wholeLoads = new WholeLoads(contacts);
    const related = new RelatedStore(account.client, runtime);
    return {
      account,
      organisations: new OrganisationStore(account.client, account.organisations),
      contacts,
      saves: new ContactSaves(account.origin, contacts, this.#drafts.contacts, runtime),
      wholeLoads,
      arranged: new ArrangedLists(contacts, wholeLoads, this.#listOptions(account.origin)),
      related,
      interactionSaves: new InteractionSaves(
        account.origin,
        contacts,
        related,
        this.#drafts.interactions,
        runtime,
      ),
      accountLinks: new AccountLinks(contacts, related, runtime),
      history: new History(account.client, runtime),
    };
  }

  #drop(): void {
    const { account: _, ...stores } = this.#data ?? {};
    for (const store of Object.values(stores)) store?.dispose();
    this.#data = undefined;
  }
}

/**
 * Returns true for the same user: another one must not send the previous user's edits. Unknown users are
 * never the same.
 */
export function isSamePerson(before: Account, now: Account): boolean {
  if (before.origin !== now.origin || before.kind !== now.kind) return false;
  return before.label !== undefined && before.label === now.label;
}

/** Returns true if nobody can tell who either user is, as with session tokens: only the user can answer. */
export function isPersonUnknown(before: Account, now: Account): boolean {
  if (before.origin !== now.origin || before.kind !== now.kind) return false;
  return before.label === undefined && now.label === undefined;
}

/** Resumes interrupted saves after a new sign-in, one after another to avoid a burst of requests. */
async function goOnSaving(before: ContactSaves, now: ContactSaves, isCurrent: () => boolean): Promise<void> {
  const waiting = before.interrupted();
  for (const save of waiting) if (isCurrent()) await now.resume(save);
  // A save that was running may have been refused in the meantime.
  await before.finished();
  const known = waiting.map(({ ref }) => keyOf(ref));
  for (const save of before.interrupted())
    if (isCurrent() && !known.includes(keyOf(save.ref))) await now.resume(save);
}
