/**
 * Hands out a service account's access token, and renews it when it is asked for and near its end. All windows
 * share one: who renews holds a lock, and looks first whether another window just did.
 */
import type { AuthServer } from './authServer';
import { requestAccess } from './clientCredentials';
import {
  type Access,
  formatCredential,
  parseCredential,
  type ServiceAccount,
  sameCredential,
  secretKey,
} from './credentials';

/** Runs `work` while no other window does so for the same name. */
export interface WindowLock {
  exclusively<T>(name: string, work: () => Promise<T>): Promise<T>;
}

interface Shared {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
}

interface Parts {
  readonly origin: string;
  readonly account: ServiceAccount;
  readonly auth: AuthServer;
  readonly vault: Shared;
  readonly lock: WindowLock;
}

export class ServiceTokens {
  readonly #parts: Parts;
  #access: Access | undefined;
  #renewing: Promise<Access> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#access = parts.account.access;
  }

  /** @throws ApiError, `unauthorised` when the account is no longer let in */
  async token(): Promise<string> {
    const access = isFresh(this.#access) ? this.#access : await this.#renew(undefined);
    return access.token;
  }

  /** The API refused this one: the next is a new one. */
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
    const { account, auth, origin, vault } = this.#parts;
    const there = (await this.#stored())?.access;
    if (isFresh(there) && there.token !== bad) return there;
    const access = await requestAccess(auth, account);
    // Somebody may have signed out meanwhile: what is gone stays gone.
    const now = await this.#stored();
    if (now) await vault.store(secretKey(origin), formatCredential(origin, { ...now, access }));
    return access;
  }

  /** What all windows see of this account; a keyring that forgets does not end what is still known here. */
  async #stored(): Promise<ServiceAccount | undefined> {
    const { account, origin, vault } = this.#parts;
    const text = await Promise.resolve(vault.get(secretKey(origin))).catch(() => undefined);
    const stored = parseCredential(origin, text);
    return stored?.kind === 'serviceAccount' && sameCredential(stored, account) ? stored : undefined;
  }
}

function isFresh(access: Access | undefined): access is Access {
  return access !== undefined && (access.renewAt ?? Number.POSITIVE_INFINITY) > Date.now();
}
