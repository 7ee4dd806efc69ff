/** Everything that is known of one account's contacts; gone with the account. Drafts outlive it. */
import { type Current, type Disposable, Emitter, followCurrent } from '../base/event';
import type { Runtime } from '../base/runtime';
import { type Account, accountOf, type Session } from '../session/session';
import type { Drafts } from './drafts/drafts';
import { ArrangedLists, type ArrangementMemory } from './lists/arrangedLists';
import { ContactStore } from './lists/contactStore';
import { OrganisationStore } from './lists/organisationStore';
import { WholeLoads } from './lists/wholeLoads';
import { keyOf } from './model/contact';
import { History } from './related/history';
import { RelatedStore } from './related/relatedStore';
import { InteractionSaves } from './saving/interactionSaves';
import { Linking } from './saving/linking';
import { Saves } from './saving/saves';

export interface AccountStores {
  readonly account: Account;
  readonly organisations: OrganisationStore;
  readonly contacts: ContactStore;
  readonly saves: Saves;
  readonly wholeLoads: WholeLoads;
  readonly arranged: ArrangedLists;
  readonly related: RelatedStore;
  readonly interactionSaves: InteractionSaves;
  readonly linking: Linking;
  readonly history: History;
}

/** Follows the session: new stores for a new account, none without one, the same ones while it has expired. */
export class CurrentAccount implements Disposable {
  readonly #drafts: Drafts;
  readonly #arrangements: (origin: string) => ArrangementMemory;
  readonly #runtime: Runtime;
  readonly #changed = new Emitter<AccountStores | undefined>();
  readonly onDidChange = this.#changed.event;
  readonly #subscription: Disposable;
  #data: AccountStores | undefined;

  constructor(
    sessions: Current<Session>,
    drafts: Drafts,
    /** What was chosen for each list of an API. */
    arrangements: (origin: string) => ArrangementMemory,
    runtime: Runtime,
  ) {
    this.#drafts = drafts;
    this.#arrangements = arrangements;
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
      organisations: new OrganisationStore(account.client),
      contacts,
      saves: new Saves(account.origin, contacts, this.#drafts.contacts, runtime),
      wholeLoads,
      arranged: new ArrangedLists(contacts, wholeLoads, this.#arrangements(account.origin)),
      related,
      interactionSaves: new InteractionSaves(
        account.origin,
        contacts,
        related,
        this.#drafts.interactions,
        runtime,
      ),
      linking: new Linking(contacts, related, runtime),
      history: new History(account.client, runtime),
    };
  }

  #drop(): void {
    const { account: _, ...stores } = this.#data ?? {};
    for (const store of Object.values(stores)) store?.dispose();
    this.#data = undefined;
  }
}

/** Another person must not send what the one before had typed. Somebody who is not known is not the same. */
export function isSamePerson(before: Account, now: Account): boolean {
  if (before.origin !== now.origin || before.kind !== now.kind) return false;
  return before.label !== undefined && before.label === now.label;
}

/** Signing in again is the second half of pressing Save: one after the other, as all would be at once. */
async function goOnSaving(before: Saves, now: Saves, isCurrent: () => boolean): Promise<void> {
  const waiting = before.interrupted();
  for (const save of waiting) if (isCurrent()) await now.resume(save);
  // One that was under way may have been refused since.
  await before.finished();
  const known = waiting.map(({ ref }) => keyOf(ref));
  for (const save of before.interrupted())
    if (isCurrent() && !known.includes(keyOf(save.ref))) await now.resume(save);
}
