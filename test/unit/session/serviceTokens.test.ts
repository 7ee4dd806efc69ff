import assert from 'node:assert/strict';
import { ApiError } from '../../../src/api/http/errors';
import { listOrganisations } from '../../../src/api/organisations';
import { saveContact } from '../../../src/contacts/saving/saveContact';
import { secretKey } from '../../../src/session/secretKey';
import type { SessionStore } from '../../../src/session/sessionStore';
import { type ApiServer, startApiServer } from '../../support/apiServer';
import { startAuthServer, type TestAuthServer } from '../../support/authServer';
import { silentLog, silentRuntime } from '../../support/silentLog';
import { SteppedClock } from '../../support/steppedClock';
import { Computer, environmentOf, settled } from '../../support/windows';

const client = { id: 'unit-client', secret: 'unit-client-secret' };

describe('a service account', () => {
  let api: ApiServer;
  let auth: TestAuthServer;
  let computer: Computer;
  let valid: string[];
  let given = 0;

  beforeEach(async () => {
    valid = [];
    api = await startApiServer({
      contacts: 30,
      handler: ({ headers }) => {
        const bearer = headers.get('authorization')?.slice('Bearer '.length) ?? '';
        return valid.includes(bearer)
          ? Response.json({ data: [], jsonapi: { version: '1.0' } })
          : Response.json({ errors: [{ title: 'Unauthorised' }] }, { status: 401 });
      },
    });
    auth = await startAuthServer({
      token: '',
      client,
      nextAccess: () => {
        const next = `access-${++given}`;
        valid = [next];
        return next;
      },
    });
    computer = new Computer(api.url, auth.url);
  });
  afterEach(async () => {
    computer.close();
    await Promise.all([api.stop(), auth.stop()]);
  });

  async function signIn(store: SessionStore) {
    await store.ready();
    const account = { clientId: client.id, clientSecret: client.secret, authUrl: auth.url };
    const { signal } = new AbortController();
    const access = await store.signingIn.access(account, signal);
    const held = { kind: 'serviceAccount', ...account, access } as const;
    await store.signingIn.check(environmentOf(store), held, signal);
    await store.signIn(environmentOf(store), held);
  }
  const clientOf = (store: SessionStore) => {
    const { current } = store;
    assert.ok(current.kind === 'signedIn', current.kind);
    return current.account.client;
  };
  const renewals = () => auth.asked().filter((asked) => asked === 'POST /oauth2/token').length;

  it('sends a Bearer token, and never another header with it', async () => {
    const store = computer.window();
    await signIn(store);
    await listOrganisations(clientOf(store));
    for (const { headers } of api.requests) {
      assert.match(headers.authorization ?? '', /^Bearer access-\d+$/);
      assert.equal(headers['x-session-token'], undefined);
    }
    assert.ok(!JSON.stringify([...computer.profiles.values()]).includes(client.secret));
  });

  it('renews before the end, at the next request and not by itself', async () => {
    auth.accessLife = 60;
    const clock = new SteppedClock();
    const store = computer.window(silentLog, clock);
    await signIn(store);
    auth.accessLife = 3600;
    await clock.elapse(60_000);
    assert.equal(renewals(), 1);
    await Promise.all([listOrganisations(clientOf(store)), listOrganisations(clientOf(store))]);
    await listOrganisations(clientOf(store));
    assert.equal(renewals(), 2);
    assert.ok(!api.requests.some(({ headers }, at) => at > 0 && headers.authorization === 'Bearer access-1'));
  });

  it('one that is registered for Basic authentication is renewed by one request each time', async () => {
    await auth.stop();
    auth = await startAuthServer({
      token: '',
      client: { ...client, method: 'client_secret_basic' },
      nextAccess: () => {
        const next = `access-${++given}`;
        valid = [next];
        return next;
      },
    });
    computer.close();
    computer = new Computer(api.url, auth.url);
    const store = computer.window();
    await signIn(store);
    for (const most of [2, 1, 1]) {
      valid = [];
      auth.requests.length = 0;
      await listOrganisations(clientOf(store));
      assert.ok(auth.requests.length <= most, `${auth.requests.length} requests`);
    }
    for (const { headers } of api.requests) assert.match(headers.authorization ?? '', /^Bearer /);
  });

  it('a refused token is replaced once, and the request asked again, a PUT too', async () => {
    const store = computer.window();
    await signIn(store);
    valid = [];
    api.requests.length = 0;
    const { putContact } = await import('../../../src/api/contacts');
    const put = putContact(
      clientOf(store),
      { organisationId: 'o', contactId: 'c' },
      { id: 'c', type: 'contacts', attributes: {} },
      undefined,
    );
    await put.catch(() => undefined);
    assert.deepEqual(
      api.requests.map(({ method, headers }) => [
        method,
        valid.includes(headers.authorization?.slice(7) ?? ''),
      ]),
      [
        ['PUT', false],
        ['PUT', true],
      ],
    );
    assert.equal(store.current.kind, 'signedIn');
    assert.equal(renewals(), 2);
  });

  it('expires when the new one is refused as well, or the secret is', async () => {
    const store = computer.window();
    await signIn(store);
    api.fault = () => ({ status: 401, body: {} });
    api.requests.length = 0;
    await assert.rejects(listOrganisations(clientOf(store)), { reason: 'unauthorised' });
    assert.equal(api.requests.length, 2);
    assert.equal(store.current.kind, 'expired');
    api.fault = undefined;
    await signIn(store);
    valid = [];
    auth.fault = () => ({ status: 401, body: { error: 'invalid_client' } });
    await assert.rejects(listOrganisations(clientOf(store)), { reason: 'unauthorised' });
    assert.equal(store.current.kind, 'expired');
  });

  it('an auth server that is away is no end of the session', async () => {
    const store = computer.window();
    await signIn(store);
    valid = [];
    auth.fault = () => ({ status: 503 });
    await assert.rejects(listOrganisations(clientOf(store)), { reason: 'signInFailed', status: 503 });
    assert.equal(store.current.kind, 'signedIn');
    auth.fault = undefined;
    await listOrganisations(clientOf(store));
  });

  it('what the sign-in server answers to a renewal is told as its own trouble, and nothing was sent', async () => {
    const { ContactStore } = await import('../../../src/contacts/lists/contactStore');
    const { History } = await import('../../../src/contacts/related/history');
    const { isOutcomeUnknown } = await import('../../../src/api/http/errors');
    const store = computer.window();
    await signIn(store);
    const ref = { organisationId: 'o', contactId: 'c' };
    const answers = [
      ...[403, 404, 405, 409, 412, 418, 429, 500, 503].map((status) => ({ status, body: {} })),
      { status: 400, body: { error: 'invalid_request' } },
      { status: 302, headers: { location: 'https://elsewhere.example/' }, body: '' },
      { status: 200, body: '<html>' },
    ];
    for (const answer of answers) {
      valid = [];
      auth.fault = () => answer;
      api.requests.length = 0;
      const contacts = new ContactStore(clientOf(store));
      const error: unknown = await saveContact(contacts, ref, {
        base: { email: 'a' },
        edits: { email: 'b' },
      }).catch((one) => one);
      assert.ok(ApiError.is(error, 'signInFailed'), `${answer.status}: ${error}`);
      assert.ok(!isOutcomeUnknown(error));
      assert.ok(api.requests.every(({ method, headers }) => method === 'GET' && headers.authorization));
      assert.equal(store.current.kind, 'signedIn');
      const history = new History(clientOf(store), silentRuntime);
      await history.probe();
      auth.fault = undefined;
      await history.probe();
      assert.ok(history.offered, `history after ${answer.status}`);
    }
  });

  it('tells how long the sign-in server asks to wait', async () => {
    const store = computer.window();
    await signIn(store);
    valid = [];
    auth.fault = () => ({ status: 503, headers: { 'retry-after': '90' } });
    await assert.rejects(listOrganisations(clientOf(store)), { reason: 'signInFailed', retryAfter: 90 });
  });

  it('a record whose access cannot be read is renewed, and ends no session', async () => {
    const store = computer.window();
    await signIn(store);
    const record = JSON.parse(computer.vault.secrets.get(secretKey(api.url)) ?? '');
    record.access.renewAt = null;
    computer.vault.secrets.set(secretKey(api.url), JSON.stringify(record));
    const next = computer.window();
    await next.ready();
    await listOrganisations(clientOf(next));
    assert.equal(renewals(), 2);
  });

  it('two windows renew once between them, and stay the accounts that they were', async () => {
    const [one, two] = [computer.window(), computer.window()];
    await two.ready();
    await signIn(one);
    await settled();
    const accounts = [clientOf(one), clientOf(two)];
    valid = [];
    await Promise.all([listOrganisations(clientOf(one)), listOrganisations(clientOf(two))]);
    await settled();
    assert.equal(renewals(), 2, 'one for the sign-in, one for both windows');
    assert.deepEqual([clientOf(one), clientOf(two)], accounts);
  });

  it('signed out while it renews, stays signed out', async () => {
    const store = computer.window();
    await signIn(store);
    const asking = clientOf(store);
    valid = [];
    auth.fault = () => {
      computer.vault.secrets.delete(secretKey(api.url));
      return undefined;
    };
    await listOrganisations(asking).catch((error: unknown) => assert.ok(error instanceof ApiError));
    assert.equal(computer.vault.secrets.size, 0);
  });

  it('sends its secret to the server that it was signed in at, whatever the setting says later', async () => {
    const other = await startAuthServer({ token: '', client });
    const store = computer.window();
    await signIn(store);
    computer.authUrl.set(other.url);
    valid = [];
    await listOrganisations(clientOf(store));
    const next = computer.window();
    await next.ready();
    valid = [];
    await listOrganisations(clientOf(next));
    assert.equal(renewals(), 3);
    assert.deepEqual(other.requests, []);
    await other.stop();
  });
});
