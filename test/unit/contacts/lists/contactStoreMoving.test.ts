/** Tests lists that change while they are read: by pages, as a whole, and by a refresh. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ContactStore } from '../../../../src/contacts/lists/contactStore';
import { WholeLoads } from '../../../../src/contacts/lists/wholeLoads';
import { clientOf } from '../../../support/apiClient';
import { type ApiServer, startApiServer } from '../../../support/apiServer';

interface Row {
  readonly id: string;
  readonly name: string;
}

interface World {
  rows: Row[];
  /** The maximum number of rows of a page. */
  cap: number | ((offset: number) => number);
  /** Returns the API's total for a number of contacts; undefined for none. */
  total: (count: number) => number | undefined;
  tellsNext: boolean;
  /** Called before a page is made. */
  before: (offset: number) => void;
  visible: (row: Row) => boolean;
}

const many = (count: number): Row[] =>
  Array.from({ length: count }, (_, n) => ({ id: `c${n}`, name: `N${n}` }));

describe('a list that changes while it is read', () => {
  let server: ApiServer;
  let world: World;
  let store: ContactStore;
  const never = new AbortController().signal;

  before(async () => {
    server = await startApiServer({
      handler: (request) => {
        const { searchParams, pathname } = new URL(request.url);
        const one = /contacts\/(.+)$/.exec(pathname)?.[1];
        const toResource = ({ id, name }: Row) => ({
          id,
          type: 'contacts',
          attributes: { first_name: name },
        });
        if (one !== undefined) {
          const row = world.rows.find(({ id }) => id === one) ?? assert.fail('no such contact');
          return Response.json({ data: toResource(row) });
        }
        const offset = Number(searchParams.get('offset'));
        const cap = typeof world.cap === 'number' ? world.cap : world.cap(offset);
        const limit = Math.min(cap, Number(searchParams.get('limit')));
        world.before(offset);
        const part = world.rows.slice(offset, offset + limit);
        const count = world.total(world.rows.length);
        const next = offset + limit < world.rows.length ? offset + limit : null;
        const pagination = {
          ...(count === undefined ? {} : { counts: { resources: count } }),
          ...(world.tellsNext ? { offsets: { next } } : {}),
        };
        const meta = count === undefined && !world.tellsNext ? {} : { meta: { pagination } };
        return Response.json({ data: part.filter(world.visible).map(toResource), ...meta });
      },
    });
  });
  after(() => server.stop());

  const begin = (some: Partial<World>) => {
    world = {
      rows: many(300),
      cap: 100,
      total: (count) => count,
      tellsNext: true,
      before: () => {},
      visible: () => true,
      ...some,
    };
    server.requests.length = 0;
    store = new ContactStore(clientOf(server));
  };
  const ids = () => store.list('o').ids;
  const without = (id: string) => {
    world.rows = world.rows.filter((row) => row.id !== id);
  };
  const lacks = (all: readonly Row[]) => all.filter(({ id }) => !ids().includes(id)).map(({ id }) => id);

  for (const cap of [100, 1000])
    it(`"Load more" finds the row that slipped through, with pages of at most ${cap}`, async () => {
      begin({ cap });
      await store.ensureList('o');
      without('c10');
      await store.loadMore('o');
      await store.loadMore('o');
      await store.loadMore('o');
      assert.deepEqual(lacks(world.rows), []);
    });

  it('one contact that goes and one that comes between two pages hide none', async () => {
    for (const read of ['more', 'all'] as const) {
      begin({ rows: many(1000) });
      await store.ensureList('o');
      without('c10');
      world.rows.push({ id: 'new', name: 'New' });
      if (read === 'all') await store.loadAll('o', never);
      else for (let n = 0; n < 12; n++) await store.loadMore('o');
      assert.deepEqual(lacks(world.rows), []);
    }
  });

  it('a contact that comes to the front while the list is read is found', async () => {
    let reads = 0;
    begin({
      rows: many(1000),
      before: () => {
        const last = world.rows.at(-50);
        if (++reads !== 4 || last === undefined) return;
        world.rows = [last, ...world.rows.filter((row) => row !== last)];
      },
    });
    await store.loadAll('o', never);
    assert.deepEqual(lacks(world.rows), []);
    assert.equal(store.list('o').outdated, false);
  });

  it('a refresh of a short list finds what slipped', async () => {
    let reads = 0;
    begin({ rows: many(900) });
    await store.loadAll('o', never);
    world.before = () => {
      if (++reads !== 3) return;
      without('c10');
      world.rows.push({ id: 'new', name: 'New' });
    };
    store.invalidate();
    await store.ensureList('o');
    assert.deepEqual(lacks(world.rows), []);
  });

  it('a refresh of a long list takes away who is gone, and puts who is new where they belong', async () => {
    begin({ rows: many(2500) });
    await store.loadAll('o', never);
    const index = await store.index('o');
    without('c1203');
    world.rows = [
      { id: 'first', name: 'First' },
      ...world.rows.slice(0, 1210),
      { id: 'middle', name: 'Middle' },
      ...world.rows.slice(1210),
    ];
    const before = server.requests.length;
    store.invalidate(undefined, () => ['c1205']);
    await store.ensureList('o');
    assert.ok(server.requests.length - before <= 3, 'the pages that are looked at, and the first');
    assert.deepEqual(
      ids(),
      world.rows.map(({ id }) => id),
    );
    assert.equal(store.list('o').outdated, false);
    assert.notEqual(await store.index('o'), index);
    assert.deepEqual((await store.index('o')).all('middle'), ['middle']);
  });

  it('a refresh while the list is read whole happens once it is', async () => {
    begin({ rows: many(2500) });
    await store.ensureList('o');
    let isAsked = false;
    world.before = (offset) => {
      if (offset < 1500 || isAsked) return;
      isAsked = true;
      world.rows = world.rows.map((row) => (row.id === 'c3' ? { id: 'c3', name: 'Renamed' } : row));
      store.invalidate(undefined, () => ['c3']);
    };
    await store.loadAll('o', never);
    assert.ok(isAsked);
    await store.ensureList('o');
    const shown = store.summary({ organisationId: 'o', contactId: 'c3' });
    assert.equal(shown?.attributes?.first_name, 'Renamed');
  });

  it('rows that the account may not see make nobody read the list again', async () => {
    for (const visible of [({ id }: Row) => !/7$/.test(id), ({ id }: Row) => Number(id.slice(1)) < 1000]) {
      begin({ rows: many(1100), visible });
      const loads = new WholeLoads(store);
      await loads.load(['o']);
      const { length } = server.requests;
      assert.ok(length <= 14, `${length} requests`);
      await loads.load(['o']);
      await loads.load(['o']);
      assert.equal(server.requests.length, length);
      assert.deepEqual(lacks(world.rows.filter(visible)), []);
      without('c3');
      store.invalidate();
      await store.ensureList('o');
      await loads.load(['o']);
      assert.deepEqual(
        ids(),
        world.rows.filter(visible).map(({ id }) => id),
      );
    }
  });

  it('is read to its end by explicit next pages where the total is capped', async () => {
    begin({ rows: many(1300), total: (count) => Math.min(1000, count) });
    await store.loadAll('o', never);
    assert.deepEqual(lacks(world.rows), []);
    const { length } = server.requests;
    await new WholeLoads(store).load(['o']);
    assert.equal(server.requests.length, length);
  });

  it('comes whole in pages of different lengths, also where the API tells no next page', async () => {
    for (const tellsNext of [true, false])
      for (const way of ['whole', 'pages'] as const) {
        begin({ rows: many(2000), tellsNext, cap: (offset) => 60 + (offset % 7) * 6 });
        await store.ensureList('o');
        for (let n = 0; way === 'pages' && n < 60; n++) await store.loadMore('o');
        await store.loadAll('o', never);
        assert.deepEqual(
          ids(),
          many(2000).map(({ id }) => id),
        );
        assert.ok(server.requests.length <= 80, `${server.requests.length} requests`);
      }
  });

  describe('of which the account may not see all', () => {
    const hidden: [string, (n: number) => boolean][] = [
      ['every tenth', (n) => n % 10 === 7],
      ['a page', (n) => n >= 200 && n < 320],
      ['several pages', (n) => n >= 200 && n < 620],
      ['the first pages', (n) => n < 250],
      ['the last pages', (n) => n >= 450],
      ['nearly all', (n) => n % 150 !== 3],
    ];
    const counts: [string, (visible: number) => World['total']][] = [
      ['counts all', () => (count) => count],
      ['counts those that are visible', (visible) => () => visible],
      ['caps its count', () => (count) => Math.min(500, count)],
      ['does not count', () => () => undefined],
    ];
    for (const [which, isHidden] of hidden)
      for (const [how, toTotal] of counts)
        for (const tellsNext of [true, false])
          for (const cap of [100, 1000]) {
            // Without a total and a next page, an empty page can only be the end, and the total must be
            // believed.
            if (!tellsNext && (how !== 'counts all' || which === 'nearly all')) continue;
            it(`${which}, by pages of ${cap}, where the API ${how} and tells ${tellsNext ? 'the' : 'no'} next page`, async () => {
              const visible = (row: Row) => !isHidden(Number(row.id.slice(1)));
              const rows = many(700);
              const left = rows.filter(visible).length;
              for (const way of ['whole', 'pages'] as const) {
                begin({ rows, visible, cap, tellsNext, total: toTotal(left) });
                await store.ensureList('o');
                const loads = new WholeLoads(store);
                if (way === 'pages') for (let n = 0; n < 20; n++) await store.loadMore('o');
                await loads.load(['o']);
                assert.deepEqual(lacks(world.rows.filter(visible)), [], way);
                assert.equal(ids().length, left);
                const paths = server.requests.map(({ path }) => path);
                // One page is read again to find out if rows moved or are hidden.
                const twice = paths.length - new Set(paths).size;
                assert.ok(twice <= (tellsNext ? 0 : 1), `${twice} asked twice: ${paths.join(' ')}`);
                await loads.load(['o']);
                assert.equal(server.requests.length, paths.length, 'nobody reads it again');
              }
            });
          }
  });

  it('holds everybody who was there all the time, once, or says that it is outdated', async () => {
    const change = fc.record({
      at: fc.nat(),
      kind: fc.constantFrom('nothing', 'nothing', 'insert', 'delete', 'rename', 'both') as fc.Arbitrary<
        'nothing' | 'insert' | 'delete' | 'rename' | 'both'
      >,
      to: fc.nat(),
    });
    const worlds = fc.record({
      count: fc.integer({ min: 0, max: 400 }),
      cap: fc.constantFrom(7, 10, 37, 50, 100, 101, 1000),
      totals: fc.constantFrom('told', 'none', 'less', 'more', 'capped'),
      tellsNext: fc.boolean(),
      changes: fc.array(change, { maxLength: 40 }),
      way: fc.constantFrom('whole', 'pages', 'refresh') as fc.Arbitrary<'whole' | 'pages' | 'refresh'>,
    });
    await fc.assert(
      fc.asyncProperty(worlds, async ({ count, cap, totals, tellsNext, changes, way }) => {
        const total = (now: number) =>
          ({ told: now, none: undefined, less: now >> 1, more: now + 31, capped: Math.min(200, now) })[
            totals
          ];
        let made = 0;
        const remove = (at: number) => {
          gone.add(world.rows[at % world.rows.length]?.id ?? '');
          world.rows.splice(at % world.rows.length, 1);
        };
        const insert = (at: number) => {
          world.rows.splice(at % (world.rows.length + 1), 0, { id: `new${made++}`, name: 'New' });
        };
        const gone = new Set<string>();
        const left = [...changes];
        begin({
          rows: many(count),
          cap,
          total,
          tellsNext,
          before: () => {
            const next = left.shift();
            if (next === undefined || world.rows.length === 0) return;
            if (next.kind === 'insert' || next.kind === 'both') insert(next.to);
            if (next.kind === 'delete' || next.kind === 'both') remove(next.at);
            if (next.kind === 'rename')
              world.rows = world.rows.map((row, n) => (n === next.at ? { ...row, name: 'Other' } : row));
          },
        });
        const all = world.rows.slice();
        const most = 4 * Math.ceil((count + 60) / Math.min(cap, 100)) + 60;
        const isBounded = () =>
          assert.ok(server.requests.length <= most, `${server.requests.length} of at most ${most} requests`);
        if (way === 'whole') await store.loadAll('o', never);
        await store.ensureList('o');
        for (let n = 0; way !== 'whole' && !store.list('o').complete && n < most; n++) {
          await store.loadMore('o');
          isBounded();
        }
        if (way === 'refresh') {
          store.invalidate(undefined, () => ids().slice(0, 30));
          await store.ensureList('o');
        }
        assert.equal(new Set(ids()).size, ids().length, 'each once');
        isBounded();
        // An API that reports a smaller total and no next page ends its list there.
        const isCut = !tellsNext && (totals === 'less' || totals === 'capped');
        const knowsEnd = tellsNext || totals !== 'none' || cap >= 100;
        const { complete, outdated } = store.list('o');
        // Shorter pages do not overlap, because that would require too many requests: a row may be missed
        // between them.
        const overlaps = cap >= 20;
        if (!isCut && knowsEnd && overlaps && complete && !outdated)
          assert.deepEqual(
            lacks(all).filter((id) => !gone.has(id)),
            [],
          );
      }),
      { numRuns: 60, interruptAfterTimeLimit: 20_000 },
    );
  });
});
