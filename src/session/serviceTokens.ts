/**
 * Provides a service account's access token and renews it on demand near its expiry. All windows share one
 * token: the window that renews it holds a lock, and first checks whether another window has just renewed it.
 */
import { ApiError } from '../api/http/errors';
import type { AuthServer } from './authServer';
import { ClientWay, requestAccess } from './clientCredentials';
import { type Access, type Credential, type ServiceAccount, sameCredential } from './credentials';

/** Runs `work` while no other window runs work with the same name. */
export interface WindowLock {
  exclusively<T>(name: string, work: () => Promise<T>): Promise<T>;
}

/** The credential that all windows share. */
interface Kept {
  get(origin: string): Promise<Credential | undefined>;
  update(origin: string, change: (now: Credential) => Credential | undefined): Promise<void>;
}

interface Parts {
  readonly origin: string;
  readonly account: ServiceAccount;
  readonly auth: AuthServer;
  readonly kept: Kept;
  readonly lock: WindowLock;
}

export class ServiceTokens {
  readonly #parts: Parts;
  readonly #way = new ClientWay();
  #access: Access | undefined;
  #renewing: Promise<Access> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#access = parts.account.access;
  }

  /**
   * Returns an access token that has not expired.
   * @throws ApiError, `unauthorised` if the account is refused, or else `signInFailed`
   */
  async token(): Promise<string> {
    const access = this.#isFresh(this.#access) ? this.#access : await this.#renew(undefined);
    return access.token;
  }

  /**
   * Renews a token that the API refused.
   * @throws ApiError as `token` does
   */
  async replace(token: string): Promise<void> {
    if (this.#access?.token === token) await this.#renew(token);
  }

  async #renew(bad: string | undefined): Promise<Access> {
    const { lock, origin } = this.#parts;
    this.#renewing ??= lock
      .exclusively(`renew ${origin}`, () => this.#ask(bad))
      .finally(() => {
        this.#renewing = undefined;
      });
    this.#access = await this.#renewing;
    return this.#access;
  }

  async #ask(bad: string | undefined): Promise<Access> {
    const { origin, kept } = this.#parts;
    const stored = await kept.get(origin);
    const there = this.#isOurs(stored) ? stored.access : undefined;
    if (this.#isFresh(there) && there.token !== bad) return there;
    const access = await this.#request();
    // The user may have signed out in the meantime; the credential must not come back.
    await kept.update(origin, (now) => (this.#isOurs(now) ? { ...now, access } : undefined));
    return access;
  }

  /**
   * A failure of the sign-in server is reported as `signInFailed`, because the API was not called yet: it
   * says nothing about a contact.
   */
  async #request(): Promise<Access> {
    const { account, auth } = this.#parts;
    try {
      return await requestAccess(auth, account, undefined, this.#way);
    } catch (error) {
      if (!(error instanceof ApiError) || error.reason === 'unauthorised') throw error;
      const { status, code, retryAfter, retryAt } = error;
      throw new ApiError('signInFailed', { status, code, retryAfter, retryAt });
    }
  }

  #isOurs(credential: Credential | undefined): credential is ServiceAccount {
    return credential?.kind === 'serviceAccount' && sameCredential(credential, this.#parts.account);
  }

  #isFresh(access: Access | undefined): access is Access {
    const { clock } = this.#parts.auth;
    return access !== undefined && (access.renewAt ?? Number.POSITIVE_INFINITY) > clock.now();
  }
}
