/** Tests lists that are refreshed, read whole, exported and saved into, while others change them. */
import assert from 'node:assert/strict';
import { readWhole } from '../../../../src/commands/common/readWhole';
import type { AccountStores } from '../../../../src/contacts/accountStores';
import { ArrangedLists } from '../../../../src/contacts/lists/arrangedLists';
import { ContactStore } from '../../../../src/contacts/lists/contactStore';
import { WholeLoads } from '../../../../src/contacts/lists/wholeLoads';
import { saveContact } from '../../../../src/contacts/saving/saveContact';
import { countOf } from '../../../../src/tree/counts';
import { TreeRefresh } from '../../../../src/tree/treeRefresh';
import { clientOf } from '../../../support/apiClient';
import { untilQuiet } from '../../../support/apiServer';
import { newGate } from '../../../support/gate';
import { startListServer } from '../../../support/listServer';
import { until } from '../../../support/until';

type Options = Parameters<typeof startListServer>[0];

const ref = { organisationId: 'o', contactId: 'c5' };
const readAll = (stores: AccountStores) =>
  readWhole(stores, ['o'], new AbortController().signal, () => undefined);

/** Presses Enter on the row that tells of a failure. */
function tryAgain(stores: AccountStores): void {
  type Parts = ConstructorParameters<typeof TreeRefresh>;
  const data = Object.assign({} as Parts[0], { current: stores });
  const tree = Object.assign({} as Parts[1], { refreshOrganisation: () => undefined, visibleIn: () => [] });
  new TreeRefresh(data, tree, {} as Parts[2]).tryListAgain('o');
}

