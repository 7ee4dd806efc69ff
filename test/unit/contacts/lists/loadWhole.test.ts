import assert from 'node:assert/strict';
import { ApiClient } from '../../../../src/api/http/client';
import type { Clock } from '../../../../src/base/clock';
import { ContactStore } from '../../../../src/contacts/lists/contactStore';
import { type ApiServer, type Fault, startApiServer } from '../../../support/apiServer';
import { silentLog } from '../../../support/silentLog';
import { SteppedClock } from '../../../support/steppedClock';
import { until } from '../../../support/until';

interface Paging {
  readonly rows: () => readonly string[];
  /** The maximum number of rows of a page, for any `limit`. */
  readonly most?: number;
  /** False for a server without paging data. */
  readonly told?: boolean;
}

describe('reading a whole list', () => {
  let server: ApiServer;
  let running = 0;
  let maxAtOnce = 0;

  async function open({ rows, most = 100, told = true }: Paging, clock?: Clock) {
    running = maxAtOnce = 0;
    server = await startApiServer({
      handler: async (request) => {
        maxAtOnce = Math.max(maxAtOnce, ++running);
        await new Promise((resolve) => setTimeout(resolve, 5));
        running--;
        const { searchParams } = new URL(request.url);
        const offset = Number(searchParams.get('offset'));
        const limit = Math.min(most, Number(searchParams.get('limit')));
        const all = rows();
        const data = all.slice(offset, offset + limit).map((id) => ({ id, type: 'contacts' }));
        const next = offset + data.length < all.length ? offset + data.length : null;
        const pagination = {
          counts: { resources: all.length },
          offsets: { next },
          requested: { limit, offset },
        };
        return Response.json({ data, ...(told ? { meta: { pagination } } : {}) });
      },
    });
    const connection = {
      baseUrl: server.url,
      fetch: (input: RequestInfo | URL, init?: RequestInit) => fetch(input, init),
      authHeaders: async () => ({}),
    };
    return new ContactStore(new ApiClient(connection, silentLog), clock);
  }
  afterEach(() => server.stop());

  const many = (count: number) => Array.from({ length: count }, (_, n) => `c${n}`);
  const never = new AbortController().signal;
  const offsets = () => server.requests.map(({ path }) => Number(/offset=(\d+)/.exec(path)?.[1]));
  /**
   * Returns true for the page that begins near the offset: pages overlap by a row, so their offsets are not
   * round.
   */
  const isNear = (path: string, offset: number) =>
    Math.abs(Number(/offset=(\d+)/.exec(path)?.[1]) - offset) < 50;
  const fails = (offset: number, fault: Fault) => {
    server.fault = ({ path }) => (isNear(path, offset) ? fault : undefined);
  };

  it('asks for each page once, four at a time, also when the server gives fewer rows than asked for', async () => {
    const store = await open({ rows: () => many(1230), most: 30 });
    await store.loadAll('o', never);
    assert.deepEqual(store.list('o').ids, many(1230));
    assert.equal(new Set(offsets()).size, offsets().length, 'no page twice');
    assert.ok(offsets().length <= 41 + 4, `${offsets().length} requests`);
    assert.equal(maxAtOnce, 4);
  });

  for (const most of [9, 37, 100, 150, 200, 999, 1000, 5000])
    it(`needs hardly more requests than there are pages, of at most ${most}`, async () => {
      const count = most <= 100 ? 3000 : 10_000;
      const store = await open({ rows: () => many(count), most });
      await store.ensureList('o');
      assert.equal(
        store.list('o').ids.length,
        Math.min(most, 100),
        'a list that is looked at begins with 100',
      );
      await store.loadAll('o', never);
      const least = Math.ceil(count / Math.min(most, 1000));
      assert.ok(offsets().length <= least + 4, `${offsets().length} requests, ${least} would do`);
      assert.equal(new Set(offsets()).size, offsets().length, 'no page twice');
      assert.deepEqual(store.list('o').ids, many(count));
    });

  const refusals: [string, Fault][] = [
    ['by its parameter', { status: 400, body: { errors: [{ source: { parameter: 'limit' } }] } }],
    ['in words', { status: 422, body: { errors: [{ detail: 'The limit must not be greater than it is' }] } }],
    ['in an error document', { body: { errors: [{ detail: 'limit is too large' }] } }],
  ];
  const limits = () => server.requests.map(({ path }) => Number(/limit=(\d+)/.exec(path)?.[1]));
  for (const [how, refusal] of refusals)
    for (const most of refusal.status === 400 ? [500, 200, 100, 50] : [500])
      it(`asks once with a limit above ${most} that the API refuses ${how}`, async () => {
        const store = await open({ rows: () => many(4000), most: 5000 });
        server.fault = ({ path }) => (Number(/limit=(\d+)/.exec(path)?.[1]) > most ? refusal : undefined);
        await store.ensureList('o');
        await store.loadAll('o', never);
        assert.deepEqual(store.list('o').ids, many(4000));
        const { length } = server.requests;
        const least = Math.ceil(4000 / most);
        assert.ok(length <= least + 4, `${length} requests, ${least} would do`);
        await store.loadAll('p', never);
        assert.ok(
          limits()
            .slice(length)
            .every((limit) => limit <= most),
          'the other list is asked for no more',
        );
      });

  it('asks for shorter pages where a long one is refused without a reason, takes too long or is too large', async () => {
    const faults: Fault[] = [
      { status: 400, body: {} },
      { status: 504, headers: { 'retry-after': '0' } },
      { raw: ' '.repeat(20_000_001) },
    ];
    for (const fault of faults) {
      const store = await open({ rows: () => many(3000), most: 5000 });
      server.fault = ({ path }) => (/limit=(?!100&)\d{3,}/.test(path) ? fault : undefined);
      await store.loadAll('o', never);
      assert.deepEqual(store.list('o').ids, many(3000));
      assert.ok(server.requests.length <= 30 + 4, `${server.requests.length} requests`);
      if (fault !== faults.at(-1)) await server.stop();
    }
  });

  it('asks for nothing again that came in longer pages, after one of them was too much', async () => {
    const store = await open({ rows: () => many(10_000), most: 5000 });
    const isLong = ({ path }: { readonly path: string }) => /limit=(?!100&)\d{3,}/.test(path);
    const isTooMuch = (request: { readonly path: string }) => isLong(request) && isNear(request.path, 3000);
    server.fault = (request) => (isTooMuch(request) ? { status: 400, body: {} } : undefined);
    const others = until('the others', () => server.requests.filter(isLong).length >= 11);
    server.hold = (request) => (isTooMuch(request) ? others.then(() => undefined) : undefined);
    await store.loadAll('o', never);
    assert.deepEqual(store.list('o').ids, many(10_000));
    const short = limits().filter((limit) => limit === 100).length;
    assert.ok(short <= 11, `${short} short pages take the place of a long one`);
    assert.ok(server.requests.length - short <= 11, `${server.requests.length - short} long pages`);
    assert.equal(new Set(offsets()).size, offsets().length - 1, 'no page twice');
  });

  it('goes on from what is there', async () => {
    const store = await open({ rows: () => many(500) });
    await store.ensureList('o');
    await store.loadAll('o', never);
    assert.equal(new Set(offsets()).size, offsets().length, 'no page twice');
    assert.deepEqual(store.list('o').ids, many(500));
    const { length } = server.requests;
    assert.ok(length <= 6, `${length} requests`);
    await store.loadAll('o', never);
    assert.equal(server.requests.length, length);
  });

  it('without paging data it reads on to the end', async () => {
    const store = await open({ rows: () => many(450), told: false });
    await store.loadAll('o', never);
    assert.equal(store.list('o').ids.length, 450);
  });

  it('keeps every row once when rows are added at the front meanwhile', async () => {
    let added = 0;
    const store = await open({
      rows: () => [
        ...many(added)
          .map((id) => `new-${id}`)
          .reverse(),
        ...many(1000),
      ],
    });
    server.fault = () => {
      added++;
      return undefined;
    };
    await store.loadAll('o', never);
    const { ids } = store.list('o');
    assert.equal(new Set(ids).size, ids.length);
    for (const id of many(1000)) assert.ok(ids.includes(id), `${id} is missing`);
  });

  it('finds the row that slipped between two pages when one is added at the front', async () => {
    let added: readonly string[] = [];
    const store = await open({ rows: () => [...added, ...many(1000)] });
    server.fault = ({ path }) => {
      if (isNear(path, 500)) added = ['new'];
      return isNear(path, 300) ? { delay: 40 } : undefined;
    };
    await store.loadAll('o', never);
    assert.deepEqual([...store.list('o').ids].toSorted(), ['new', ...many(1000)].toSorted());
    assert.ok(server.requests.length <= 16, `${server.requests.length} requests`);
  });

  it('finds the row that slipped between two pages when one before it is deleted', async () => {
    let left = many(1000);
    const store = await open({ rows: () => left });
    server.fault = ({ path }) => {
      if (isNear(path, 500)) left = many(1000).slice(1);
      return undefined;
    };
    await store.loadAll('o', never);
    for (const id of many(1000).slice(1)) assert.ok(store.list('o').ids.includes(id), `${id} is missing`);
  });

  it('of a long list a refresh asks for the pages that are looked at, and the first', async () => {
    const store = await open({ rows: () => many(3000) });
    await store.loadAll('o', never);
    const before = server.requests.length;
    store.invalidate(undefined, () => ['c1501', 'c1502']);
    const list = await store.ensureList('o');
    assert.deepEqual(offsets().slice(before), [0, 1500]);
    assert.equal(list.ids.length, 3000);
    await store.loadAll('o', never);
    assert.equal(server.requests.length, before + 2);
  });

  it('reads a long list anew once it is known to have changed, and keeps the old one meanwhile', async () => {
    let rows = many(3000);
    const store = await open({ rows: () => rows });
    await store.loadAll('o', never);
    rows = many(2900);
    store.invalidate();
    assert.equal((await store.ensureList('o')).outdated, true);
    const seen: number[] = [];
    store.onDidChange(({ kind }) => kind === 'rows' && seen.push(store.list('o').ids.length));
    await store.loadAll('o', never);
    assert.ok(seen.length > 0 && seen.every((length) => length === 3000));
    assert.deepEqual(store.list('o').ids, rows);
  });

  it('shows the first page of a list that is read whole from the start', async () => {
    const store = await open({ rows: () => many(2000) });
    const whole = store.loadAll('o', never);
    const list = await store.ensureList('o');
    assert.ok(list.ids.length >= 100 && list.ids.length < 2000);
    await whole;
  });

  for (const status of [429, 503])
    it(`waits for everybody when it is asked to wait, by a ${status}`, async () => {
      const clock = new SteppedClock();
      const store = await open({ rows: () => many(800) }, clock);
      let refusals = 2;
      server.fault = () =>
        refusals-- > 0 ? { status, headers: { 'retry-after': '1' }, body: {} } : undefined;
      const begun = clock.monotonic();
      await clock.runUntil(store.loadAll('o', never));
      assert.ok(clock.monotonic() - begun >= 1000, 'by the clock of the store');
      assert.deepEqual(store.list('o').ids, many(800));
    });

  it('keeps what arrived when a page fails, and then asks for what is missing only', async () => {
    const store = await open({ rows: () => many(1000) });
    fails(900, { status: 400, body: {} });
    await store.loadAll('o', never);
    const { load, ids } = store.list('o');
    assert.equal(load.kind, 'failed');
    assert.ok(ids.length > 800 && ids.length < 1000);
    const fewest = Math.ceil((1000 - ids.length) / 99);
    server.fault = undefined;
    const before = server.requests.length;
    await store.loadAll('o', never);
    assert.ok(server.requests.length - before <= fewest);
    assert.deepEqual(store.list('o').ids, many(1000));
    assert.equal(store.list('o').load.kind, 'idle');
  });

  it('a page that fails in the middle wastes no other', async () => {
    const store = await open({ rows: () => many(1000) });
    fails(300, { status: 400, body: {}, delay: 30 });
    await store.loadAll('o', never);
    server.fault = undefined;
    await store.loadAll('o', never);
    assert.deepEqual(store.list('o').ids, many(1000));
    const asked = offsets().filter((offset) => Math.abs(offset - 300) >= 50);
    assert.equal(new Set(asked).size, asked.length, 'no page twice');
  });

  it('can be cancelled; what arrived stays, and is no failure', async () => {
    const store = await open({ rows: () => many(3000) });
    const abort = new AbortController();
    store.onDidChange(() => {
      if (store.list('o').ids.length >= 500) abort.abort();
    });
    await store.loadAll('o', abort.signal);
    const { load, ids, complete } = store.list('o');
    assert.equal(load.kind, 'idle');
    assert.equal(complete, false);
    assert.ok(ids.length >= 500 && ids.length < 3000);
  });

  it('a server that ignores the offset does not keep us for ever', async () => {
    const store = await open({ rows: () => many(50) });
    server.fault = () => ({
      body: {
        data: many(50).map((id) => ({ id, type: 'contacts' })),
        meta: { pagination: { counts: { resources: 100_000 }, offsets: { next: 50 } } },
      },
    });
    await store.loadAll('o', never);
    assert.ok(server.requests.length < 20, `${server.requests.length} requests`);
  });

  it('the index finds what is loaded, and follows a list that grows', async () => {
    const store = await open({ rows: () => many(300) });
    await store.ensureList('o');
    assert.equal((await store.index('o')).size, 100);
    await store.loadAll('o', never);
    assert.equal((await store.index('o')).size, 300);
  });
});
