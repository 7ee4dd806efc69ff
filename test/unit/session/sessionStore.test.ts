import assert from 'node:assert/strict';
import { listOrganisations } from '../../../src/api/organisations';
import { secretKey } from '../../../src/session/secretKey';
import type { Session } from '../../../src/session/session';
import { type ApiServer, startApiServer } from '../../support/apiServer';
import { startAuthServer, type TestAuthServer } from '../../support/authServer';
import { newGate } from '../../support/gate';
import { silentLog } from '../../support/silentLog';
import { SteppedClock } from '../../support/steppedClock';
import { Computer, environmentOf, settled } from '../../support/windows';

describe('SessionStore', () => {
  let server: ApiServer;
  let computer: Computer;
  before(async () => {
    server = await startApiServer({ contacts: 30 });
  });
  after(() => server.stop());
  beforeEach(() => {
    computer = new Computer(server.url);
  });
  afterEach(() => computer.close());
  const openWindow = () => computer.window();
  const environment = environmentOf;
  const held = (token: string) => ({ kind: 'sessionToken', token }) as const;

  it('asks nobody and reads nothing until it is needed', () => {
    assert.equal(openWindow().current.kind, 'starting');
  });

  it('checks a token before it is kept', async () => {
    const store = openWindow();
    await store.ready();
    const { signal } = new AbortController();
    await assert.rejects(store.signingIn.check(environment(store), held('wrong'), signal), {
      reason: 'unauthorised',
    });
    await store.signingIn.check(environment(store), held(server.token), signal);
    assert.equal(computer.vault.secrets.size, 0);
  });

  it('keeps the token with its origin, and another window follows in and out', async () => {
    const [one, two] = [openWindow(), openWindow()];
    await Promise.all([one.ready(), two.ready()]);
    await one.signIn(environment(one), held(server.token));
    await settled();
    assert.deepEqual([one.current.kind, two.current.kind], ['signedIn', 'signedIn']);
    assert.equal(JSON.parse(computer.vault.secrets.get(secretKey(server.url)) ?? '').origin, server.url);
    await two.signOut();
    await settled();
    assert.deepEqual([one.current.kind, two.current.kind], ['signedOut', 'signedOut']);
    assert.equal(computer.vault.secrets.size, 0);
  });

  it('makes one account of one sign-in, though SecretStorage echoes it', async () => {
    const store = openWindow();
    await store.ready();
    const accounts = new Set<unknown>();
    store.onDidChange((session) => session.kind === 'signedIn' && accounts.add(session.account));
    await store.signIn(environment(store), held(server.token));
    await settled();
    assert.equal(accounts.size, 1);
  });

  it('is signed out at another origin, and finds the session again on the way back', async () => {
    const store = openWindow();
    await store.ready();
    await store.signIn(environment(store), held(server.token));
    computer.apiUrl.set('https://elsewhere.example');
    await settled();
    assert.equal(store.current.kind, 'signedOut');
    computer.apiUrl.set(server.url);
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
      computer.vault.secrets.set(secretKey(server.url), text);
      const store = openWindow();
      await store.ready();
      assert.equal(store.current.kind, 'signedOut');
      assert.equal(computer.vault.secrets.get(secretKey(server.url)), text, 'nothing is deleted');
    }
  });

  it('is misconfigured by a bad address, and sends nothing', async () => {
    computer.apiUrl.set('http://example.org');
    const store = openWindow();
    await store.ready();
    assert.deepEqual(store.current, { kind: 'misconfigured', problem: 'notHttps' });
  });

  it('expires when the API no longer takes the token', async () => {
    const store = openWindow();
    await store.ready();
    await store.signIn(environment(store), held('wrong'));
    const session = store.current;
    assert.equal(session.kind, 'signedIn');
    if (session.kind !== 'signedIn') return;
    await assert.rejects(listOrganisations(session.account.client));
    assert.deepEqual(store.current, { kind: 'expired', account: session.account });
  });

  it('goes on with sample data that is chosen again', async () => {
    const store = openWindow();
    await store.ready();
    await store.useSampleData();
    const before = store.current;
    await store.useSampleData();
    assert.equal(store.current, before);
  });

  it('stays in sample data that is chosen while the keyring is read', async () => {
    const store = openWindow();
    await store.ready();
    const read = newGate();
    const get = computer.vault.get.bind(computer.vault);
    computer.vault.get = async (key) => {
      await read.opened;
      return get(key);
    };
    computer.apiUrl.set('https://elsewhere.example');
    await store.useSampleData();
    const chosen = store.current;
    read.open();
    await settled();
    assert.equal(store.current, chosen);
  });

  it('is ready although the name of the account cannot be noted', async () => {
    const store = openWindow();
    await store.ready();
    await store.signIn(environment(store), held(server.token));
    computer.profiles.clear();
    computer.profiles.set = () => assert.fail('the disk is full');
    const next = openWindow();
    await next.ready();
    assert.equal(next.current.kind, 'signedIn');
  });

  for (const other of ['signs in', 'signs out'] as const)
    it(`goes by what is stored if another window ${other} during a sign-in`, async () => {
      const [one, two] = [openWindow(), openWindow()];
      await Promise.all([one.ready(), two.ready()]);
      const [stored, goOn] = [newGate(), newGate()];
      computer.leavingSampleData = () => {
        stored.open();
        return goOn.opened;
      };
      const signingIn = one.signIn(environment(one), held('one'));
      await stored.opened;
      if (other === 'signs in') await two.signIn(environment(two), held('two'));
      else await two.signOut();
      await settled();
      goOn.open();
      await signingIn;
      const { current } = one;
      if (other === 'signs out') return assert.equal(current.kind, 'signedOut');
      assert.ok(current.kind === 'signedIn');
      await assert.rejects(listOrganisations(current.account.client));
      assert.equal(server.requests.at(-1)?.headers['x-session-token'], 'two');
    });

  it('leaves sample data by signing out', async () => {
    const store = openWindow();
    await store.ready();
    await store.useSampleData();
    assert.ok(store.current.kind === 'signedIn' && store.current.account.kind === 'sampleData');
    await store.signOut();
    assert.equal(store.current.kind, 'signedOut');
  });

  describe('with a server where one signs in', () => {
    let auth: TestAuthServer;
    beforeEach(async () => {
      auth = await startAuthServer({ token: server.token });
      computer.authUrl.set(auth.url);
    });
    afterEach(() => auth.stop());
    const bound = () => ({ ...held(server.token), authUrl: auth.url, label: 'ada@example.org' });

    it('signing out ends the session at the server that it was signed in at, and nowhere else', async () => {
      const other = await startAuthServer({ token: '' });
      const store = openWindow();
      await store.ready();
      await store.signIn(environment(store), bound());
      computer.authUrl.set(other.url);
      await store.signOut();
      assert.deepEqual(auth.revoked, [server.token]);
      assert.deepEqual(other.requests, []);
      assert.deepEqual([computer.vault.secrets.size, computer.profiles.size], [0, 0]);
      await other.stop();
    });

    it('signing out removes the session here when the server does not answer', async () => {
      const store = openWindow();
      await store.ready();
      await store.signIn(environment(store), bound());
      await auth.stop();
      await store.signOut();
      assert.deepEqual([store.current.kind, computer.vault.secrets.size], ['signedOut', 0]);
    });

    it('signs out of an environment that is not the active one', async () => {
      const store = openWindow();
      await store.ready();
      await store.signIn(environment(store), bound());
      computer.apiUrl.set('https://elsewhere.example');
      await settled();
      await store.signIn(environment(store), held('other'));
      await store.signOut(server.url);
      assert.equal(store.current.kind, 'signedIn');
      assert.deepEqual(auth.revoked, [server.token]);
      assert.deepEqual([...computer.profiles.keys()], ['https://elsewhere.example']);
    });
  });

  it('is signed in to several environments, and each gets its own token', async () => {
    const second = await startApiServer({ token: 'second-token' });
    const store = openWindow();
    await store.ready();
    await store.signIn(environment(store), held(server.token));
    computer.apiUrl.set(second.url);
    await settled();
    await store.signIn(environment(store), held('second-token'));
    server.requests.length = 0;
    for (const url of [server.url, second.url, server.url]) {
      computer.apiUrl.set(url);
      await settled();
      assert.ok(store.current.kind === 'signedIn');
      await listOrganisations(store.current.account.client);
    }
    const tokens = (one: ApiServer) => [
      ...new Set(one.requests.map(({ headers }) => headers['x-session-token'])),
    ];
    assert.deepEqual([tokens(server), tokens(second)], [[server.token], ['second-token']]);
    await second.stop();
  });

  describe('a keyring that forgets', () => {
    const isLost = (session: Session) => session.kind === 'signedOut' && session.lost;

    it('loses no profile, and is told from signing out', async () => {
      const first = openWindow();
      await first.ready();
      await first.signIn(environment(first), held(server.token));
      computer.vault.secrets.clear();
      const store = openWindow();
      await store.ready();
      assert.ok(isLost(store.current));
      assert.equal(computer.profiles.size, 1);
      await store.signIn(environment(store), held(server.token));
      assert.equal(store.current.kind, 'signedIn');
      await store.signOut();
      assert.ok(!isLost(store.current));
    });

    it('at once: the session lasts as long as the window', async () => {
      computer.vault.forgets = true;
      const store = openWindow();
      await store.ready();
      await store.signIn(environment(store), held(server.token));
      await settled();
      assert.equal(store.current.kind, 'signedIn');
      const next = openWindow();
      await next.ready();
      assert.ok(next.current.kind === 'signedOut' && next.current.lost);
    });

    for (const isTold of [true, false])
      it(`that keeps an older secret is not believed, ${isTold ? 'with' : 'without'} an event`, async () => {
        const store = openWindow();
        await store.ready();
        await store.signIn(environment(store), held('old'));
        await settled();
        if (isTold) computer.vault.forgets = true;
        else computer.vault.store = async () => undefined;
        await store.signIn(environment(store), held(server.token));
        await settled();
        assert.ok(store.current.kind === 'signedIn');
        await listOrganisations(store.current.account.client);
        assert.equal(server.requests.at(-1)?.headers['x-session-token'], server.token);
      });

    it('fails, and nothing is deleted', async () => {
      const first = openWindow();
      await first.ready();
      await first.signIn(environment(first), held(server.token));
      computer.vault.get = () => Promise.reject(new Error('locked'));
      const store = openWindow();
      await store.ready();
      assert.ok(store.current.kind === 'signedOut' && store.current.lost);
      assert.deepEqual([computer.vault.secrets.size, computer.profiles.size], [1, 1]);
    });

    it('fails after a change in another window, and is what the view tells', async () => {
      const [one, two] = [openWindow(), openWindow()];
      await Promise.all([one.ready(), two.ready()]);
      await one.signIn(environment(one), held(server.token));
      await settled();
      computer.vault.get = () => Promise.reject(new Error('locked'));
      // Another window renews the credential, for example.
      for (const [key, value] of computer.vault.secrets) await computer.vault.store(key, value);
      await settled();
      assert.ok(two.current.kind === 'signedOut' && two.current.lost);
    });

    it('is not suspected when another window signed out', async () => {
      const [one, two] = [openWindow(), openWindow()];
      await Promise.all([one.ready(), two.ready()]);
      await one.signIn(environment(one), held(server.token));
      await settled();
      // A window may notice the change of the profile after that of the secret.
      computer.profiles.delete = () => false;
      await one.signOut();
      await settled();
      assert.ok(two.current.kind === 'signedOut' && !two.current.lost);
    });
  });

  describe('a session with a known end', () => {
    let clock: SteppedClock;
    beforeEach(() => {
      clock = new SteppedClock();
    });
    const signedIn = async (ms: number) => {
      const store = computer.window(silentLog, clock);
      await store.ready();
      const seen: string[] = [];
      store.onDidChange((session) =>
        seen.push(session.kind === 'signedIn' && session.endsSoon ? 'endsSoon' : session.kind),
      );
      await store.signIn(environment(store), { ...held(server.token), expiresAt: clock.now() + ms });
      return { store, seen };
    };

    it('is told ten minutes before it ends', async () => {
      const { store, seen } = await signedIn(10 * 60_000 + 100);
      const { current } = store;
      clock.advance(99);
      assert.deepEqual(seen, ['signedIn']);
      clock.advance(1);
      assert.deepEqual(seen, ['signedIn', 'endsSoon']);
      assert.ok(current.kind === 'signedIn' && store.current.kind === 'signedIn');
      assert.equal(store.current.account, current.account);
    });

    it('expires at its end without asking anybody, however far away that is', async () => {
      server.requests.length = 0;
      const year = 365 * 24 * 3_600_000;
      const { seen } = await signedIn(year);
      clock.advance(year - 1);
      assert.deepEqual(seen, ['signedIn', 'endsSoon']);
      clock.advance(1);
      assert.deepEqual(seen, ['signedIn', 'endsSoon', 'expired']);
      assert.deepEqual(server.requests, []);
    });

    it('is expired when it is found after its end', async () => {
      await signedIn(20);
      clock.advance(30);
      const store = computer.window(silentLog, clock);
      await store.ready();
      assert.equal(store.current.kind, 'expired');
    });

    it('is not ended by a clock that is wrong', async () => {
      const { seen } = await signedIn(-1000);
      assert.deepEqual(seen, ['signedIn']);
    });
  });
});
