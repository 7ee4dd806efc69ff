import assert from 'node:assert/strict';
import fc from 'fast-check';
import { listOrganisations } from '../../../src/api/organisations';
import { knownEnvironments } from '../../../src/session/environment';
import { secretKey } from '../../../src/session/secretKey';
import type { SessionStore } from '../../../src/session/sessionStore';
import { type ApiServer, startApiServer } from '../../support/apiServer';
import { startAuthServer, type TestAuthServer } from '../../support/authServer';
import { silentLog } from '../../support/silentLog';
import { SteppedClock } from '../../support/steppedClock';
import { until } from '../../support/until';
import { Computer, environmentOf, holdStore, settled } from '../../support/windows';

const client = { id: 'unit-client', secret: 'unit-client-secret' };
const label = 'ada@example.org';

describe('signing out', () => {
  let api: ApiServer;
  let auth: TestAuthServer;
  let computer: Computer;
  before(async () => {
    let given = 0;
    api = await startApiServer({
      handler: ({ headers }) =>
        headers.get('authorization') === 'Bearer refused'
          ? Response.json({ errors: [] }, { status: 401 })
          : Response.json({ data: [] }),
    });
    auth = await startAuthServer({ token: '', client, nextAccess: () => `access-${++given}` });
  });
  after(async () => {
    await Promise.all([api.stop(), auth.stop()]);
  });
  beforeEach(() => {
    auth.requests.length = 0;
    auth.revoked.length = 0;
    computer = new Computer(api.url, auth.url);
  });
  afterEach(() => computer.close());

  const service = () => ({
    kind: 'serviceAccount' as const,
    clientId: client.id,
    clientSecret: client.secret,
    authUrl: auth.url,
    access: { token: 'refused' },
  });
  const token = (text: string) => ({ kind: 'sessionToken', token: text, authUrl: auth.url, label }) as const;
  const open = async (clock?: SteppedClock) => {
    const store = computer.window(silentLog, clock);
    await store.ready();
    return store;
  };
  const clientOf = ({ current }: SessionStore) =>
    current.kind === 'signedIn' ? current.account.client : assert.fail(current.kind);
  const isNothingLeft = async () => {
    const next = await open();
    assert.ok(next.current.kind === 'signedOut' && !next.current.lost);
    assert.deepEqual([computer.vault.secrets.size, computer.profiles.size], [0, 0]);
  };

  it('leaves nothing behind while a token is renewed, however slow the keyring is', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 0, max: 14 }),
        fc.boolean(),
        async (delays, moment, elsewhere) => {
          computer = new Computer(api.url, auth.url);
          const clock = new SteppedClock();
          const one = await open(clock);
          await one.signIn(environmentOf(one), service());
          const two = await open(clock);
          let at = 0;
          let pauses = 0;
          let signingOut: Promise<void> | undefined;
          const signOut = () => {
            signingOut ??= (elsewhere ? two : one).signOut();
          };
          computer.vault.delay = () => {
            if (pauses++ === moment) signOut();
            return new Promise((resolve) => clock.after(delays[at++ % delays.length] ?? 0, resolve));
          };
          const asking = clientOf(one);
          await clock.runUntil(listOrganisations(asking).catch(() => undefined));
          signOut();
          await clock.runUntil(signingOut ?? assert.fail());
          // Pending writes reach the keyring.
          await clock.runUntil(computer.vault.get('nothing').then(() => computer.vault.get('nothing')));
          computer.vault.delay = async () => undefined;
          await settled();
          await isNothingLeft();
          assert.deepEqual([one.current.kind, two.current.kind], ['signedOut', 'signedOut']);
          computer.close();
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is not undone by a window that notes who is signed in', async () => {
    const one = await open();
    await one.signIn(environmentOf(one), token('t'));
    await settled();
    computer.profiles.clear();
    let reads = 0;
    const get = computer.vault.get.bind(computer.vault);
    computer.vault.get = async (key) => {
      const found = await get(key);
      // Another window signs out just after this one has read the secret.
      if (reads++ === 0) await computer.vault.delete(secretKey(api.url));
      return found;
    };
    const two = await open();
    await settled();
    assert.equal(computer.profiles.size, 0);
    assert.ok(two.current.kind === 'signedOut' && !two.current.lost);
  });

  for (const refuses of ['with an error', 'silently'] as const) {
    it(`is not half done where the keyring refuses ${refuses}, and can be done again`, async () => {
      const store = await open();
      await store.signIn(environmentOf(store), token('t'));
      computer.vault.keeps = refuses;
      await assert.rejects(store.signOut(), { name: 'KeyringError', refused: 'delete' });
      await settled();
      assert.equal(store.current.kind, 'signedIn');
      assert.deepEqual([computer.vault.secrets.size, computer.profiles.size], [1, 1]);
      assert.deepEqual(auth.revoked, [], 'the session lasts at the server');
      computer.vault.keeps = 'no';
      await store.signOut();
      assert.deepEqual(auth.revoked, ['t']);
      await isNothingLeft();
    });
  }

  it('is not told where the keyring cannot tell if it deleted the secret', async () => {
    const store = await open();
    await store.signIn(environmentOf(store), token('t'));
    await settled();
    computer.vault.keeps = 'silently';
    computer.vault.get = () => Promise.reject(new Error('locked'));
    await assert.rejects(store.signOut(), { name: 'KeyringError', refused: 'delete' });
    assert.equal(computer.profiles.size, 1);
  });

  it('ends the session that another window stores meanwhile', async () => {
    const [one, two] = [await open(), await open()];
    await one.signIn(environmentOf(one), token('old'));
    await settled();
    const { called, goOn } = holdStore(computer.vault);
    const signingIn = two.signIn(environmentOf(two), token('new'));
    await called.opened;
    const signingOut = one.signOut();
    await settled();
    goOn.open();
    await Promise.all([signingIn, signingOut]);
    await until('both ends', () => auth.revoked.length === 2);
    assert.deepEqual(auth.revoked.toSorted(), ['new', 'old']);
    await isNothingLeft();
  });

  it('a keyring that takes nothing leaves the session before as it was', async () => {
    const store = await open();
    await store.signIn(environmentOf(store), token('first'));
    computer.vault.store = () => Promise.reject(new Error('locked'));
    await assert.rejects(store.signIn(environmentOf(store), token('second')), {
      name: 'KeyringError',
      refused: 'store',
    });
    assert.equal(computer.profiles.size, 1);
    assert.match(computer.vault.secrets.get(secretKey(api.url)) ?? '', /first/);
    assert.deepEqual(auth.revoked, []);
  });

  it('a renewed token that the keyring does not take is used all the same', async () => {
    const store = await open();
    await store.signIn(environmentOf(store), service());
    computer.vault.store = () => Promise.reject(new Error('locked'));
    await listOrganisations(clientOf(store));
  });

  it('signing in over a session that lasts ends the one before, at its own server', async () => {
    const other = await startAuthServer({ token: '' });
    const store = await open();
    await store.signIn(environmentOf(store), { ...token('first'), authUrl: other.url });
    await store.signIn(environmentOf(store), token('second'));
    await until('the first session to be ended', () => other.revoked.length === 1);
    assert.deepEqual([other.revoked, auth.revoked], [['first'], []]);
    await store.signIn(environmentOf(store), token('second'));
    await store.signIn(environmentOf(store), service());
    await until('the second session to be ended', () => auth.revoked.length === 1);
    assert.deepEqual(auth.revoked, ['second'], 'the same one is not ended by signing in again');
    await other.stop();
  });

  it('of two windows that sign in at once, none leaves a session behind', async () => {
    const [one, two] = [await open(), await open()];
    await Promise.all([
      one.signIn(environmentOf(one), token('one')),
      two.signIn(environmentOf(two), token('two')),
    ]);
    await until('one of them to be ended', () => auth.revoked.length === 1);
    await one.signOut();
    assert.deepEqual(auth.revoked.toSorted(), ['one', 'two']);
  });

  it('a token that was pasted goes to no sign-in server that a setting names', async () => {
    const pasted = { kind: 'sessionToken', token: 'pasted', authUrl: auth.url } as const;
    const store = await open();
    await store.signIn(environmentOf(store), pasted);
    await store.signOut();
    await store.signIn(environmentOf(store), pasted);
    await store.signIn(environmentOf(store), { ...pasted, token: 'next' });
    await settled();
    assert.deepEqual(auth.requests, []);
    await store.signOut();
    await isNothingLeft();
  });

  it('a token that was pasted for a known API goes to the sign-in server of that API', async () => {
    const asked: string[] = [];
    const [production] = knownEnvironments;
    computer = new Computer(production.apiUrl, auth.url);
    computer.fetch = async (input) => {
      asked.push(input);
      return new Response(null, { status: 204 });
    };
    const store = await open();
    await store.signIn(environmentOf(store), { kind: 'sessionToken', token: 'pasted' });
    await store.signOut();
    assert.deepEqual(asked, [`${production.authUrl}/self-service/logout/api`]);
    assert.deepEqual(auth.requests, []);
  });

  it('a sign-in server that an environment was given stays with it after a pasted token', async () => {
    const store = await open();
    await store.keyring.remember(environmentOf(store), auth.url);
    await store.signIn(environmentOf(store), { kind: 'sessionToken', token: 'pasted' });
    assert.equal(computer.profiles.get(api.url)?.authUrl, auth.url);
  });
});
