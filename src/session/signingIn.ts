/** The ways to become somebody: what is asked of the auth server and the API before anything is kept. */
import { ApiClient } from '../api/client';
import { listOrganisations } from '../api/organisations';
import type { Fetch } from '../api/transport';
import type { Logger } from '../base/log';
import { headersOf } from './accounts';
import { AuthServer } from './authServer';
import { requestAccess } from './clientCredentials';
import type { Access, Credential, ServiceAccount } from './credentials';
import type { Environment } from './environment';
import { KratosLogin, revoke } from './kratos';

export class SigningIn {
  readonly #fetch: Fetch;
  readonly #log: Logger;

  constructor(fetch: Fetch, log: Logger) {
    this.#fetch = fetch;
    this.#log = log;
  }

  login(authUrl: string): KratosLogin {
    return new KratosLogin(this.auth(authUrl));
  }

  /** @throws ApiError, `unauthorised` when id or secret is wrong; the `AbortError` of `signal` */
  access(account: Omit<ServiceAccount, 'kind' | 'access'>, signal: AbortSignal): Promise<Access> {
    return requestAccess(this.auth(account.authUrl), account, signal);
  }

  /**
   * Asks the API whether it lets this in.
   * @throws ApiError, or the `AbortError` of `signal`
   */
  async check({ baseUrl }: Environment, held: Credential, signal: AbortSignal): Promise<void> {
    const connection = { baseUrl, fetch: this.#fetch, credential: async () => headersOf(held) };
    await listOrganisations(new ApiClient(connection, this.#log), { signal });
  }

  /** Ends a session at the server that it was signed in at, if that is known; a failure is no reason to keep it. */
  async revoke(authUrl: string | undefined, token: string | undefined): Promise<void> {
    if (authUrl === undefined || token === undefined) return;
    const done = await revoke(this.auth(authUrl), token);
    if (!done) this.#log.warn('The session could not be ended at the server; it was removed here');
  }

  auth(authUrl: string): AuthServer {
    return new AuthServer(authUrl, this.#fetch, this.#log);
  }
}
