/** Everything that is known of one account's contacts; gone with the account, but for the drafts. */
import type { Disposable, Event } from '../base/event';
import { Emitter } from '../base/event';
import { type Account, accountOf, type Session } from '../session/session';
import { ContactStore } from './contactStore';
import { DraftStore } from './drafts';
import { OrganisationStore } from './organisationStore';

export interface AccountData {
  readonly account: Account;
  readonly organisations: OrganisationStore;
  readonly contacts: ContactStore;
  readonly drafts: DraftStore;
}

interface Sessions {
  readonly current: Session;
  readonly onDidChange: Event<Session>;
}

/** Follows the session: new stores for a new account, none without one, the same ones while it has expired. */
export class CurrentData implements Disposable {
  readonly #drafts = new Map<string, DraftStore>();
  readonly #changed = new Emitter<AccountData | undefined>();
  readonly onDidChange = this.#changed.event;
  readonly #subscription: Disposable;
  #data: AccountData | undefined;

  constructor(sessions: Sessions) {
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
    if (account === this.#data?.account) return;
    this.#drop();
    this.#data = account && {
      account,
      organisations: new OrganisationStore(account.client),
      contacts: new ContactStore(account.client),
      drafts: this.#draftsOf(account.origin),
    };
    this.#changed.fire(this.#data);
  }

  /** Drafts outlive a session: somebody who signs in again finds what was typed. */
  #draftsOf(origin: string): DraftStore {
    const drafts = this.#drafts.get(origin) ?? new DraftStore();
    this.#drafts.set(origin, drafts);
    return drafts;
  }

  #drop(): void {
    this.#data?.organisations.dispose();
    this.#data?.contacts.dispose();
    this.#data = undefined;
  }
}
