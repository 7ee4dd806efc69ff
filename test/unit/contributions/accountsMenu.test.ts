import assert from 'node:assert/strict';
import { accountsMenu } from '../../../src/contributions/accountsMenu';
import type { SessionStore } from '../../../src/session/sessionStore';
import { Computer, environmentOf, settled } from '../../support/windows';

describe('the Accounts menu', () => {
  let computer: Computer;
  beforeEach(() => {
    computer = new Computer('https://api.test', 'https://auth.test');
    computer.fetch = async () => Response.json({});
  });
  afterEach(() => computer.close());

  const signIn = (store: SessionStore, token: string) =>
    store.signIn(environmentOf(store), {
      kind: 'sessionToken',
      token,
      authUrl: 'https://auth.test',
      label: 'ada@example.org',
    });

  /** @param asked is what the user does when asked to sign in */
  async function begin(asked: (store: SessionStore) => Promise<void>) {
    const store = computer.window();
    await store.ready();
    await signIn(store, 'first');
    const changes: number[] = [];
    const menu = accountsMenu({
      session: store,
      signIn: () => asked(store),
      signOut: async () => undefined,
      changed: ({ changed }) => changes.push(changed?.length ?? 0),
    });
    // VS Code asks at once.
    await menu.getSessions(undefined);
    await settled();
    return { store, menu, changes };
  }

  it('gives no token to another extension if the user cancels the sign-in', async () => {
    const { menu } = await begin(async () => undefined);
    await assert.rejects(async () => menu.createSession([]), { name: 'Canceled' });
  });

  it('gives the session of a sign-in that was completed', async () => {
    const { menu } = await begin((store) => signIn(store, 'second'));
    const made = await menu.createSession([]);
    assert.equal(made.accessToken, 'second');
  });

  it('tells other extensions that the token of a session was replaced', async () => {
    const { store, changes } = await begin(async () => undefined);
    await signIn(store, 'second');
    await settled();
    assert.deepEqual(changes, [1]);
  });

  it('gives no token at the start of a window, if the user cancels the sign-in', async () => {
    const { store: first } = await begin(async () => undefined);
    await settled();
    const session = computer.window();
    const menu = accountsMenu({
      session,
      signIn: () => session.ready(),
      signOut: async () => undefined,
      changed: () => undefined,
    });
    assert.equal(first.current.kind, 'signedIn');
    await assert.rejects(async () => menu.createSession([]), { name: 'Canceled' });
  });

  it('gives the session of a sign-in with the same token', async () => {
    const { menu } = await begin((store) => signIn(store, 'first'));
    assert.equal((await menu.createSession([])).accessToken, 'first');
  });
});
