/**
 * Who is signed in, in this window. It reads SecretStorage when first asked, follows sign-in and sign-out
 * in other windows and changes of the setting, and never hands out a token.
 */
import { ApiClient } from '../api/client';
import { listOrganisations } from '../api/organisations';
import type { Fetch } from '../api/transport';
import { type Disposable, Emitter, type Event } from '../base/event';
import type { Logger } from '../base/log';
import { once } from '../base/once';
import { type SampleApi, sampleAccount, tokenAccount, tokenConnection } from './accounts';
import { parseCredential, secretKey, toCredential } from './credentials';
import { type Environment, parseApiUrl, type UrlProblem } from './environment';
import { accountOf, type Session } from './session';

interface SecretVault {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
  readonly onDidChange: Event<{ readonly key: string }>;
}

export interface SessionEnvironment {
  readonly secrets: SecretVault;
  readonly apiUrl: { get(): string; readonly onDidChange: Event<unknown> };
  /** Whether this window shows sample data; survives a reload of the window. */
  readonly sampleData: { get(): boolean; set(on: boolean): PromiseLike<void> };
  readonly loadSampleApi: () => Promise<SampleApi>;
  readonly fetch: Fetch;
  readonly log: Logger;
}

export class SessionStore implements Disposable {
  readonly #host: SessionEnvironment;
  readonly #changed = new Emitter<Session>();
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions: readonly Disposable[];
  #session: Session = { kind: 'starting' };
  /** The token of the current account, to tell a real change in SecretStorage from an echo of our own. */
  #token: string | undefined;

  constructor(host: SessionEnvironment) {
    this.#host = host;
    this.#subscriptions = [
      host.apiUrl.onDidChange(() => this.#follow()),
      host.secrets.onDidChange(({ key }) => {
        const environment = this.environment();
        if (typeof environment === 'object' && key === secretKey(environment.origin)) this.#follow();
      }),
    ];
  }

  get current(): Session {
    return this.#session;
  }

  environment(): Environment | UrlProblem {
    return parseApiUrl(this.#host.apiUrl.get());
  }

  /** Reads what is stored, once; later calls wait for the same read. */
  readonly ready = once(() => this.#restore());

  /**
   * Asks the API whether it takes the token, before anything is stored.
   * @throws ApiError, or the `AbortError` of `signal`
   */
  async check(environment: Environment, token: string, signal: AbortSignal): Promise<void> {
    const client = new ApiClient(tokenConnection(environment, token, this.#host.fetch), this.#host.log);
    await listOrganisations(client, { signal });
  }

  /** Keeps a token that was checked, and uses it. */
  async signIn(environment: Environment, token: string): Promise<void> {
    const { origin } = environment;
    await this.#host.secrets.store(secretKey(origin), JSON.stringify(toCredential(origin, token)));
    await this.#host.sampleData.set(false);
    // The setting may have changed meanwhile; a token is used for its own origin only.
    const now = this.environment();
    if (typeof now === 'object' && now.origin === origin) this.#use(now, token);
    else await this.#restore();
  }

  async useSampleData(): Promise<void> {
    await this.#host.sampleData.set(true);
    this.#token = undefined;
    this.#set({ kind: 'signedIn', account: sampleAccount(this.#host.loadSampleApi, this.#host.log) });
  }

  /** Leaves sample data, or forgets the token of the current origin. */
  async signOut(): Promise<void> {
    const account = accountOf(this.#session);
    if (account?.kind === 'sampleData') {
      await this.#host.sampleData.set(false);
    } else {
      const environment = this.environment();
      const origin = account?.origin ?? (typeof environment === 'object' ? environment.origin : undefined);
      if (origin !== undefined) await this.#host.secrets.delete(secretKey(origin));
    }
    await this.#restore();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  /** Something changed outside; before the first read there is nothing that could be out of date. */
  #follow(): void {
    if (this.#session.kind === 'starting') return;
    this.#restore().catch(() => this.#host.log.error('The stored session could not be read'));
  }

  async #restore(): Promise<void> {
    if (this.#host.sampleData.get()) {
      if (accountOf(this.#session)?.kind !== 'sampleData') await this.useSampleData();
      return;
    }
    const environment = this.environment();
    if (typeof environment === 'string') {
      this.#token = undefined;
      this.#set({ kind: 'misconfigured', problem: environment });
      return;
    }
    const { origin } = environment;
    const stored = await this.#read(origin);
    const latest = this.environment();
    if (typeof latest === 'string' || latest.origin !== origin) return this.#restore();
    const credential = parseCredential(origin, stored);
    if (credential === undefined) {
      this.#token = undefined;
      this.#set({ kind: 'signedOut', environment });
    } else {
      this.#use(environment, credential.token);
    }
  }

  /** A secret store that fails leaves a person signed out, with a line in the log; nothing is deleted. */
  async #read(origin: string): Promise<string | undefined> {
    try {
      return await this.#host.secrets.get(secretKey(origin));
    } catch {
      this.#host.log.error('The secret storage of this computer could not be read');
      return undefined;
    }
  }

  #use(environment: Environment, token: string): void {
    const { current } = this;
    const there = current.kind === 'signedIn' && current.account.baseUrl === environment.baseUrl;
    if (there && this.#token === token) return;
    this.#token = token;
    const { fetch, log } = this.#host;
    const account = tokenAccount(environment, token, {
      fetch,
      log,
      onUnauthorised: () => {
        const now = this.#session;
        if (now.kind === 'signedIn' && now.account === account) this.#set({ kind: 'expired', account });
      },
    });
    this.#set({ kind: 'signedIn', account });
  }

  #set(session: Session): void {
    this.#session = session;
    this.#changed.fire(session);
  }
}
