import assert from 'node:assert/strict';
import { AuthServer } from '../../../src/session/authServer';
import { ClientWay, requestAccess } from '../../../src/session/clientCredentials';
import { formatCredential, parseCredential } from '../../../src/session/credentials';
import { startAuthServer, type TestAuthServer } from '../../support/authServer';
import { silentLog } from '../../support/silentLog';

const client = { id: 'unit-client', secret: 's&cret=+ü' };

describe('requestAccess', () => {
  let auth: TestAuthServer;
  beforeEach(async () => {
    auth = await startAuthServer({ token: 'access-1', client });
  });
  afterEach(() => auth.stop());
  const ask = (clientSecret = client.secret) =>
    requestAccess(new AuthServer(auth.url, (input, init) => fetch(input, init), silentLog), {
      clientId: client.id,
      clientSecret,
    });

  it('sends a form, with the secret in the body and nowhere else', async () => {
    const access = await ask();
    assert.equal(access.token, 'access-1');
    const [request] = auth.requests;
    assert.equal(request?.headers['content-type'], 'application/x-www-form-urlencoded; charset=utf-8');
    assert.equal(request?.headers.authorization, undefined);
    assert.equal(request?.path, '/oauth2/token');
    assert.deepEqual(Object.fromEntries(new URLSearchParams(request?.body)), {
      grant_type: 'client_credentials',
      client_id: client.id,
      client_secret: client.secret,
    });
  });

  describe('of a client that is registered for Basic authentication', () => {
    const odd = { id: 'unit:client ü', secret: 's&cret=+% ü:/' };
    const basic = async (known = odd) => {
      await auth.stop();
      auth = await startAuthServer({
        token: 'access-1',
        client: { ...known, method: 'client_secret_basic' },
      });
    };
    const lines: string[] = [];
    const log = { ...silentLog, debug: (line: string) => void lines.push(line) };
    const server = () => new AuthServer(auth.url, (input, init) => fetch(input, init), log);
    const account = { clientId: odd.id, clientSecret: odd.secret };

    it('is let in by the second request, whose body holds no secret', async () => {
      await basic();
      lines.length = 0;
      const access = await requestAccess(server(), account);
      assert.equal(access.token, 'access-1');
      const [first, second, ...others] = auth.requests;
      assert.equal(first?.headers.authorization, undefined);
      assert.match(second?.headers.authorization ?? '', /^Basic [A-Za-z\d+/]+=*$/);
      assert.equal(second?.body, 'grant_type=client_credentials');
      assert.equal(second?.path, '/oauth2/token');
      assert.equal(others.length, 0);
      const encoded = second?.headers.authorization?.slice('Basic '.length) ?? '';
      for (const secret of [odd.secret, encoded, encodeURIComponent(odd.secret)])
        assert.ok(!lines.join('\n').includes(secret), 'the log does not hold it');
    });

    it('is asked for in that way from then on', async () => {
      await basic();
      const way = new ClientWay();
      await requestAccess(server(), account, undefined, way);
      await requestAccess(server(), account, undefined, way);
      await requestAccess(server(), account, undefined, way);
      assert.equal(auth.requests.length, 4);
      // The registration of the client has changed.
      const { url } = auth;
      await auth.stop();
      auth = await startAuthServer({ token: 'access-2', client: odd });
      assert.notEqual(auth.url, url);
      await requestAccess(server(), account, undefined, way);
      assert.equal(auth.requests.length, 2);
    });

    it('is told that the secret is wrong, after one request of each kind', async () => {
      await basic();
      await assert.rejects(requestAccess(server(), { ...account, clientSecret: 'wrong' }), {
        reason: 'unauthorised',
      });
      assert.equal(auth.requests.length, 2);
    });

    it('a server that knows no such way has still said that the secret is wrong', async () => {
      auth.fault = ({ headers }) =>
        headers.authorization === undefined
          ? { status: 401, body: { error: 'invalid_client' } }
          : { status: 400, body: { error: 'invalid_request' } };
      await assert.rejects(ask(), { reason: 'unauthorised' });
      auth.fault = ({ headers }) =>
        headers.authorization === undefined
          ? { status: 401, body: { error: 'invalid_client' } }
          : { status: 503, body: {} };
      await assert.rejects(ask(), { reason: 'server' });
    });

    it('nothing but an unknown client leads to a second request', async () => {
      for (const answer of [
        { status: 401, body: { error: 'access_denied' } },
        { status: 400, body: { error: 'unauthorized_client' } },
        { status: 403, body: '<html>' },
        {
          status: 302,
          headers: { location: 'https://elsewhere.example/' },
          body: { error: 'invalid_client' },
        },
      ]) {
        auth.requests.length = 0;
        auth.fault = () => answer;
        await assert.rejects(ask(), { name: 'ApiError' });
        assert.equal(auth.requests.length, 1);
      }
    });
  });

  it('renews a minute ahead, half way through a short life, and on a refusal where no end is told', async () => {
    const left = async (life: number | undefined) => {
      auth.accessLife = life;
      const { renewAt } = await ask();
      return renewAt === undefined ? undefined : Math.round((renewAt - Date.now()) / 1000);
    };
    assert.deepEqual([await left(3600), await left(10), await left(undefined)], [3540, 5, undefined]);
  });

  it('keeps a record that can be read again, whatever life the server promises', async () => {
    for (const life of [1e306, 1.7e308, 1e20, 2 ** 53]) {
      auth.accessLife = life;
      const access = await ask();
      const held = {
        kind: 'serviceAccount',
        clientId: 'c',
        clientSecret: 's',
        authUrl: auth.url,
        access,
      } as const;
      assert.deepEqual(parseCredential('o', formatCredential('o', held)), held, String(life));
      assert.ok(!Number.isNaN(new Date(access.renewAt ?? 0).getTime()));
    }
  });

  it('an answer that nests without end is only not understood', async () => {
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    for (const status of [200, 400]) {
      auth.fault = () => ({ status, body: deep });
      await assert.rejects(ask(), { name: 'ApiError' });
    }
  });

  it('tells a wrong secret from a server’s trouble', async () => {
    await assert.rejects(ask('wrong'), { reason: 'unauthorised' });
    auth.fault = () => ({ status: 400, body: { error: 'invalid_client' } });
    await assert.rejects(ask(), { reason: 'unauthorised' });
    auth.fault = () => ({ status: 503, body: { error: 'temporarily_unavailable' } });
    await assert.rejects(ask(), { reason: 'server' });
    for (const body of [
      '<html>',
      {},
      { access_token: '' },
      { access_token: 'a b' },
      { access_token: 'a', token_type: 'mac' },
    ]) {
      auth.fault = () => ({ status: 200, body });
      await assert.rejects(ask(), { reason: 'badResponse' }, JSON.stringify(body));
    }
  });
});
