/** The requests of the sign-in methods, before a credential is stored. */
import { ApiClient } from '../api/http/client';
import type { Fetch } from '../api/http/transport';
import { type FirstOrganisations, listOrganisations } from '../api/organisations';
import type { Runtime } from '../base/runtime';
import { headersOf } from './accounts';
import { AuthServer } from './authServer';
import { requestAccess } from './clientCredentials';
import type { Access, Credential, ServiceAccount } from './credentials';
import { type Environment, knownEnvironment } from './environment';
import { KratosLogin, revoke } from './kratos';

export class SigningIn {
  readonly #fetch: Fetch;
  readonly #runtime: Runtime;

  constructor(fetch: Fetch, runtime: Runtime) {
    this.#fetch = fetch;
    this.#runtime = runtime;
  }

  login(authUrl: string): KratosLogin {
    return new KratosLogin(this.auth(authUrl));
  }

  /** @throws ApiError, `unauthorised` if ID or secret is wrong; the `AbortError` of `signal` */
  access(account: Omit<ServiceAccount, 'kind' | 'access'>, signal: AbortSignal): Promise<Access> {
    return requestAccess(this.auth(account.authUrl), account, signal);
  }

  /**
   * Asks the API whether it lets this in. The question is for the organisations: they are what is shown next.
   * @throws ApiError, or the `AbortError` of `signal`
   */
  async check(
    { baseUrl }: Environment,
    credential: Credential,
    signal: AbortSignal,
  ): Promise<FirstOrganisations> {
    const connection = { baseUrl, fetch: this.#fetch, authHeaders: async () => headersOf(credential) };
    const { clock, log } = this.#runtime;
    const page = await listOrganisations(new ApiClient(connection, log, clock), { signal });
    return { ...page, readAt: clock.now() };
  }

  /** Ends a stored session at its server. */
  async end(origin: string, credential: Credential): Promise<void> {
    if (credential.kind !== 'sessionToken') return;
    // A pasted token has no label. Another program signed in for it, and no setting names the server.
    const authUrl = credential.label === undefined ? knownEnvironment(origin)?.authUrl : credential.authUrl;
    await this.revoke(authUrl, credential.token);
  }

  /** Ends a session at the server that created it, if that is known. A failure is only logged. */
  async revoke(authUrl: string | undefined, token: string | undefined): Promise<void> {
    if (authUrl === undefined || token === undefined) return;
    const done = await revoke(this.auth(authUrl), token);
    if (!done) this.#runtime.log.warn('The session could not be ended at the server; it was removed here');
  }

  auth(authUrl: string): AuthServer {
    const { clock, log } = this.#runtime;
    return new AuthServer(authUrl, this.#fetch, log, clock);
  }
}
