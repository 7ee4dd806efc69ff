/** Tests that no page of a list is requested twice in one action. */
import assert from 'node:assert/strict';
import { ArrangedLists } from '../../../../src/contacts/lists/arrangedLists';
import { ContactStore } from '../../../../src/contacts/lists/contactStore';
import { askForAddress } from '../../../../src/contacts/lists/findContacts';
import { WholeLoads } from '../../../../src/contacts/lists/wholeLoads';
import { clientOf } from '../../../support/apiClient';
import { type ApiServer, startApiServer } from '../../../support/apiServer';

describe('one action of a person with lists', () => {
  const count = 2_500;
  let server: ApiServer;
  let store: ContactStore;
  let loads: WholeLoads;
  let arranged: ArrangedLists;

  beforeEach(async () => {
    server = await startApiServer({
      handler: (request) => {
        const { searchParams } = new URL(request.url);
        const address = searchParams.get('filter[email]');
        const offset = Number(searchParams.get('offset'));
        const limit = Number(searchParams.get('limit'));
        const all = Array.from({ length: count }, (_, n) => ({ id: `c${n}`, email: `n${n}@x.org` }));
        const found = all.filter(({ email }) => address === null || email === address);
        const data = found
          .slice(offset, offset + limit)
          .map(({ id, email }) => ({ id, type: 'contacts', attributes: { email } }));
        const features = { filter: { options: ['email'] }, sort: { options: ['email'] } };
        const next = offset + limit < found.length ? offset + limit : null;
        const pagination = { counts: { resources: found.length }, offsets: { next } };
        return Response.json({ data, meta: { pagination, features } });
      },
    });
    store = new ContactStore(clientOf(server));
    loads = new WholeLoads(store);
    const chosen = new Map();
    arranged = new ArrangedLists(store, loads, {
      get: (id) => chosen.get(id),
      set: (id, listOptions) => chosen.set(id, listOptions),
    });
  });
  afterEach(() => server.stop());

  const actions: [string, () => Promise<unknown>][] = [
    ['opening an organisation', () => Promise.all([store.ensureList('o'), arranged.rows('o')])],
    ['Find', () => Promise.all([store.ensureList('o'), loads.load(['o']), loads.load(['o'])])],
    [
      'Find of an address in two organisations',
      async () => {
        await askForAddress(store, ['o', 'p'], 'n2400@x.org');
        await loads.load(['o', 'p']);
      },
    ],
    [
      'a filter by an address',
      async () => {
        arranged.arrange('o', { filter: 'n2400@x.org' });
        await Promise.all([arranged.rows('o'), arranged.rows('o')]);
        await loads.load(['o']);
        assert.deepEqual(await arranged.rows('o'), ['c2400']);
      },
    ],
    [
      'another order',
      async () => {
        arranged.arrange('o', { filter: '', sort: { by: 'email', descending: true } });
        await Promise.all([arranged.rows('o'), arranged.rows('o')]);
      },
    ],
    [
      'a refresh',
      async () => {
        await loads.load(['o']);
        server.requests.length = 0;
        store.invalidate(undefined, () => ['c1200', 'c1201']);
        await Promise.all([store.ensureList('o'), arranged.rows('o')]);
      },
    ],
  ];
  for (const [what, action] of actions)
    it(`${what} asks for nothing twice`, async () => {
      await action();
      const asked = server.requests.map(({ method, path }) => `${method} ${path}`);
      assert.ok(asked.length > 0);
      assert.deepEqual(asked, [...new Set(asked)]);
    });
});
