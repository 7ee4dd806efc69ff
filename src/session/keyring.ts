/**
 * The sessions that this computer keeps: a secret in SecretStorage for each origin, and beside it a profile
 * without secrets, which says that there was one. Nothing is deleted because a read came back empty: some
 * keyrings forget (https://github.com/microsoft/vscode/issues/187338). Only this class writes secrets, and one
 * window at a time: what was read is still there when it is written.
 */
import { KeyedQueue } from '../base/concurrency';
import { type Disposable, Emitter, type Event } from '../base/event';
import { type Logger, logUnexpected } from '../base/log';
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
import { KeyringError } from './keyringError';
import type { WindowLock } from './serviceTokens';

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
  readonly #lock: WindowLock;
  readonly #log: Logger;
  /** Where there is no lock between windows, this window keeps its own order. */
  readonly #turns = new KeyedQueue();
  readonly #changed = new Emitter<string>();
  /** An origin whose session was kept or removed, here or in another window. */
  readonly onDidChange = this.#changed.event;
  readonly #subscription: Disposable;
  /** Origins of which a change was told and nothing was found since: somebody signed out there. */
  readonly #left = new Set<string>();
  /** What the keyring took and did not keep; it lasts as long as the window. */
  readonly #unkept = new Map<string, Credential>();

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
    const text = await this.#read(origin);
    if (text !== undefined) this.#left.delete(origin);
    return parseCredential(origin, text) ?? this.#unkept.get(origin);
  }

  /** Whether somebody was signed in, did not sign out, and the secret is gone all the same. Ask after `get`. */
  isLost(origin: string): boolean {
    return this.#known(origin)?.kind !== undefined && !this.#left.has(origin);
  }

  /** @returns what was kept there before @throws KeyringError when nothing was kept */
  async keep(environment: Environment, held: Credential): Promise<Credential | undefined> {
    const { origin } = environment;
    let before: Credential | undefined;
    await this.#alone(origin, async () => {
      before = await this.get(origin);
      await this.#ask('store', () => this.#vault.store(secretKey(origin), formatCredential(origin, held)));
      this.#unkept.delete(origin);
      const back = parseCredential(origin, await this.#read(origin));
      if (!sameCredential(back, held)) {
        this.#log.error('The secret storage of this computer does not keep what it is given');
        this.#unkept.set(origin, held);
      }
      if (!this.#isNoted(environment, held)) await this.#profiles.set(this.#profileOf(environment, held));
    });
    return before;
  }

  /**
   * Changes what is kept for an origin. Where nobody is signed in any more, nothing is kept. What the secret
   * storage does not take is logged: it is in use all the same, and the other windows get one of their own.
   * @param change gets what is kept now @returns undefined to leave it
   */
  async update(origin: string, change: (now: Credential) => Credential | undefined): Promise<void> {
    await this.#alone(origin, async () => {
      const stored = parseCredential(origin, await this.#read(origin));
      const now = stored ?? this.#unkept.get(origin);
      const next = now && change(now);
      if (next === undefined) return;
      if (stored === undefined) this.#unkept.set(origin, next);
      else
        await Promise.resolve(this.#vault.store(secretKey(origin), formatCredential(origin, next))).catch(
          (error: unknown) => logUnexpected(this.#log, 'secret storage: update', error),
        );
    });
  }

  /** Writes down who is signed in where, if that is news, and if nobody signed out since it was read. */
  async note(environment: Environment, held: Credential): Promise<void> {
    if (this.#isNoted(environment, held)) return;
    const { origin } = environment;
    await this.#alone(origin, async () => {
      if (sameCredential(await this.get(origin), held))
        await this.#profiles.set(this.#profileOf(environment, held));
    });
  }

  /** An address that a person gave: there is to be chosen from now on. */
  async remember(environment: Environment, authUrl: string | undefined): Promise<void> {
    const { origin, baseUrl } = environment;
    await this.#profiles.set({ ...this.#known(origin), origin, apiUrl: baseUrl, authUrl });
  }

  /** @throws KeyringError when the secret is still there; then its profile is, too */
  async forget(origin: string): Promise<void> {
    await this.#alone(origin, async () => {
      await this.#ask('delete', () => this.#vault.delete(secretKey(origin)));
      // Some keyrings refuse without a word.
      if ((await this.#read(origin)) !== undefined) throw new KeyringError('delete');
      this.#unkept.delete(origin);
      await this.#profiles.remove(origin);
    });
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

  #profileOf({ origin, baseUrl }: Environment, held: Credential): Profile {
    const { kind, authUrl = this.#known(origin)?.authUrl } = held;
    return { origin, apiUrl: baseUrl, authUrl, kind, label: labelOf(held) };
  }

  #isNoted(environment: Environment, held: Credential): boolean {
    const known = this.#known(environment.origin);
    const profile = this.#profileOf(environment, held);
    return (
      known !== undefined &&
      (['apiUrl', 'authUrl', 'kind', 'label'] as const).every((key) => known[key] === profile[key])
    );
  }

  #known(origin: string): Profile | undefined {
    return this.#profiles.all().find((one) => one.origin === origin);
  }

  /** While no other window, and nothing else in this one, writes for the same origin. */
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
