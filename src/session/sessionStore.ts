/**
 * The session of this window. The store reads SecretStorage at the first use, follows sign-in and sign-out in
 * other windows and changes of the setting, and never returns a token.
 */

import type { Fetch } from '../api/http/transport';
import type { FirstOrganisations } from '../api/organisations';
import { once } from '../base/concurrency';
import { type Disposable, DisposableStore, Emitter, type Event } from '../base/event';
import { logUnexpected } from '../base/log';
import type { Runtime } from '../base/runtime';
import { accountOfCredential, type SampleApi, sampleAccount } from './accounts';
import { type Credential, sameCredential } from './credentials';
import { authServerOf, type Environment, parseApiUrl, type UrlProblem } from './environment';
import { ExpiryClock, type Phase } from './expiryClock';
import { Keyring, type ProfileMemory, type SecretVault } from './keyring';
import { ServiceTokens, type WindowLock } from './serviceTokens';
import { type Account, accountOf, type Session } from './session';
import { SigningIn } from './signingIn';

export interface SessionEnvironment extends Runtime {
  readonly secrets: SecretVault;
  readonly profiles: ProfileMemory;
  readonly lock: WindowLock;
  readonly apiUrl: { get(): string; readonly onDidChange: Event<unknown> };
  readonly authUrl: { get(): string };
  /** The sample-data mode of this window, which survives a reload of the window. */
  readonly sampleData: { get(): boolean; set(on: boolean): PromiseLike<void> };
  readonly loadSampleApi: () => Promise<SampleApi>;
  readonly fetch: Fetch;
}

export class SessionStore implements Disposable {
  readonly keyring: Keyring;
  readonly signingIn: SigningIn;
  readonly #host: SessionEnvironment;
  readonly #changed = new Emitter<Session>();
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions = new DisposableStore();
  readonly #clock: ExpiryClock;
  #session: Session = { kind: 'starting' };
  #signIns = 0;
  /** Counts the changes from outside: a read that began before the latest change may be outdated. */
  #changes = 0;
  /**
   * The credential of the current account, which distinguishes a real change of SecretStorage from an echo of
   * our own write.
   */
  #credential: Credential | undefined;
  /** The credential that a sign-in has checked, and the organisations that the check returned. */
  #checked: { readonly credential: Credential; readonly organisations: FirstOrganisations } | undefined;

  constructor(host: SessionEnvironment) {
    this.#host = host;
    this.keyring = new Keyring(host.secrets, host.profiles, host.lock, host.log);
    this.signingIn = new SigningIn(host.fetch, host);
    this.#clock = new ExpiryClock(host.clock);
    this.#subscriptions.add(
      this.keyring,
      this.#clock,
      host.apiUrl.onDidChange(() => this.#follow()),
      this.keyring.onDidChange((origin) => {
        const environment = this.environment();
        if (typeof environment === 'object' && origin === environment.origin) this.#follow();
      }),
    );
  }

  get current(): Session {
    return this.#session;
  }

  /** Counts the sign-ins that this window completed, including those with the same credential. */
  get signIns(): number {
    return this.#signIns;
  }

