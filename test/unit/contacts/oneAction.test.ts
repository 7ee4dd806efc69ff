/** The tests' server tells: no request is made twice within one action. */
import assert from 'node:assert/strict';
import { CurrentAccount } from '../../../src/contacts/accountStores';
import { newDraft, withEdit } from '../../../src/contacts/drafts/draft';
import { DraftStore } from '../../../src/contacts/drafts/draftStore';
import { Drafts } from '../../../src/contacts/drafts/drafts';
import { InteractionDraftStore } from '../../../src/contacts/drafts/interactionDraftStore';
import { valuesOf } from '../../../src/contacts/model/contact';
import { Reading } from '../../../src/panel/reading';
import { type ApiServer, startApiServer } from '../../support/apiServer';
import { askedTwice } from '../../support/colleague';
import { noDisk } from '../../support/noDisk';
import { silentLog, silentRuntime } from '../../support/silentLog';
import { SteppedClock } from '../../support/steppedClock';
import { until } from '../../support/until';
import { Computer, environmentOf } from '../../support/windows';

describe('one action', () => {
  let server: ApiServer;
  before(async () => {
    server = await startApiServer({ contacts: 250 });
  });
  after(() => server.stop());

  /** The requests of an action, each of them made once. */
  async function once(action: () => Promise<unknown>): Promise<number> {
    const start = server.requests.length;
    await action();
    assert.deepEqual(askedTwice(server, start), []);
    return server.requests.length - start;
  }

  it('asks for nothing twice: signing in, opening a list, opening a contact, saving it', async () => {
    const computer = new Computer(server.url);
    const session = computer.window();
    const drafts = new DraftStore(noDisk, silentRuntime);
    const interactionDrafts = new InteractionDraftStore(noDisk, silentRuntime);
    const memory = () => ({ get: () => ({ filter: '' }), set: () => undefined });
    const current = new CurrentAccount(session, new Drafts(drafts, interactionDrafts), memory, silentRuntime);
    await session.ready();
    const held = { kind: 'sessionToken', token: server.token } as const;
    const data = () => current.current ?? assert.fail('nobody is signed in');

    const signIn = await once(async () => {
      const { signal } = new AbortController();
      const organisations = await session.signingIn.check(environmentOf(session), held, signal);
      await session.signIn(environmentOf(session), held, organisations);
      const list = await data().organisations.ensure();
      assert.equal(list.readAt, organisations.readAt);
      assert.ok(list.organisations.length > 1);
    });
    assert.equal(signIn, 1);

    const organisationId = data().organisations.list.organisations[0]?.id ?? assert.fail();
    assert.equal(await once(() => data().contacts.ensureList(organisationId)), 1);

    const ref = { organisationId, contactId: data().contacts.list(organisationId).ids[0] ?? assert.fail() };
    const reading = new Reading(
      { log: silentLog, clock: new SteppedClock(), data, changed() {}, loaded() {} },
      ref,
    );
    const open = await once(async () => {
      reading.load();
      await until('the reading', () => reading.loading.kind === 'loaded');
    });
    assert.equal(open, 1);

    const { last_name } = valuesOf(reading.shown?.resource ?? assert.fail());
    drafts.set({ origin: server.url, ...ref }, withEdit(newDraft(), 'last_name', 'Once', last_name));
    assert.equal(await once(() => data().saves.save(ref)), 2);
    assert.equal(data().saves.state(ref).kind, 'saved');

    assert.equal(
      await once(async () => {
        data().organisations.invalidate();
        await data().organisations.ensure();
      }),
      1,
      'a refresh asks anew',
    );
    current.dispose();
    computer.close();
  });
});
