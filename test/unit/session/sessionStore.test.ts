import assert from 'node:assert/strict';
import { Emitter } from '../../../src/base/event';
import { secretKey } from '../../../src/session/credentials';
import { SessionStore } from '../../../src/session/sessionStore';
import { type ApiServer, startApiServer } from '../../support/apiServer';
import { silentLog } from '../../support/silentLog';

/** One computer's secret storage, which any number of windows look at. */
class Vault {
  readonly secrets = new Map<string, string>();
  readonly #changed = new Emitter<{ key: string }>();
  readonly onDidChange = this.#changed.event;
  async get(key: string) {
    return this.secrets.get(key);
  }
  async store(key: string, value: string) {
    this.secrets.set(key, value);
    this.#changed.fire({ key });
  }
  async delete(key: string) {
    this.secrets.delete(key);
    this.#changed.fire({ key });
  }
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

describe('SessionStore', () => {
  let server: ApiServer;
  let vault: Vault;
  let url: Setting;
  before(async () => {
    server = await startApiServer({ contacts: 30 });
  });
  after(() => server.stop());
  beforeEach(() => {
    vault = new Vault();
    url = new Setting(server.url);
  });

  function openWindow() {
    let sample = false;
    return new SessionStore({
      secrets: vault,
      apiUrl: url,
      sampleData: {
        get: () => sample,
        set: async (on) => {
          sample = on;
        },
      },
      loadSampleApi: async () => ({ token: 'sample', fetch: async () => new Response('{"data":[]}') }),
      fetch: (input, init) => fetch(input, init),
      log: silentLog,
    });
  }
  const environment = (store: SessionStore) => {
    const found = store.environment();
    if (typeof found === 'string') throw new Error(found);
    return found;
  };
  const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

  it('asks nobody and reads nothing until it is needed', () => {
    assert.equal(openWindow().current.kind, 'starting');
  });

  it('checks a token before it is kept', async () => {
    const store = openWindow();
    await store.ready();
    const { signal } = new AbortController();
    await assert.rejects(store.check(environment(store), 'wrong', signal), { reason: 'unauthorised' });
    await store.check(environment(store), server.token, signal);
    assert.equal(vault.secrets.size, 0);
  });

  it('keeps the token with its origin, and another window follows in and out', async () => {
    const [one, two] = [openWindow(), openWindow()];
    await Promise.all([one.ready(), two.ready()]);
    await one.signIn(environment(one), server.token);
    await settled();
    assert.deepEqual([one.current.kind, two.current.kind], ['signedIn', 'signedIn']);
    assert.equal(JSON.parse(vault.secrets.get(secretKey(server.url)) ?? '').origin, server.url);
    await two.signOut();
    await settled();
    assert.deepEqual([one.current.kind, two.current.kind], ['signedOut', 'signedOut']);
    assert.equal(vault.secrets.size, 0);
  });

  it('makes one account of one sign-in, though SecretStorage echoes it', async () => {
    const store = openWindow();
    await store.ready();
    const accounts = new Set<unknown>();
    store.onDidChange((session) => session.kind === 'signedIn' && accounts.add(session.account));
    await store.signIn(environment(store), server.token);
    await settled();
    assert.equal(accounts.size, 1);
  });

  it('is signed out at another origin, and finds the session again on the way back', async () => {
    const store = openWindow();
    await store.ready();
    await store.signIn(environment(store), server.token);
    url.set('https://elsewhere.example');
    await settled();
    assert.equal(store.current.kind, 'signedOut');
    url.set(server.url);
    await settled();
    assert.equal(store.current.kind, 'signedIn');
  });

  it('takes no credential that was stored for another origin, and none that cannot be read', async () => {
    const stored = JSON.stringify({
      version: 1,
      origin: 'https://other.example',
      kind: 'sessionToken',
      token: 't',
    });
    for (const text of [stored, 'no json', '{}', '{"version":2}']) {
      vault.secrets.set(secretKey(server.url), text);
      const store = openWindow();
      await store.ready();
      assert.equal(store.current.kind, 'signedOut');
      assert.equal(vault.secrets.get(secretKey(server.url)), text, 'nothing is deleted');
    }
  });

  it('is misconfigured by a bad address, and sends nothing', async () => {
    url.set('http://example.org');
    const store = openWindow();
    await store.ready();
    assert.deepEqual(store.current, { kind: 'misconfigured', problem: 'notHttps' });
  });

  it('expires when the API no longer takes the token', async () => {
    const store = openWindow();
    await store.ready();
    await store.signIn(environment(store), 'wrong');
    const session = store.current;
    assert.equal(session.kind, 'signedIn');
    if (session.kind !== 'signedIn') return;
    const { listOrganisations } = await import('../../../src/api/organisations');
    await assert.rejects(listOrganisations(session.account.client));
    assert.deepEqual(store.current, { kind: 'expired', account: session.account });
  });

  it('leaves sample data by signing out', async () => {
    const store = openWindow();
    await store.ready();
    await store.useSampleData();
    assert.ok(store.current.kind === 'signedIn' && store.current.account.kind === 'sampleData');
    await store.signOut();
    assert.equal(store.current.kind, 'signedOut');
  });
});