  environment(): Environment | UrlProblem {
    return parseApiUrl(this.#host.apiUrl.get());
  }

  /** The sign-in server of the active environment; undefined if none is known. */
  authServer(): Environment | UrlProblem | undefined {
    const environment = this.environment();
    return typeof environment === 'string' ? undefined : authServerOf(environment, this.#host.authUrl.get());
  }

  /** Reads the stored session once; later calls wait for the same read. */
  readonly ready = once(() => this.#restore());

  /** Keeps a credential that was checked, and uses it. @param organisations the answer to the check */
  async signIn(
    environment: Environment,
    given: Credential,
    organisations?: FirstOrganisations,
  ): Promise<void> {
    const credential = withTrueEnd(given, this.#host.clock.now());
    // The event of our own write to the keyring may create the account first.
    this.#checked = organisations && { credential, organisations };
    try {
      await this.#signIn(environment, credential);
      this.#signIns++;
    } finally {
      this.#checked = undefined;
    }
  }

  async #signIn(environment: Environment, credential: Credential): Promise<void> {
    const { origin } = environment;
    const known = accountOf(this.#session)?.origin === origin ? this.#credential : undefined;
    const before = (await this.keyring.keep(environment, credential)) ?? known;
    // The previous token is overwritten, so this is the last chance to end its session.
    if (before && tokenOf(before) !== tokenOf(credential)) void this.#end(origin, before);
    await this.#host.sampleData.set(false);
    // The setting may have changed in the meantime, and another window may have signed in or out.
    await this.#restore();
  }

  /** Does nothing if sample data is in use: a new account would lose the changes made in it. */
  async useSampleData(): Promise<void> {
    if (accountOf(this.#session)?.kind === 'sampleData') return;
    await this.#host.sampleData.set(true);
    this.#credential = undefined;
    this.#clock.follow(undefined, () => undefined);
    this.#set({ kind: 'signedIn', account: sampleAccount(this.#host.loadSampleApi, this.#host) });
  }

  async leaveSampleData(): Promise<void> {
    await this.#host.sampleData.set(false);
    await this.#restore();
  }

  /**
   * Leaves sample data, or removes the session of an origin, by default the current one, and ends it at the
   * server.
   * @param removed runs when the session is removed here, before the server has answered
   * @throws KeyringError if the session could not be removed; it then stays valid
   */
  async signOut(
    origin = this.#origin(),
    removed: () => Promise<void> = async () => undefined,
  ): Promise<void> {
    const account = accountOf(this.#session);
    if (account?.kind === 'sampleData' && origin === account.origin)
      return this.leaveSampleData().then(removed);
    if (origin === undefined) return this.#restore().then(removed);
    const known = account?.origin === origin ? this.#credential : undefined;
    // Another window may have signed in in the meantime: what was removed is ended.
    const credential = (await this.keyring.forget(origin)) ?? known;
    // The local session is removed without waiting for the server.
    const ended = credential && this.#end(origin, credential);
    await this.#restore();
    await removed();
    await ended;
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#changed.dispose();
  }

  async #end(origin: string, credential: Credential): Promise<void> {
    try {
      await this.signingIn.end(origin, credential);
    } catch (error) {
      logUnexpected(this.#host.log, 'end session', error);
    }
  }

  #origin(): string | undefined {
    const environment = this.environment();
    const current = typeof environment === 'object' ? environment.origin : undefined;
    return accountOf(this.#session)?.origin ?? current;
  }

  /** Follows a change from outside. Before the first read, no state can be outdated. */
  #follow(): void {
    this.#changes++;
    if (this.#session.kind === 'starting') return;
    this.#restore().catch((error: unknown) =>
      logUnexpected(this.#host.log, 'read the stored session', error),
    );
  }

  async #restore(): Promise<void> {
    if (this.#host.sampleData.get()) {
      await this.useSampleData();
      return;
    }
    const environment = this.environment();
    if (typeof environment === 'string') {
      this.#leave({ kind: 'misconfigured', problem: environment });
      return;
    }
    const { origin } = environment;
    const changes = this.#changes;
    const credential = await this.keyring.get(origin);
    const latest = this.environment();
    const isOld =
      changes !== this.#changes ||
      this.#host.sampleData.get() ||
      typeof latest === 'string' ||
      latest.origin !== origin;
    if (isOld) return this.#restore();
    if (credential === undefined) {
      this.#leave({ kind: 'signedOut', environment, lost: this.keyring.isLost(origin) });
    } else {
      this.#use(environment, credential);
      // The note runs in the background, because it may need a lock that a killed window left behind.
      this.keyring
        .note(environment, credential)
        .catch((error: unknown) => logUnexpected(this.#host.log, 'note the session', error));
    }
  }

  #leave(session: Session): void {
    this.#credential = undefined;
    this.#clock.follow(undefined, () => undefined);
    this.#set(session);
  }

  #use(environment: Environment, credential: Credential): void {
    const { current } = this;
    const there = current.kind === 'signedIn' && current.account.baseUrl === environment.baseUrl;
    if (there && sameCredential(this.#credential, credential)) return;
    this.#credential = credential;
    const { fetch, clock, log, lock } = this.#host;
    const kept = this.keyring;
    const { origin } = environment;
    const tokens =
      credential.kind === 'serviceAccount'
        ? new ServiceTokens({
            origin,
            account: credential,
            auth: this.signingIn.auth(credential.authUrl),
            kept,
            lock,
          })
        : undefined;
    const { organisations } = (sameCredential(this.#checked?.credential, credential) && this.#checked) || {};
    const account: Account = accountOfCredential(environment, credential, {
      fetch,
      clock,
      log,
      tokens,
      organisations,
      onUnauthorised: () => this.#enter(account, 'ended'),
    });
    const phase = this.#clock.follow(account.expiresAt, (next) => this.#enter(account, next));
    if (phase === 'ended') this.#set({ kind: 'expired', account });
    else this.#set({ kind: 'signedIn', account, ...(phase === 'endsSoon' && { endsSoon: true }) });
  }

  #enter(account: Account, phase: Phase): void {
    const now = this.#session;
    if (now.kind !== 'signedIn' || now.account !== account) return;
    this.#set(
      phase === 'ended' ? { kind: 'expired', account } : { kind: 'signedIn', account, endsSoon: true },
    );
  }

  #set(session: Session): void {
    this.#session = session;
    this.#changed.fire(session);
  }
}

const tokenOf = (credential: Credential) =>
  credential.kind === 'sessionToken' ? credential.token : undefined;

/**
 * Ignores an expiry in the past: this computer's clock is wrong, and must not end a session that has just
 * begun.
 */
function withTrueEnd(credential: Credential, now: number): Credential {
  if (credential.kind !== 'sessionToken' || credential.expiresAt === undefined || credential.expiresAt > now)
    return credential;
  const { expiresAt: _, ...rest } = credential;
  return rest;
}
