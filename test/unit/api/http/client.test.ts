import assert from 'node:assert/strict';
import { getContact, listContacts, putContact } from '../../../../src/api/contacts';
import { ApiClient } from '../../../../src/api/http/client';
import { ApiError, type ApiErrorReason } from '../../../../src/api/http/errors';
import { listOrganisations } from '../../../../src/api/organisations';
import { type ApiServer, type Fault, startApiServer } from '../../../support/apiServer';

const lines: string[] = [];
const log = {
  debug: (line: string) => void lines.push(line),
  info: (line: string) => void lines.push(line),
  warn: (line: string) => void lines.push(line),
  error: (line: string) => void lines.push(line),
};

describe('ApiClient', () => {
  let server: ApiServer;
  let client: ApiClient;
  let organisationId: string;
  let contactId: string;
  const credential = async () => ({ 'X-Session-Token': server.token });

  before(async () => {
    server = await startApiServer({ contacts: 30 });
    client = new ApiClient(
      { baseUrl: server.url, fetch: (input, init) => fetch(input, init), authHeaders: credential },
      log,
    );
    organisationId = (await listOrganisations(client)).resources[0]?.id ?? '';
    contactId = (await listContacts(client, organisationId, { offset: 0 })).resources[0]?.id ?? '';
  });
  after(() => server.stop());
  beforeEach(() => {
    server.requests.length = 0;
    server.fault = undefined;
    lines.length = 0;
  });
  const ref = () => ({ organisationId, contactId });
  const read = () => getContact(client, ref());
  const put = async () => {
    server.fault = undefined;
    const { resource } = await read();
    server.requests.length = 0;
    return { id: resource.id, type: resource.type, attributes: resource.attributes ?? {} };
  };

  it('sends the token in its one header, and the JSON:API media type without parameters', async () => {
    const update = await put();
    await putContact(client, ref(), update);
    const [request] = server.requests;
    assert.equal(server.requests.length, 1);
    assert.equal(request?.method, 'PUT');
    assert.equal(request?.path, `/v3/orgs/${organisationId}/customers/contacts/${contactId}`);
    assert.equal(request?.headers['content-type'], 'application/vnd.api+json');
    assert.match(request?.headers.accept ?? '', /application\/vnd\.api\+json/);
    assert.equal(request?.headers['x-session-token'], server.token);
    assert.equal(request?.headers.authorization, undefined);
    assert.deepEqual(request?.json, { data: update });
    assert.ok(!lines.join('\n').includes(server.token));
  });

  const faults: [string, Fault, ApiErrorReason, number][] = [
    ['401', { status: 401, body: { errors: [] } }, 'unauthorised', 1],
    ['403', { status: 403, body: {} }, 'forbidden', 1],
    ['404', { status: 404, raw: '' }, 'notFound', 1],
    ['405', { status: 405, body: {} }, 'methodNotAllowed', 1],
    ['409', { status: 409, body: {} }, 'conflict', 1],
    ['422', { status: 422, body: {} }, 'invalid', 1],
    ['429', { status: 429, body: {} }, 'rateLimited', 1],
    ['500', { status: 500, body: {} }, 'server', 2],
    ['503 with HTML', { status: 503, raw: '<h1>Sorry</h1>' }, 'server', 2],
    ['HTML with a JSON type', { status: 200, raw: '<html>Log in</html>' }, 'badResponse', 1],
    ['JSON that is no document', { status: 200, body: { hello: 1 } }, 'badResponse', 1],
    ['an error document', { status: 200, body: { errors: [{ title: 'No' }] } }, 'errorDocument', 1],
    ['a bare error', { status: 201, body: { title: 'No', detail: 'Not today' } }, 'errorDocument', 1],
    ['errors beside null', { status: 202, body: { data: null, errors: [] } }, 'errorDocument', 1],
    ['an empty answer', { status: 200, raw: '' }, 'badResponse', 1],
    ['a redirect', { status: 302, headers: { location: 'https://example.org/' }, raw: '' }, 'redirected', 1],
    ['a dropped connection', { drop: 'before' }, 'unreachable', 2],
  ];
  for (const [what, fault, reason, tries] of faults) {
    it(`GET: ${what} is "${reason}" after ${tries} of at most 2 tries`, async () => {
      server.fault = () => fault;
      await assert.rejects(read(), { name: 'ApiError', reason });
      assert.equal(server.requests.length, tries);
    });

    it(`PUT: ${what} is tried once`, async () => {
      const update = await put();
      server.fault = () => fault;
      const outcome = putContact(client, ref(), update);
      if (what === 'an empty answer' || what === 'JSON that is no document')
        assert.equal(await outcome, undefined);
      else await assert.rejects(outcome, { name: 'ApiError', reason });
      assert.equal(server.requests.length, 1);
    });
  }

  it('an empty list beside errors is no list in which nobody is', async () => {
    server.fault = () => ({
      status: 200,
      body: { data: [], errors: [{ title: 'The index is being built' }] },
    });
    const list = listContacts(client, ref().organisationId, { offset: 0 });
    await assert.rejects(list, { name: 'ApiError', reason: 'errorDocument' });
  });

  it('errors beside a resource leave open whether a PUT was carried out', async () => {
    const update = await put();
    server.fault = () => ({ status: 200, body: { data: update, errors: [{ title: 'No' }] } });
    await assert.rejects(putContact(client, ref(), update), { name: 'ApiError', reason: 'badResponse' });
  });

  it('an error document keeps its problems, whatever its status', async () => {
    const problem = { title: 'No', detail: 'email is taken', meta: { field: 'email' } };
    server.fault = () => ({ status: 200, body: { errors: [problem] } });
    await assert.rejects(read(), {
      reason: 'errorDocument',
      status: 200,
      traceId: 'trace-test',
      problems: [{ title: 'No', detail: 'email is taken', field: 'email' }],
    });
  });

  it('a GET that the server asks to wait with is not asked again at once', async () => {
    server.fault = () => ({ status: 503, headers: { 'retry-after': '60' }, body: {} });
    await assert.rejects(read(), { reason: 'server', retryAfter: 60 });
    assert.equal(server.requests.length, 1);
  });

  it('a request that is cancelled does not wait for its credential', async () => {
    const abort = new AbortController();
    const waiting = new ApiClient(
      {
        baseUrl: server.url,
        fetch: (input, init) => fetch(input, init),
        authHeaders: () => new Promise(() => undefined),
      },
      log,
    );
    const reading = getContact(waiting, ref(), abort.signal);
    abort.abort();
    await assert.rejects(reading, { name: 'AbortError' });
    assert.equal(server.requests.length, 0);
  });

  it('a GET that fails once succeeds', async () => {
    server.fault = () => (server.requests.length === 1 ? { status: 502, raw: 'bad gateway' } : undefined);
    assert.equal((await read()).resource.id, contactId);
  });

  it('an error keeps what support needs, and nothing of the request', async () => {
    const body = {
      errors: [{ title: 'No', detail: 'email is taken', meta: { field: 'email', value: 'x' } }],
    };
    server.fault = () => ({ status: 422, headers: { 'x-trace-id': 'trace-1' }, body });
    const error = await read().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof Error && error.cause === undefined);
    assert.deepEqual(Object.fromEntries(Object.entries(error)), {
      name: 'ApiError',
      reason: 'invalid',
      status: 422,
      problems: [{ title: 'No', detail: 'email is taken', field: 'email' }],
      traceId: 'trace-1',
      code: undefined,
      retryAfter: undefined,
      retryAt: undefined,
    });
    const { inspect } = await import('node:util');
    assert.ok(!inspect(error, { depth: 9, showHidden: true }).includes(server.token));
  });

  it('keeps a token that a proxy repeats out of messages and the log', async () => {
    const said = { errors: [{ title: `Got ${server.token}`, detail: `X-Session-Token: ${server.token}` }] };
    for (const status of [200, 403, 500]) {
      server.fault = () => ({ status, body: said, headers: { 'x-trace-id': `t-${server.token}` } });
      const error = await read().catch((thrown: unknown) => thrown);
      assert.ok(error instanceof ApiError);
      const [problem] = error.problems;
      assert.deepEqual(
        [problem?.title, problem?.detail, error.traceId],
        ['Got …', 'X-Session-Token: …', 't-…'],
      );
    }
    server.fault = undefined;
    assert.ok(!lines.join('\n').includes(server.token), 'the log has the token');
  });

  it('a server that is not there is told by its code', async () => {
    const nobody = new ApiClient(
      { baseUrl: 'http://127.0.0.1:9', fetch: (i, o) => fetch(i, o), authHeaders: credential },
      log,
    );
    await assert.rejects(getContact(nobody, ref()), { reason: 'unreachable' });
  });

  it('a cancelled request is an AbortError and is not tried again', async () => {
    const abort = new AbortController();
    server.fault = () => {
      setImmediate(() => abort.abort());
      return { held: new Promise(() => undefined) };
    };
    await assert.rejects(getContact(client, ref(), abort.signal), { name: 'AbortError' });
    assert.equal(server.requests.length, 1);
  });

  it('an id that would climb up the path goes nowhere', async () => {
    await assert.rejects(getContact(client, { organisationId: '..', contactId: '..' }), RangeError);
    assert.equal(server.requests.length, 0);
  });

  it('reads a contact without its related records where the API will not include them', async () => {
    const refusal = {
      errors: [{ title: 'A validation error was encountered', source: { parameter: 'include' } }],
    };
    server.fault = (request) =>
      request.path.includes('include') ? { status: 400, body: refusal } : undefined;
    assert.equal((await read()).resource.id, contactId);
  });

  it("another contact's resource is not taken for the one that was asked for", async () => {
    server.fault = () => ({ status: 200, body: { data: { id: 'other', type: 'contacts', attributes: {} } } });
    await assert.rejects(read(), { reason: 'badResponse' });
  });

  it('asks for fewer rows where the API says that the limit is the problem', async () => {
    const refusal = {
      errors: [{ title: 'A validation error was encountered', source: { parameter: 'limit' } }],
    };
    server.fault = (request) =>
      request.path.includes('limit=100') ? { status: 400, body: refusal } : undefined;
    const page = await listContacts(client, organisationId, { offset: 0 });
    assert.ok(page.resources.length > 0);
    assert.deepEqual(
      server.requests.map(({ path }) => path.split('?')[1]),
      ['limit=100&offset=0', 'limit=50&offset=0'],
    );
  });
});
