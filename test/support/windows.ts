/** One computer with any number of windows: its secret storage, settings and profiles, and their sessions. */

import type { Fetch } from '../../src/api/http/transport';
import { type Clock, systemClock } from '../../src/base/clock';
import { Emitter } from '../../src/base/event';
import type { Logger } from '../../src/base/log';
import type { Profile } from '../../src/session/keyring';
import { SessionStore } from '../../src/session/sessionStore';
import { newGate } from './gate';
import { silentLog } from './silentLog';

/** A secret storage with change events; `forgets` makes it accept everything and store nothing. */
class Vault {
  readonly secrets = new Map<string, string>();
  forgets = false;
  /** Makes deleting fail, with or without an error. */
  keeps: 'no' | 'with an error' | 'silently' = 'no';
  /** Called before and after each operation, to delay it as another process would. */
  delay: () => Promise<void> = async () => undefined;
  #last: Promise<unknown> = Promise.resolve();
  readonly #changed = new Emitter<{ key: string }>();
  readonly onDidChange = this.#changed.event;
  get(key: string) {
    return this.#mapConcurrently(() => this.secrets.get(key));
  }
  store(key: string, value: string) {
    return this.#mapConcurrently(() => {
      if (!this.forgets) this.secrets.set(key, value);
      this.#changed.fire({ key });
    });
  }
  delete(key: string) {
    return this.#mapConcurrently(() => {
      if (this.keeps === 'with an error') throw new Error('The keyring is locked');
      if (this.keeps === 'no') this.secrets.delete(key);
      this.#changed.fire({ key });
    });
  }
  #mapConcurrently<T>(work: () => T): Promise<T> {
    const before = this.#last;
    const done = (async () => {
      await before;
      await this.delay();
      const result = work();
      await this.delay();
      return result;
    })();
    this.#last = done.catch(() => undefined);
    return done;
  }
}

/** Suspends the next store. @returns gates that tell that it was called, and let it go on */
export function holdStore(vault: Vault) {
  const [called, goOn] = [newGate(), newGate()];
  const store = vault.store.bind(vault);
  vault.store = async (key, value) => {
    called.open();
    await goOn.opened;
    await store(key, value);
  };
  return { called, goOn };
}

class Setting {
  readonly #changed = new Emitter<unknown>();
  readonly onDidChange = this.#changed.event;
  constructor(private value: string) {}
  get() {
    return this.value;
  }
  set(value: string) {
    this.value = value;
    this.#changed.fire(undefined);
  }
}

export class Computer {
  readonly vault = new Vault();
  readonly apiUrl: Setting;
  readonly authUrl: Setting;
  /** Tests send requests to their own servers only. */
  fetch: Fetch = (input, init) => fetch(input, init);
  /** Called once before the next window notes that it leaves sample data, to delay it. */
  leavingSampleData: (() => Promise<void>) | undefined;
  readonly profiles = new Map<string, Profile>();
  readonly #stores: SessionStore[] = [];
  /** Locks by name, as queues of work. */
  readonly #locks = new Map<string, Promise<unknown>>();

  constructor(apiUrl: string, authUrl = '') {
    this.apiUrl = new Setting(apiUrl);
    this.authUrl = new Setting(authUrl);
  }

  window(log: Logger = silentLog, clock: Clock = systemClock): SessionStore {
    let sample = false;
    const store = new SessionStore({
      secrets: this.vault,
      profiles: {
        all: () => [...this.profiles.values()],
        set: async (profile) => void this.profiles.set(profile.origin, profile),
        remove: async (origin) => void this.profiles.delete(origin),
      },
      lock: {
        exclusively: async (name, work) => {
          const before = this.#locks.get(name) ?? Promise.resolve();
          const now = before.catch(() => undefined).then(work);
          this.#locks.set(name, now);
          return now;
        },
      },
      apiUrl: this.apiUrl,
      authUrl: this.authUrl,
      sampleData: {
        get: () => sample,
        set: async (on) => {
          const delay = this.leavingSampleData;
          this.leavingSampleData = undefined;
          await delay?.();
          sample = on;
        },
      },
      loadSampleApi: async () => ({ token: 'sample', fetch: async () => new Response('{"data":[]}') }),
      fetch: (input, init) => this.fetch(input, init),
      clock,
      log,
    });
    this.#stores.push(store);
    return store;
  }

  close(): void {
    for (const store of this.#stores) store.dispose();
  }
}

export function environmentOf(store: SessionStore) {
  const found = store.environment();
  if (typeof found === 'string') throw new Error(found);
  return found;
}

/** Resolves after the events of other windows have arrived. */
export const settled = () => new Promise((resolve) => setTimeout(resolve, 10));
