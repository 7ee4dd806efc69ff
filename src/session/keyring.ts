/**
 * Stores the sessions of this computer: a secret in SecretStorage for each origin, and a profile without
 * secrets, which shows that a session existed. An empty read deletes nothing, because some keyrings forget
 * (https://github.com/microsoft/vscode/issues/187338). Only this class writes secrets, in one window at a
 * time, so that no write is based on an old read.
 */
import { KeyedQueue } from '../base/concurrency';
import { type Disposable, Emitter, type Event } from '../base/event';
import { type Logger, logUnexpected } from '../base/log';
import { type Credential, formatCredential, labelOf, parseCredential, sameCredential } from './credentials';
import type { Environment } from './environment';
import { KeyringError } from './keyringError';
import { originOfKey, secretKey } from './secretKey';
import type { WindowLock } from './serviceTokens';

export interface SecretVault {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
  readonly onDidChange: Event<{ readonly key: string }>;
}

/** An environment that the user configured or signed in to. A profile contains no secrets. */
export interface Profile {
  readonly origin: string;
  readonly apiUrl: string;
  /** The URL of the sign-in server; absent if unknown. */
  readonly authUrl?: string | undefined;
  /** Absent while signed out. */
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
  readonly #lock: WindowLock;
  readonly #log: Logger;
  /** Orders the writes of this window, even if no lock between windows is available. */
  readonly #turns = new KeyedQueue();
  readonly #changed = new Emitter<string>();
  /** Fires with the origin whose session was stored or removed, in this window or another one. */
  readonly onDidChange = this.#changed.event;
  readonly #subscription: Disposable;
  /** Origins that changed and have had no secret since: the user signed out in another window. */
  readonly #left = new Set<string>();
  /** Origins whose secret could not be read the last time, which does not prove that it is gone. */
  readonly #unread = new Set<string>();
  /** Credentials that the keyring accepted but did not store. They last as long as the window. */
  readonly #unkept = new Map<
    string,
    { readonly credential: Credential; readonly over: string | undefined }
  >();

  constructor(vault: SecretVault, profiles: ProfileMemory, lock: WindowLock, log: Logger) {
    this.#vault = vault;
    this.#profiles = profiles;
    this.#lock = lock;
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
    const { text, stored } = await this.#stored(origin);
    if (text !== undefined) this.#left.delete(origin);
    return stored ?? this.#unkept.get(origin)?.credential;
  }

  /** Reads the stored credential, unless it is one that the keyring kept in place of a newer one. */
  async #stored(origin: string) {
    const text = await this.#read(origin);
    const unkept = this.#unkept.get(origin);
    const isOld = unkept !== undefined && unkept.over === text;
    return { text, stored: isOld ? undefined : parseCredential(origin, text) };
  }

  /** Returns true if the secret is gone although the user did not sign out. Valid after `get`. */
  isLost(origin: string): boolean {
    const isLeft = this.#left.has(origin) && !this.#unread.has(origin);
    return this.#known(origin)?.kind !== undefined && !isLeft;
  }

  /**
   * Stores a credential.
   * @returns the credential that it replaces
   * @throws KeyringError if nothing was stored
   */
  async keep(environment: Environment, credential: Credential): Promise<Credential | undefined> {
    const { origin } = environment;
    let before: Credential | undefined;
    await this.#alone(origin, async () => {
      before = await this.get(origin);
      await this.#ask('store', () =>
        this.#vault.store(secretKey(origin), formatCredential(origin, credential)),
      );
      this.#unkept.delete(origin);
      const over = await this.#read(origin);
      if (!sameCredential(parseCredential(origin, over), credential)) {
        this.#log.error('The secret storage of this computer does not keep what it is given');
        this.#unkept.set(origin, { credential, over });
      }
      if (!this.#isNoted(environment, credential))
        await this.#profiles.set(this.#profileOf(environment, credential));
    });
    return before;
  }

  /**
   * Changes the credential of an origin. After a sign-out, nothing is stored. A failed write is only logged:
   * this window uses the new credential, and other windows get their own.
   * @param change receives the current credential and returns the new one, or undefined to keep it
   */
  async update(origin: string, change: (now: Credential) => Credential | undefined): Promise<void> {
    await this.#alone(origin, async () => {
      const { text, stored } = await this.#stored(origin);
      const now = stored ?? this.#unkept.get(origin)?.credential;
      const next = now && change(now);
      if (next === undefined) return;
      if (stored === undefined) this.#unkept.set(origin, { credential: next, over: text });
      else
        await Promise.resolve(this.#vault.store(secretKey(origin), formatCredential(origin, next))).catch(
          (error: unknown) => logUnexpected(this.#log, 'secret storage: update', error),
        );
    });
  }

  /**
   * Updates the profile of a signed-in account, unless another window signed out since the credential was
   * read.
   */
  async note(environment: Environment, credential: Credential): Promise<void> {
    if (this.#isNoted(environment, credential)) return;
    const { origin } = environment;
    await this.#alone(origin, async () => {
      if (sameCredential(await this.get(origin), credential))
        await this.#profiles.set(this.#profileOf(environment, credential));
    });
  }

  /** Adds a URL that the user entered to the environments to choose from. */
  async remember(environment: Environment, authUrl: string | undefined): Promise<void> {
    const { origin, baseUrl } = environment;
    await this.#profiles.set({ ...this.#known(origin), origin, apiUrl: baseUrl, authUrl });
  }

  /**
   * Removes the secret, then the profile.
   * @returns the credential that was removed
   * @throws KeyringError if the secret still exists; the profile is then kept
   */
  async forget(origin: string): Promise<Credential | undefined> {
    let before: Credential | undefined;
    await this.#alone(origin, async () => {
      before = await this.get(origin);
      await this.#ask('delete', () => this.#vault.delete(secretKey(origin)));
      // Some keyrings fail to delete without an error. One that cannot be read proves nothing.
      await this.#ask('delete', async () => {
        if ((await this.#vault.get(secretKey(origin))) !== undefined) throw new KeyringError('delete');
      });
      this.#unkept.delete(origin);
      await this.#profiles.remove(origin);
    });
    return before;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  async #read(origin: string): Promise<string | undefined> {
    try {
      const text = await this.#vault.get(secretKey(origin));
      this.#unread.delete(origin);
      return text;
    } catch {
      this.#unread.add(origin);
      this.#log.error('The secret storage of this computer could not be read');
      return undefined;
    }
  }

  #profileOf({ origin, baseUrl }: Environment, credential: Credential): Profile {
    const { kind, authUrl = this.#known(origin)?.authUrl } = credential;
    return { origin, apiUrl: baseUrl, authUrl, kind, label: labelOf(credential) };
  }

  #isNoted(environment: Environment, credential: Credential): boolean {
    const known = this.#known(environment.origin);
    const profile = this.#profileOf(environment, credential);
    return (
      known !== undefined &&
      (['apiUrl', 'authUrl', 'kind', 'label'] as const).every((key) => known[key] === profile[key])
    );
  }

  #known(origin: string): Profile | undefined {
    return this.#profiles.all().find((one) => one.origin === origin);
  }

  /** Runs `work` while no other work, in this window or another one, writes for the same origin. */
  #alone(origin: string, work: () => Promise<void>): Promise<void> {
    return this.#turns.take(origin, () => this.#lock.exclusively(`keep ${origin}`, work));
  }

  async #ask(what: KeyringError['refused'], work: () => PromiseLike<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      logUnexpected(this.#log, `secret storage: ${what}`, error);
      throw new KeyringError(what);
    }
  }
}