describe('a list that others change', () => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  async function open(options: Options) {
    const { server, state } = await startListServer(options);
    closing.push(() => server.stop());
    const contacts = new ContactStore(clientOf(server));
    const wholeLoads = new WholeLoads(contacts);
    const arranged = new ArrangedLists(contacts, wholeLoads, { get: () => undefined, set: () => undefined });
    const stores = Object.assign({} as AccountStores, { contacts, wholeLoads, arranged });
    await contacts.ensureList('o');
    return { server, state, contacts, wholeLoads, arranged, stores };
  }

  it('has a contact at its end, after a refresh with the last group open', async () => {
    const { state, contacts, wholeLoads, arranged, stores } = await open({ count: 1_500 });
    await wholeLoads.load(['o']);
    state.count++;
    contacts.invalidate(undefined, () => contacts.list('o').ids.slice(1_000));
    assert.ok((await arranged.rows('o')).includes('c1500'));
    assert.equal(countOf(stores, 'o'), '1,501');
  });

  it('is counted by the API’s total, after a refresh with the last group closed', async () => {
    const { state, contacts, wholeLoads, arranged, stores } = await open({ count: 1_500 });
    await wholeLoads.load(['o']);
    state.count++;
    contacts.invalidate(undefined, () => []);
    await arranged.rows('o');
    assert.equal(countOf(stores, 'o'), '1,501');
  });

  for (const count of [5, 1_500])
    it(`of ${count} is exported as it is after a Refresh while it was collapsed, and read once`, async () => {
      const { server, state, contacts, stores } = await open({ count });
      const read = () => readAll(stores);
      await read();
      const first = server.requests.length;
      await read();
      assert.equal(server.requests.length, first, 'nobody refreshed it');
      Object.assign(state, { count: count + 1, name: 'New', status: 403 });
      contacts.invalidate(undefined, () => []);
      await assert.rejects(read());
      state.status = 200;
      await read();
      const { ids } = contacts.list('o');
      assert.equal(ids.length, count + 1);
      for (const contactId of ids)
        assert.equal(contacts.summary({ organisationId: 'o', contactId })?.attributes?.first_name, 'New');
      const second = server.requests.length;
      await read();
      assert.equal(server.requests.length, second);
    });

  for (const [what, refusal] of [
    ['without a reason', {}],
    ['for a reason that names no parameter', { errors: [{ status: '400', title: 'A validation error' }] }],
  ] as const)
    it(`loads more where the API refuses more than 100 rows ${what}`, async () => {
      const { contacts } = await open({ count: 250, limit: 100, refusal });
      await contacts.loadMore('o');
      const { load, ids } = contacts.list('o');
      assert.equal(load.kind, 'idle');
      assert.ok(ids.length >= 199, `${ids.length}`);
    });

  it('loads more also if that is asked for during a refresh', async () => {
    const { contacts } = await open({ count: 500 });
    contacts.invalidate();
    const refreshing = contacts.ensureList('o');
    await contacts.loadMore('o');
    await refreshing;
    assert.equal(contacts.list('o').ids.length, 200);
  });

  it('is read again by the row that tells of a failure, also if it was complete', async () => {
    const { server, state, contacts, wholeLoads, stores } = await open({ count: 1_500 });
    await wholeLoads.load(['o']);
    state.count = 1_510;
    contacts.invalidate();
    await contacts.ensureList('o');
    state.status = 403;
    await wholeLoads.load(['o']);
    assert.equal(contacts.list('o').load.kind, 'failed');
    state.status = 200;
    tryAgain(stores);
    await untilQuiet(server);
    assert.equal(contacts.list('o').ids.length, 1_510);
  });

  for (const isWhole of [false, true])
    it(`keeps what was saved while it is read again: ${isWhole ? 'all of it' : 'some pages'}`, async () => {
      const { server, state, contacts, wholeLoads, stores } = await open({ count: isWhole ? 1_500 : 250 });
      if (isWhole) await wholeLoads.load(['o']);
      else await contacts.loadMore('o');
      const answer = newGate();
      const start = server.requests.length;
      contacts.invalidate(undefined, () => []);
      state.hold = { offset: 50, until: answer.opened };
      const reading = isWhole ? readAll(stores) : contacts.ensureList('o');
      await until('the second page', () => server.requests.length >= start + 2);
      await saveContact(contacts, ref, { base: { last_name: 'Old' }, edits: { last_name: 'Saved' } });
      answer.open();
      await reading;
      assert.equal(contacts.summary(ref)?.attributes?.last_name, 'Saved');
      assert.equal(contacts.known(ref)?.resource.attributes?.last_name, 'Saved');
    });

  it('is read again by the row that tells of a failed export', async () => {
    const { server, state, contacts, stores } = await open({ count: 1_500 });
    await readAll(stores);
    contacts.invalidate(undefined, () => []);
    Object.assign(state, { name: 'New', status: 403 });
    await assert.rejects(readAll(stores));
    state.status = 200;
    tryAgain(stores);
    await contacts.ensureList('o');
    await untilQuiet(server);
    assert.equal(contacts.list('o').load.kind, 'idle');
    assert.equal(contacts.summary(ref)?.attributes?.first_name, 'New');
  });

  for (const isWhole of [true, false])
    it(`ends an export when it is cancelled in the view: ${isWhole ? 'all' : 'some'} of it was read before`, async () => {
      const { server, state, contacts, wholeLoads, stores } = await open({ count: 3_000 });
      if (isWhole) await readAll(stores);
      contacts.invalidate(undefined, () => []);
      const answer = newGate();
      const start = server.requests.length;
      state.hold = { offset: 50, until: answer.opened };
      const reading = readAll(stores);
      await until('a held page', () =>
        server.requests.slice(start).some(({ path }) => !/offset=0\b/.test(path)),
      );
      wholeLoads.cancel();
      answer.open();
      await assert.rejects(reading, { name: 'Canceled' });
    });

  for (const what of ['a refresh', 'another order', 'the end of the session'] as const)
    it(`loads no more where that was asked for during a refresh which ${what} stopped`, async () => {
      const { server, state, contacts } = await open({ count: 500 });
      contacts.invalidate();
      const answer = newGate();
      state.hold = { offset: 0, until: answer.opened };
      const start = server.requests.length;
      const refreshing = contacts.ensureList('o');
      await until('a page', () => server.requests.length > start);
      const more = contacts.loadMore('o');
      if (what === 'a refresh') contacts.invalidate();
      else if (what === 'another order') contacts.sortBy('o', '-last_name');
      else contacts.dispose();
      Object.assign(state, { name: 'New', hold: undefined });
      if (what === 'the end of the session') {
        answer.open();
        await Promise.all([refreshing, more]);
        assert.equal(server.requests.length, start + 1);
        return;
      }
      // VS Code asks for the rows a moment later.
      await new Promise((resolve) => setImmediate(resolve));
      await contacts.ensureList('o');
      answer.open();
      await Promise.all([refreshing, more]);
      await untilQuiet(server);
      const now = await contacts.ensureList('o');
      if (what === 'another order') assert.equal(now.sort, '-last_name');
      else assert.equal(now.resource('c1')?.attributes?.first_name, 'New');
    });

  it('is exported with another one, also if an assistant gives up a search in it meanwhile', async () => {
    const answer = newGate();
    const hold = { offset: 1, until: answer.opened, of: 'p/' };
    const { contacts, wholeLoads, stores } = await open({ count: 3_000, hold });
    const exporting = readWhole(stores, ['o', 'p'], new AbortController().signal, () => undefined);
    await until(
      'the first one',
      () => contacts.list('o').complete && !wholeLoads.organisationIds.includes('o'),
    );
    contacts.invalidate('o');
    const stop = new AbortController();
    const searching = readWhole(stores, ['o'], stop.signal, () => undefined);
    stop.abort();
    await assert.rejects(searching, { name: 'AbortError' });
    answer.open();
    await exporting;
    assert.ok(contacts.list('p').complete);
  });
});
