/**
 * Tests lists with rows that are no contacts: they are counted, and they take up offsets in the API's list.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ApiClient } from '../../../../../src/api/http/client';
import { ContactStore } from '../../../../../src/contacts/lists/contactStore';
import { loadedOf } from '../../../../../src/contacts/lists/findContacts';
import { OrganisationStore } from '../../../../../src/contacts/lists/organisationStore';
import { WholeLoads } from '../../../../../src/contacts/lists/wholeLoads';
import { clientOf } from '../../../../support/apiClient';
import { type ApiServer, startApiServer } from '../../../../support/apiServer';

type Row = string | null;
const never = new AbortController().signal;
/** Rows by number; those for which `isBad` is true are no contacts. */
const rowsOf = (count: number, isBad: (n: number) => boolean): Row[] =>
  Array.from({ length: count }, (_, n) => (isBad(n) ? null : `c${n}`));

describe('rows that cannot be read', () => {
  let server: ApiServer;
  let client: ApiClient;
  let store: ContactStore;
  let rows: readonly Row[];
  let pages = { cap: 100, tellsTotal: true, tellsNext: true };
  let change: () => void = () => {};

  beforeEach(async () => {
    change = () => {};
    server = await startApiServer({
      handler: (request) => {
        const { searchParams } = new URL(request.url);
        const offset = Number(searchParams.get('offset'));
        const limit = Math.min(pages.cap, Number(searchParams.get('limit')));
        change();
        const next = offset + limit < rows.length ? offset + limit : null;
        const pagination = {
          ...(pages.tellsTotal ? { counts: { resources: rows.length } } : {}),
          ...(pages.tellsNext ? { offsets: { next } } : {}),
        };
        const data = rows.slice(offset, offset + limit).map((id) => id && { id, type: 'contacts' });
        return Response.json({ data, meta: { pagination } });
      },
    });
    client = clientOf(server);
  });
  afterEach(() => server.stop());
  const begin = (some: readonly Row[], how: Partial<typeof pages> = {}) => {
    rows = some;
    pages = { cap: 100, tellsTotal: true, tellsNext: true, ...how };
    server.requests.length = 0;
    store = new ContactStore(client);
  };
  const readable = () => rows.filter((row) => row !== null);
  const bad = () => rows.length - readable().length;
  const list = () => store.list('o');

  it('are counted once, also where two pages have one in common', async () => {
    for (const places of [[99], [100], [99, 100], [198, 199, 200], [0, 98, 229]]) {
      begin(rowsOf(230, (n) => places.includes(n)));
      await store.loadAll('o', never);
      assert.deepEqual(list().ids, readable());
      assert.equal(list().unreadable, places.length, String(places));
      assert.equal(list().outdated, false);
    }
  });

  it('are counted as far as the list is read, page by page', async () => {
    begin(rowsOf(230, (n) => n % 50 === 1));
    await store.ensureList('o');
    assert.equal(list().unreadable, 2);
    while (!list().complete) await store.loadMore('o');
    assert.equal(list().unreadable, 5);
    assert.deepEqual(list().ids, readable());
    const loaded = loadedOf(store, ['o']);
    assert.equal(loaded.unreadable, 5);
    assert.equal(loaded.complete, true);
  });

  it('make nobody read the list again, with gaps or without', async () => {
    const kinds = [(n: number) => n % 99 === 0, (n: number) => n >= 150 && n < 420, (n: number) => n > 40];
    for (const isBad of kinds)
      for (const tellsTotal of [true, false]) {
        begin(rowsOf(900, isBad), { tellsTotal });
        const loads = new WholeLoads(store);
        await loads.load(['o']);
        const { length } = server.requests;
        assert.ok(length <= 13, `${length} requests`);
        await loads.load(['o']);
        await loads.load(['o']);
        assert.equal(server.requests.length, length);
        assert.deepEqual(list().ids, readable());
        assert.equal(list().unreadable, bad());
        assert.equal(list().outdated, false);
      }
  });

  it('do not hide that somebody changed the list, and make it outdated no longer than it is', async () => {
    begin(rowsOf(900, (n) => n % 70 === 3));
    let reads = 0;
    change = () => {
      if (++reads === 4) rows = rows.filter((row) => row !== 'c10');
    };
    const loads = new WholeLoads(store);
    await loads.load(['o']);
    assert.deepEqual(
      readable().filter((id) => !list().ids.includes(id)),
      [],
    );
    await loads.load(['o']);
    await loads.load(['o']);
    const { length } = server.requests;
    await loads.load(['o']);
    assert.equal(server.requests.length, length);
    assert.equal(list().outdated, false);
    assert.equal(list().unreadable, bad());
  });

  it('hide no contact that slipped between two pages', async () => {
    for (const whole of [true, false]) {
      begin(rowsOf(900, (n) => n % 100 === 50));
      await store.ensureList('o');
      rows = [...rows.filter((row) => row !== 'c10' && row !== 'c11'), 'new1', 'new2'];
      if (whole) await store.loadAll('o', never);
      else for (let n = 0; !list().complete && n < 20; n++) await store.loadMore('o');
      assert.deepEqual(
        readable().filter((id) => !list().ids.includes(id)),
        [],
      );
    }
  });

  it('that become readable, or unreadable, are counted anew by a refresh', async () => {
    for (const count of [150, 1500]) {
      begin(rowsOf(count, (n) => n === 7 || n === 20));
      await store.loadAll('o', never);
      rows = rowsOf(count, (n) => n === 20 || n === 30 || n === 31);
      store.invalidate(undefined, () => ['c5']);
      await store.ensureList('o');
      await new WholeLoads(store).load(['o']);
      assert.equal(list().unreadable, 3);
      assert.deepEqual(list().ids, readable());
      assert.equal(list().outdated, false);
    }
  });

  it('without end are given up with a reason', async () => {
    begin(rowsOf(5, () => false));
    rows = new Proxy(rows, {
      get: (target, key) => {
        if (key === 'length') return Number.MAX_SAFE_INTEGER;
        if (key === 'slice')
          return (from: number, to: number) =>
            Array.from({ length: to - from }, (_, n) => (from + n < 5 ? target[from + n] : null));
        return Reflect.get(target, key);
      },
    });
    await store.loadAll('o', never);
    assert.ok(server.requests.length < 100, `${server.requests.length} requests`);
    const { load } = list();
    assert.equal(load.kind === 'failed' && load.error.reason, 'endless');
    assert.equal(list().ids.length, 5);
  });

  it('fill whole pages, and what comes behind them is read', async () => {
    for (const tellsTotal of [true, false])
      for (const cap of [10, 100]) {
        begin(
          rowsOf(5 * cap, (n) => n > 2 * cap && n < 4 * cap),
          { cap, tellsTotal, tellsNext: false },
        );
        await store.ensureList('o');
        for (let n = 0; !list().complete && n < 60; n++) await store.loadMore('o');
        assert.deepEqual(list().ids, readable());
      }
  });

  it('hold up nothing, wherever they are (property)', async () => {
    const worlds = fc.record({
      count: fc.integer({ min: 1, max: 500 }),
      cap: fc.constantFrom(10, 37, 50, 100, 101, 1000),
      tellsTotal: fc.boolean(),
      tellsNext: fc.boolean(),
      bad: fc.array(fc.record({ at: fc.nat(500), length: fc.integer({ min: 1, max: 40 }) }), {
        maxLength: 6,
      }),
      way: fc.constantFrom('whole', 'pages', 'refresh'),
    });
    await fc.assert(
      fc.asyncProperty(worlds, async ({ count, cap, tellsTotal, tellsNext, bad: stretches, way }) => {
        const isBad = (n: number) => stretches.some(({ at, length }) => n >= at && n < at + length);
        // A first page without any contact is not a list.
        begin(
          rowsOf(count, (n) => n > 0 && isBad(n)),
          { cap, tellsTotal, tellsNext },
        );
        const loads = new WholeLoads(store);
        if (way === 'pages') {
          await store.ensureList('o');
          for (let n = 0; !list().complete && n < 60; n++) await store.loadMore('o');
        } else await loads.load(['o']);
        if (way === 'refresh') {
          store.invalidate(undefined, () => list().ids.slice(-3));
          await store.ensureList('o');
        }
        const knowsEnd = tellsTotal || tellsNext || cap >= 100 || cap % 10 === 0;
        if (!knowsEnd) return;
        assert.deepEqual(list().ids, readable());
        assert.equal(list().unreadable, bad());
        assert.equal(list().outdated, false);
        const { length } = server.requests;
        await loads.load(['o']);
        assert.equal(server.requests.length, length, 'nothing is read again');
        assert.ok(length <= 4 * Math.ceil(count / Math.min(cap, 100)) + 20, `${length} requests`);
      }),
      { numRuns: 80, interruptAfterTimeLimit: 20_000 },
    );
  });

  it('of the organisations are counted, and end no list', async () => {
    begin([
      ...rowsOf(90, (n) => n === 3),
      ...rowsOf(210, (n) => n < 110 || n === 150).map((id) => id && `d${id}`),
    ]);
    const { organisations, unreadable, load } = await new OrganisationStore(client).ensure();
    assert.equal(load.kind, 'idle');
    assert.deepEqual(
      organisations.map(({ id }) => id),
      readable(),
    );
    assert.equal(unreadable, bad());
  });
});
