/** Tests lists that never end, or claim so, and saves whose response differs from the saved values. */

import assert from 'node:assert/strict';
import { ApiClient } from '../../../../src/api/http/client';
import { ContactList } from '../../../../src/contacts/lists/contactList';
import { ContactStore } from '../../../../src/contacts/lists/contactStore';
import { OrganisationStore } from '../../../../src/contacts/lists/organisationStore';
import { saveContact } from '../../../../src/contacts/saving/saveContact';
import { type ApiServer, type Fault, startApiServer } from '../../../support/apiServer';
import { silentLog } from '../../../support/silentLog';

const never = new AbortController().signal;
const ref = { organisationId: 'o', contactId: 'c' };

describe('a list without end', () => {
  let server: ApiServer;
  let client: ApiClient;
  /** Serves pages of rows from an offset. */
  async function serve(
    page: (offset: number) => { ids: readonly (string | object | null)[]; pagination?: unknown },
  ) {
    server = await startApiServer({
      handler: (request) => {
        const { ids, pagination } = page(Number(new URL(request.url).searchParams.get('offset')));
        const data = ids.map((id) => (typeof id === 'string' ? { id, type: 'contacts' } : id));
        return Response.json({ data, ...(pagination === undefined ? {} : { meta: { pagination } }) });
      },
    });
    client = new ApiClient(
      { baseUrl: server.url, fetch: (input, init) => fetch(input, init), authHeaders: async () => ({}) },
      silentLog,
    );
    return new ContactStore(client);
  }
  afterEach(() => server.stop());
  const rows = (from: number, count: number) => Array.from({ length: count }, (_, n) => `c${from + n}`);

  it('of nothing but rows that are no contacts is not understood', async () => {
    const store = await serve(() => ({ ids: [null, {}] }));
    await store.ensureList('o');
    const { load } = store.list('o');
    assert.equal(load.kind === 'failed' && load.error.reason, 'badResponse');
  });

  it('is given up at a million contacts, with what came and with a reason', async () => {
    const store = await serve((offset) => ({ ids: rows(offset, 40_000) }));
    await store.loadAll('o', never);
    const { ids, load } = store.list('o');
    assert.ok(ids.length > 950_000 && ids.length <= 1_000_000, `${ids.length} contacts`);
    assert.equal(load.kind === 'failed' && load.error.reason, 'endless');
    const asked = server.requests.length;
    await store.loadMore('o');
    const again = store.list('o').load;
    assert.equal(again.kind === 'failed' && again.error.reason, 'endless', 'the next time too');
    assert.ok(server.requests.length <= asked + 1);
  });

  it('is given up at 20,000 pages, however short they are', () => {
    const list = new ContactList();
    const take = (n: number) =>
      list.take(
        {
          resources: [{ id: `c${n}`, type: 't' }],
          total: undefined,
          next: n + 1,
          sortable: [],
          filterable: [],
        },
        n,
      );
    for (let n = 0; n < 20_000; n++) take(n);
    assert.throws(() => take(20_000), { reason: 'endless' });
    assert.equal(list.ids.length, 20_000);
  });

  it('that only says so is read to its true end, whatever total and next page it claims', async () => {
    for (const claimed of [Number.MAX_SAFE_INTEGER, 9e14]) {
      const store = await serve((offset) => ({
        ids: rows(offset, Math.max(0, Math.min(100, 250 - offset))),
        pagination: { counts: { resources: claimed }, offsets: { next: offset + 100 } },
      }));
      await store.loadAll('o', never);
      assert.equal(store.list('o').ids.length, 250);
      assert.ok(server.requests.length < 20, `${server.requests.length} requests`);
      if (claimed === Number.MAX_SAFE_INTEGER) await server.stop();
    }
  });

  it('whose next page goes back, or far beyond the end, does not go round', async () => {
    for (const next of [0, 1, 1e15]) {
      const store = await serve((offset) => ({
        ids: rows(offset % 300, 100),
        pagination: { counts: {}, offsets: { next } },
      }));
      await store.loadAll('o', never);
      assert.ok(store.list('o').ids.length <= 300);
      assert.ok(server.requests.length < 10, `${server.requests.length} requests`);
      if (next !== 1e15) await server.stop();
    }
  });

  it('is shown without the rows that are no contacts', async () => {
    const odd = [{ id: 'odd', type: 't', meta: [] }, null, [], { type: 't' }, { id: '', type: 't' }];
    const all = [...rows(0, 130), ...odd, ...rows(130, 100)];
    const counts = { resources: all.length };
    for (const pagination of [undefined, { counts }]) {
      const store = await serve((offset) => ({ ids: all.slice(offset, offset + 100), pagination }));
      await store.loadAll('o', never);
      const { ids, load } = store.list('o');
      assert.equal(load.kind, 'idle');
      assert.deepEqual(ids, rows(0, 230));
      if (pagination === undefined) await server.stop();
    }
  });

  it('goes on past a page of nothing but rows that are no contacts', async () => {
    const all = [...rows(0, 100), ...rows(100, 100).map(() => null), ...rows(200, 150)];
    const store = await serve((offset) => ({
      ids: all.slice(offset, offset + 100),
      pagination: { offsets: { next: offset + 100 < all.length ? offset + 100 : null } },
    }));
    await store.loadAll('o', never);
    assert.deepEqual(store.list('o').ids, [...rows(0, 100), ...rows(200, 150)]);
    const { length } = server.requests;
    await store.loadAll('o', never);
    assert.equal(server.requests.length, length, 'it is not read again');
  });

  it('of organisations stops at 50 pages, shows them and says so', async () => {
    await serve((offset) => ({ ids: rows(offset, 100) }));
    const { organisations, load } = await new OrganisationStore(client).ensure();
    assert.equal(organisations.length, 5000);
    assert.equal(load.kind === 'failed' && load.error.reason, 'endless');
    assert.equal(server.requests.length, 50);
  });
});

