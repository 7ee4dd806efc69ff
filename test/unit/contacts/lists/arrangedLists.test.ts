import assert from 'node:assert/strict';
import { ArrangedLists } from '../../../../src/contacts/lists/arrangedLists';
import { ContactStore } from '../../../../src/contacts/lists/contactStore';
import { WholeLoads } from '../../../../src/contacts/lists/wholeLoads';
import { saveContact } from '../../../../src/contacts/saving/saveContact';
import { clientOf } from '../../../support/apiClient';
import { type ApiServer, startApiServer } from '../../../support/apiServer';
import { until } from '../../../support/until';

interface Row {
  readonly id: string;
  readonly attributes: Record<string, unknown>;
}

const never = new AbortController().signal;

describe('a list under a filter and an order', () => {
  let server: ApiServer;
  let store: ContactStore;
  let arranged: ArrangedLists;
  let rows: Row[];
  let filterable: readonly string[];

  beforeEach(async () => {
    filterable = [];
    rows = ['Adams', 'Byron', 'Curie', 'Zimmer'].map((last_name, n) => ({
      id: `c${n}`,
      attributes: { last_name },
    }));
    server = await startApiServer({
      handler: async (request) => {
        const { pathname, searchParams } = new URL(request.url);
        const one = /contacts\/(.+)$/.exec(pathname)?.[1];
        const toResource = (row: Row) => ({ type: 'contacts', ...row });
        if (one !== undefined) {
          if (request.method === 'PUT') {
            const { attributes } = (await request.json()).data;
            rows = rows.map((row) => (row.id === one ? { ...row, attributes } : row));
          }
          const row = rows.find(({ id }) => id === one) ?? assert.fail('no such contact');
          return Response.json({ data: toResource(row) });
        }
        const address = searchParams.get('filter[email]');
        const offset = Number(searchParams.get('offset'));
        const found = address === null ? rows : rows.filter(({ attributes }) => attributes.email === address);
        const data = found.slice(offset, offset + Number(searchParams.get('limit'))).map(toResource);
        const pagination = { counts: { resources: found.length } };
        return Response.json({ data, meta: { pagination, features: { filter: { options: filterable } } } });
      },
    });
    store = new ContactStore(clientOf(server));
    const chosen = new Map();
    arranged = new ArrangedLists(store, new WholeLoads(store), {
      get: (id) => chosen.get(id),
      set: (id, listOptions) => chosen.set(id, listOptions),
    });
  });
  afterEach(() => server.stop());
  const ref = (contactId: string) => ({ organisationId: 'o', contactId });
  const rename = (id: string, from: string, to: string) =>
    saveContact(store, ref(id), { base: { last_name: from }, edits: { last_name: to } });

  it('shows a contact that matches once it is saved, and hides one that does not', async () => {
    arranged.arrange('o', { filter: 'zim' });
    assert.deepEqual(await arranged.rows('o'), ['c3']);
    const told: string[] = [];
    arranged.onDidArrange((id) => told.push(id));
    await rename('c0', 'Adams', 'Zimmermann');
    assert.deepEqual(await arranged.rows('o'), ['c0', 'c3']);
    assert.equal(arranged.matching('o'), 2);
    await rename('c3', 'Zimmer', 'Young');
    assert.deepEqual(await arranged.rows('o'), ['c0']);
    assert.deepEqual(told, ['o', 'o']);
    await rename('c1', 'Byron', 'Bacon');
    assert.deepEqual(told, ['o', 'o'], 'another one moves nothing');
  });

  it('moves a contact to its place in the order once it is saved', async () => {
    arranged.arrange('o', { filter: '', sort: { by: 'last_name', descending: false } });
    assert.deepEqual(await arranged.rows('o'), ['c0', 'c1', 'c2', 'c3']);
    await rename('c0', 'Adams', 'Dirac');
    assert.deepEqual(await arranged.rows('o'), ['c1', 'c2', 'c0', 'c3']);
  });

  it('gives all contacts in that order, whatever the filter, for a text', async () => {
    arranged.arrange('o', { filter: 'byron', sort: { by: 'last_name', descending: true } });
    await until('the match', async () => (await arranged.rows('o')).length === 1);
    assert.deepEqual(await arranged.inOrder('o'), ['c3', 'c2', 'c1', 'c0']);
    arranged.arrange('o', { filter: 'byron' });
    assert.deepEqual(await arranged.inOrder('o'), ['c0', 'c1', 'c2', 'c3']);
  });

  it('follows what a refresh brings', async () => {
    arranged.arrange('o', { filter: 'zim' });
    await arranged.rows('o');
    rows = rows.map((row) => (row.id === 'c1' ? { ...row, attributes: { last_name: 'Zimt' } } : row));
    store.invalidate();
    assert.deepEqual(await arranged.rows('o'), ['c1', 'c3']);
  });

  it('by a whole address shows the exact one at once, and all that hold it in the end', async () => {
    filterable = ['email'];
    rows = Array.from({ length: 400 }, (_, n) => ({ id: `c${n}`, attributes: { email: `n${n}@x.org` } }));
    const others = ['ann@example.org', 'joann@example.org', 'Ann@Example.org', 'ann@example.org.au'];
    rows.push(...others.map((email, n) => ({ id: `a${n}`, attributes: { email } })));
    arranged.arrange('o', { filter: 'ann@example.org' });
    assert.deepEqual(await arranged.rows('o'), ['a0']);
    assert.ok(arranged.isPartial('o'));
    await until('the others', async () => (await arranged.rows('o')).length === 4);
    assert.ok(!arranged.isPartial('o'));
  });

  it('keeps what was saved when a page that was asked for before comes late', async () => {
    for (const read of ['whole', 'refresh', 'more', 'ask'] as const) {
      filterable = ['email'];
      rows = Array.from({ length: 300 }, (_, n) => ({
        id: `c${n}`,
        attributes: { last_name: 'Old', email: 'a@b.cd' },
      }));
      store = new ContactStore(clientOf(server));
      await store.ensureList('o');
      const id = read === 'more' || read === 'whole' ? 'c150' : 'c5';
      let late: (() => void) | undefined;
      const held = new Promise<void>((resolve) => {
        late = resolve;
      });
      server.hold = ({ path }) => (path.includes('/contacts?') ? held : undefined);
      const { length } = server.requests;
      if (read === 'refresh') store.invalidate();
      const done = {
        whole: () => store.loadAll('o', never),
        refresh: () => store.ensureList('o'),
        more: () => store.loadMore('o'),
        ask: () => store.ask('o', 'email', 'a@b.cd'),
      }[read]();
      await until('the request', async () => server.requests.length > length);
      await rename(id, 'Old', 'New');
      late?.();
      await done;
      server.hold = undefined;
      assert.equal(store.summary(ref(id))?.attributes?.last_name, 'New', read);
    }
  });
});
