/**
 * The sessions that this computer keeps: a secret in SecretStorage for each origin, and beside it a profile
 * without secrets, which says that there was one. Nothing is deleted because a read came back empty: some
 * keyrings forget (https://github.com/microsoft/vscode/issues/187338).
 */
import { type Disposable, Emitter, type Event } from '../base/event';
import type { Logger } from '../base/log';
import {
  type Credential,
  formatCredential,
  labelOf,
  originOfKey,
  parseCredential,
  sameCredential,
  secretKey,
} from './credentials';
import type { Environment } from './environment';

export interface SecretVault {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
  readonly onDidChange: Event<{ readonly key: string }>;
}

/** An environment that was configured or signed in to. No secrets. */
export interface Profile {
  readonly origin: string;
  readonly apiUrl: string;
  /** Where one signs in for it; absent where that isn't known. */
  readonly authUrl?: string | undefined;
  /** Absent where nobody is signed in. */
  readonly kind?: Credential['kind'] | undefined;
  readonly label?: string | undefined;
}

export interface ProfileMemory {
  all(): readonly Profile[];
  set(profile: Profile): PromiseLike<void>;
  remove(origin: string): PromiseLike<void>;
}

export class Keyring implements Disposable {
  readonly #vault: SecretVault;
  readonly #profiles: ProfileMemory;
  readonly #log: Logger;
  readonly #changed = new Emitter<string>();
  /** An origin whose session was kept or removed, here or in another window. */
  readonly onDidChange = this.#changed.event;
  readonly #subscription: Disposable;
  /** Origins of which a change was told and nothing was found since: somebody signed out there. */
  readonly #left = new Set<string>();
  /** What the keyring took and did not keep; it lasts as long as the window. */
  readonly #unkept = new Map<string, Credential>();

  constructor(vault: SecretVault, profiles: ProfileMemory, log: Logger) {
    this.#vault = vault;
    this.#profiles = profiles;
    this.#log = log;
    this.#subscription = vault.onDidChange(({ key }) => {
      const origin = originOfKey(key);
      if (origin === undefined) return;
      this.#left.add(origin);
      this.#changed.fire(origin);
    });
  }

  get profiles(): readonly Profile[] {
    return this.#profiles.all();
  }

  async get(origin: string): Promise<Credential | undefined> {
    const text = await this.#read(origin);
    if (text !== undefined) this.#left.delete(origin);
    return parseCredential(origin, text) ?? this.#unkept.get(origin);
  }

  /** Whether somebody was signed in, did not sign out, and the secret is gone all the same. Ask after `get`. */
  isLost(origin: string): boolean {
    const profile = this.#profiles.all().find((one) => one.origin === origin);
    return profile?.kind !== undefined && !this.#left.has(origin);
  }

  async keep(environment: Environment, held: Credential): Promise<void> {
    const { origin } = environment;
    await this.#vault.store(secretKey(origin), formatCredential(origin, held));
    this.#unkept.delete(origin);
    const back = parseCredential(origin, await this.#read(origin));
    if (!sameCredential(back, held)) {
      this.#log.error('The secret storage of this computer does not keep what it is given');
      this.#unkept.set(origin, held);
    }
    await this.note(environment, held);
  }

  /** Writes down who is signed in where, if that is news. */
  async note({ origin, baseUrl }: Environment, held: Credential): Promise<void> {
    const { kind, authUrl } = held;
    const profile: Profile = { origin, apiUrl: baseUrl, authUrl, kind, label: labelOf(held) };
    const known = this.#profiles.all().find((one) => one.origin === origin);
    const same =
      known && (['apiUrl', 'authUrl', 'kind', 'label'] as const).every((key) => known[key] === profile[key]);
    if (!same) await this.#profiles.set(profile);
  }

  /** An address that a person gave: there is to be chosen from now on. */
  async remember(environment: Environment, authUrl: string | undefined): Promise<void> {
    const { origin, baseUrl } = environment;
    const known = this.#profiles.all().find((one) => one.origin === origin);
    await this.#profiles.set({ ...known, origin, apiUrl: baseUrl, authUrl });
  }

  async forget(origin: string): Promise<void> {
    this.#unkept.delete(origin);
    try {
      await this.#vault.delete(secretKey(origin));
    } finally {
      await this.#profiles.remove(origin);
    }
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  async #read(origin: string): Promise<string | undefined> {
    try {
      return await this.#vault.get(secretKey(origin));
    } catch {
      this.#log.error('The secret storage of this computer could not be read');
      return undefined;
    }
  }
}
