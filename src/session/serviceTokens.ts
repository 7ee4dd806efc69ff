/**
 * Hands out a service account's access token, and renews it when it is asked for and near its end. All windows
 * share one: who renews holds a lock, and looks first whether another window just did.
 */
import { ApiError } from '../api/http/errors';
import type { AuthServer } from './authServer';
import { ClientWay, requestAccess } from './clientCredentials';
import { type Access, type Credential, type ServiceAccount, sameCredential } from './credentials';

/** Runs `work` while no other window does so for the same name. */
export interface WindowLock {
  exclusively<T>(name: string, work: () => Promise<T>): Promise<T>;
}

/** What all windows see of this account. */
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

  /** @throws ApiError, `unauthorised` when the account is no longer let in, or else `signInFailed` */
  async token(): Promise<string> {
    const access = this.#isFresh(this.#access) ? this.#access : await this.#renew(undefined);
    return access.token;
  }

  /** The API refused this one: the next is a new one. @throws ApiError as `token` does */
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
    // Somebody may have signed out meanwhile: what is gone stays gone.
    await kept.update(origin, (now) => (this.#isOurs(now) ? { ...now, access } : undefined));
    return access;
  }

  /** The API was not asked for anything yet: the trouble of another server says nothing about a contact. */
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

  #isOurs(held: Credential | undefined): held is ServiceAccount {
    return held?.kind === 'serviceAccount' && sameCredential(held, this.#parts.account);
  }

  #isFresh(access: Access | undefined): access is Access {
    const { clock } = this.#parts.auth;
    return access !== undefined && (access.renewAt ?? Number.POSITIVE_INFINITY) > clock.now();
  }
}
