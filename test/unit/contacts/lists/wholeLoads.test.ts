import assert from 'node:assert/strict';
import { ContactStore } from '../../../../src/contacts/lists/contactStore';
import { WholeLoads } from '../../../../src/contacts/lists/wholeLoads';
import { clientOf } from '../../../support/apiClient';
import { type ApiServer, startApiServer, untilQuiet } from '../../../support/apiServer';
import { until } from '../../../support/until';

describe('whole lists that several want', () => {
  const count = 2_000;
  let server: ApiServer;
  let store: ContactStore;
  let loads: WholeLoads;

  beforeEach(async () => {
    server = await startApiServer({
      handler: async (request) => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        const { searchParams } = new URL(request.url);
        const offset = Number(searchParams.get('offset'));
        const length = Math.max(0, Math.min(100, count - offset));
        const data = Array.from({ length }, (_, n) => ({ id: `c${offset + n}`, type: 'contacts' }));
        return Response.json({ data, meta: { pagination: { counts: { resources: count } } } });
      },
    });
    store = new ContactStore(clientOf(server));
    loads = new WholeLoads(store);
  });
  afterEach(() => server.stop());

  const read = (organisationId: string) => store.progress(organisationId).loaded;
  const begun = (organisationId: string) => until('some rows', () => read(organisationId) >= 200);
  const gaveUp = { name: 'AbortError' };

  it('go on for the others when one gives up, who waits no longer', async () => {
    const abort = new AbortController();
    const search = loads.load(['o']);
    const exporting = loads.load(['o'], abort.signal);
    await begun('o');
    abort.abort();
    await assert.rejects(exporting, gaveUp);
    assert.ok(read('o') < count && !loads.isCancelled('o'));
    assert.deepEqual(loads.organisationIds, ['o']);
    await search;
    assert.ok(store.list('o').complete);
  });

  it('of other organisations go on, too', async () => {
    const abort = new AbortController();
    const exporting = loads.load(['o'], abort.signal);
    const search = loads.load(['p']);
    await begun('o');
    abort.abort();
    await assert.rejects(exporting, gaveUp);
    await search;
    assert.ok(store.list('p').complete && !store.list('o').complete);
  });

  it('stop when nobody is left, and do not go on by themselves', async () => {
    const abort = new AbortController();
    const both = [loads.load(['o', 'p'], abort.signal), loads.load(['o'], abort.signal)];
    await begun('o');
    abort.abort();
    for (const one of both) await assert.rejects(one, gaveUp);
    assert.deepEqual(loads.organisationIds, []);
    assert.ok(loads.isCancelled('o') && loads.isCancelled('p'));
    // Requests that were running at the cancellation have ended by then.
    const { length } = server.requests;
    await untilQuiet(server);
    assert.ok(server.requests.length - length <= 4, 'what was on its way, and no more');
  });

  it('are read to their end for who wants them after somebody gave up', async () => {
    const abort = new AbortController();
    const exporting = loads.load(['o'], abort.signal);
    await begun('o');
    abort.abort();
    const again = loads.load(['o']);
    await assert.rejects(exporting, gaveUp);
    await again;
    assert.ok(store.list('o').complete && !loads.isCancelled('o'));
    assert.equal(new Set(store.list('o').ids).size, count);
  });

  it('all stop in the view, also for who did not give up', async () => {
    const all = [loads.load(['o', 'p']), loads.load(['o'], new AbortController().signal)];
    await begun('o');
    loads.cancel();
    await Promise.all(all);
    assert.ok(!store.list('o').complete && !store.list('p').loaded);
    assert.ok(loads.isCancelled('o') && loads.isCancelled('p'));
  });

  it('are not begun for who gave up before', async () => {
    await assert.rejects(loads.load(['o'], AbortSignal.abort()), gaveUp);
    assert.equal(server.requests.length, 0);
  });
});
