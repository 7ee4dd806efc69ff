/** Everything that is known of one account's contacts; gone with the account. Drafts outlive it. */
import type { Disposable, Event } from '../base/event';
import { Emitter } from '../base/event';
import type { Runtime } from '../base/runtime';
import { type Account, accountOf, type Session } from '../session/session';
import type { DraftStore } from './drafts/draftStore';
import type { InteractionDraftStore } from './drafts/interactionDraftStore';
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

export interface AccountData {
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

interface Sessions {
  readonly current: Session;
  readonly onDidChange: Event<Session>;
}

/** Follows the session: new stores for a new account, none without one, the same ones while it has expired. */
export class CurrentData implements Disposable {
  readonly #drafts: DraftStore;
  readonly #interactionDrafts: InteractionDraftStore;
  readonly #arrangements: (origin: string) => ArrangementMemory;
  readonly #runtime: Runtime;
  readonly #changed = new Emitter<AccountData | undefined>();
  readonly onDidChange = this.#changed.event;
  readonly #subscription: Disposable;
  #data: AccountData | undefined;

  constructor(
    sessions: Sessions,
    drafts: DraftStore,
    interactionDrafts: InteractionDraftStore,
    /** What was chosen for each list of an API. */
    arrangements: (origin: string) => ArrangementMemory,
    runtime: Runtime,
  ) {
    this.#drafts = drafts;
    this.#interactionDrafts = interactionDrafts;
    this.#arrangements = arrangements;
    this.#runtime = runtime;
    this.#follow(sessions.current);
    this.#subscription = sessions.onDidChange((session) => this.#follow(session));
  }

  get current(): AccountData | undefined {
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

  #stores(account: Account): AccountData {
    const runtime = this.#runtime;
    const contacts = new ContactStore(account.client, runtime.clock);
    const wholeLoads = new WholeLoads(contacts);
    const related = new RelatedStore(account.client, runtime);
    return {
      account,
      organisations: new OrganisationStore(account.client, account.organisations),
      contacts,
      saves: new Saves(account.origin, contacts, this.#drafts, runtime),
      wholeLoads,
      arranged: new ArrangedLists(contacts, wholeLoads, this.#arrangements(account.origin)),
      related,
      interactionSaves: new InteractionSaves(
        account.origin,
        contacts,
        related,
        this.#interactionDrafts,
        runtime,
      ),
      linking: new Linking(contacts, related, runtime),
      history: new History(account.client, runtime),
    };
  }

  #drop(): void {
    this.#data?.organisations.dispose();
    this.#data?.contacts.dispose();
    this.#data?.saves.dispose();
    this.#data?.wholeLoads.dispose();
    this.#data?.arranged.dispose();
    this.#data?.related.dispose();
    this.#data?.interactionSaves.dispose();
    this.#data?.linking.dispose();
    this.#data?.history.dispose();
    this.#data = undefined;
  }
}

/** Another person must not send what the one before had typed. Somebody who is not known is not the same. */
function isSamePerson(before: Account, now: Account): boolean {
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
