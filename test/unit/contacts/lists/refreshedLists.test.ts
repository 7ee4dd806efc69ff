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
      const read = () => readWhole(stores, ['o'], new AbortController().signal, () => undefined);
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
    type Parts = ConstructorParameters<typeof TreeRefresh>;
    const data = Object.assign({} as Parts[0], { current: stores });
    const tree = Object.assign({} as Parts[1], { refreshOrganisation: () => undefined, visibleIn: () => [] });
    new TreeRefresh(data, tree, {} as Parts[2]).tryListAgain('o');
    await untilQuiet(server);
    assert.equal(contacts.list('o').ids.length, 1_510);
  });

  const ref = { organisationId: 'o', contactId: 'c5' };
  for (const isWhole of [false, true])
    it(`keeps what was saved while it is read again: ${isWhole ? 'all of it' : 'some pages'}`, async () => {
      const { server, state, contacts, wholeLoads } = await open({ count: isWhole ? 1_500 : 250 });
      if (isWhole) await wholeLoads.load(['o']);
      else await contacts.loadMore('o');
      const answer = newGate();
      const start = server.requests.length;
      contacts.invalidate(undefined, () => []);
      state.hold = { offset: 50, until: answer.opened };
      const reading = isWhole
        ? readWhole(
            Object.assign({} as AccountStores, { contacts, wholeLoads }),
            ['o'],
            new AbortController().signal,
            () => undefined,
          )
        : contacts.ensureList('o');
      await until('the second page', () => server.requests.length >= start + 2);
      await saveContact(contacts, ref, { base: { last_name: 'Old' }, edits: { last_name: 'Saved' } });
      answer.open();
      await reading;
      assert.equal(contacts.summary(ref)?.attributes?.last_name, 'Saved');
      assert.equal(contacts.known(ref)?.resource.attributes?.last_name, 'Saved');
    });
});