describe('a save whose answer is not what was saved', () => {
  let server: ApiServer;
  let attributes: Record<string, unknown>;
  let answer: Fault['body'] | string;
  let store: ContactStore;
  beforeEach(async () => {
    attributes = { first_name: 'Ada', last_name: 'Byron', email: 'ada@example.org' };
    server = await startApiServer({
      handler: async (request) => {
        if (request.method === 'PUT') attributes = (await request.json()).data.attributes;
        if (request.method !== 'PUT')
          return Response.json({ data: { id: 'c', type: 'contacts', attributes } });
        return new Response(typeof answer === 'string' ? answer : JSON.stringify(answer));
      },
    });
    store = new ContactStore(
      new ApiClient(
        { baseUrl: server.url, fetch: (input, init) => fetch(input, init), authHeaders: async () => ({}) },
        silentLog,
      ),
    );
  });
  afterEach(() => server.stop());

  const stranger = { first_name: 'Mallory', last_name: 'Other', email: 'm@evil.example', secret: 1 };
  const answers: readonly [string, unknown][] = [
    ['another contact', { data: { id: 'd', type: 'contacts', attributes: stranger } }],
    ['another kind of resource by the same id', { data: { id: 'c', type: 'users', attributes: stranger } }],
    ['a list', { data: [{ id: 'c', type: 'contacts', attributes: stranger }] }],
    ['a web page', '<!DOCTYPE html><h1>Log in</h1>'],
    ['50 MB', ' '.repeat(50_000_000)],
    [
      '100,000 levels',
      `{"data":{"id":"c","type":"contacts","attributes":${'['.repeat(1e5)}${']'.repeat(1e5)}}}`,
    ],
  ];
  for (const [what, given] of answers)
    it(`${what}: what was saved is read, nothing of the answer is shown, nothing is sent twice`, async () => {
      answer = given;
      const outcome = await saveContact(store, ref, {
        base: { last_name: 'Byron' },
        edits: { last_name: 'Lovelace' },
      });
      assert.equal(outcome.kind, 'saved');
      const shown = store.document(ref)?.resource;
      assert.equal(shown?.type, 'contacts');
      assert.deepEqual(shown?.attributes, {
        first_name: 'Ada',
        last_name: 'Lovelace',
        email: 'ada@example.org',
      });
      assert.deepEqual(
        server.requests.map(({ method }) => method),
        ['GET', 'PUT', 'GET'],
      );
    });
});
