import assert from 'node:assert/strict';
import { ApiClient } from '../../../../src/api/http/client';
import { Emitter } from '../../../../src/base/event';
import { runtimeWith } from '../../../../src/base/runtime';
import { CurrentAccount } from '../../../../src/contacts/accountStores';
import { newDraft, withEdit } from '../../../../src/contacts/drafts/draft';
import { DraftStore } from '../../../../src/contacts/drafts/draftStore';
import { Drafts } from '../../../../src/contacts/drafts/drafts';
import { InteractionDraftStore } from '../../../../src/contacts/drafts/interactionDraftStore';
import type { Account, Session } from '../../../../src/session/session';
import { type ApiServer, startApiServer } from '../../../support/apiServer';
import { type ContactRecord, colleague } from '../../../support/colleague';
import { memoryStorage } from '../../../support/memoryStorage';
import { silentLog, silentRuntime } from '../../../support/silentLog';
import { SteppedClock } from '../../../support/steppedClock';
import { until } from '../../../support/until';

describe('what a session’s end interrupted', () => {
  let server: ApiServer;
  let contact: ContactRecord;
  let organisationId: string;
  before(async () => {
    server = await startApiServer({ contacts: 30 });
    organisationId = (await colleague(server).organisations())[0]?.id ?? assert.fail();
    contact = (await colleague(server).contacts(organisationId))[0] ?? assert.fail();
  });
  after(() => server.stop());

  const account = (token: string, label?: string): Account => ({
    kind: 'sessionToken',
    origin: server.url,
    baseUrl: server.url,
    label,
    client: new ApiClient(
      {
        baseUrl: server.url,
        fetch: (input, init) => fetch(input, init),
        authHeaders: async () => ({ 'X-Session-Token': token }),
      },
      silentLog,
    ),
  });

  /** Makes a save that an ended session interrupted. */
  async function interrupted(label?: string, runtime = silentRuntime) {
    const changed = new Emitter<Session>();
    const sessions = {
      current: { kind: 'signedIn', account: account('ended', label) } as Session,
      onDidChange: changed.event,
    };
    const drafts = new DraftStore(memoryStorage(), silentRuntime);
    const interactionDrafts = new InteractionDraftStore(memoryStorage(), silentRuntime);
    const data = new CurrentAccount(
      sessions,
      new Drafts(drafts, interactionDrafts),
      () => ({
        get: () => undefined,
        set: () => undefined,
      }),
      runtime,
    );
    const ref = { organisationId, contactId: contact.id };
    const name = `Kept ${Math.random()}`;
    const before = String(contact.attributes.first_name ?? '');
    drafts.set({ origin: server.url, ...ref }, withEdit(newDraft(), 'first_name', name, before));
    await data.current?.saves.save(ref);
    assert.equal(data.current?.saves.state(ref).kind, 'failed');
    const become = (session: Session) => {
      sessions.current = session;
      changed.fire(session);
    };
    const isSaved = async () =>
      (await colleague(server).read(`/v3/orgs/${organisationId}/customers/contacts/${contact.id}`)).attributes
        .first_name === name;
    const close = async () => {
      contact = (await colleague(server).contacts(organisationId))[0] ?? assert.fail();
      data.dispose();
      drafts.dispose();
    };
    return { become, data, drafts, ref, name, isSaved, close };
  }

  it('goes on when the same person signs in again', async () => {
    const { become, data, ref, isSaved, close } = await interrupted('ada@example.org');
    become({ kind: 'signedIn', account: account(server.token, 'ada@example.org') });
    await until('the save', () => data.current?.saves.state(ref).kind === 'saved');
    assert.ok(await isSaved());
    await close();
  });

  it('sends nothing that was typed after Save was pressed', async () => {
    const { become, data, drafts, ref, isSaved, close } = await interrupted('ada@example.org');
    const key = { origin: server.url, ...ref };
    drafts.set(
      key,
      withEdit(drafts.get(key) ?? assert.fail(), 'email', 'half@', String(contact.attributes.email)),
    );
    const start = server.requests.length;
    become({ kind: 'signedIn', account: account(server.token, 'ada@example.org') });
    await until('the save', () => data.current?.saves.state(ref).kind === 'saved');
    assert.ok(await isSaved());
    assert.ok(!server.requests.slice(start).some(({ body }) => body.includes('half@')));
    assert.deepEqual(drafts.get(key)?.edits, { email: 'half@' });
    drafts.discard(key);
    await close();
  });

  it('waits for a press of Save when another person does, or after signing out', async () => {
    for (const [before, next, out] of [
      ['ada@example.org', 'bob@example.org', false],
      ['ada@example.org', 'ada@example.org', true],
      // A pasted token does not show its user.
      ['ada@example.org', undefined, false],
      [undefined, 'bob@example.org', false],
      [undefined, undefined, false],
    ] as const) {
      const { become, data, ref, isSaved, close } = await interrupted(before);
      if (out)
        become({ kind: 'signedOut', lost: false, environment: { origin: server.url, baseUrl: server.url } });
      become({ kind: 'signedIn', account: account(server.token, next) });
      const { saves } = data.current ?? assert.fail();
      await saves.finished();
      assert.equal(saves.state(ref).kind, 'idle');
      assert.ok(!(await isSaved()));
      await close();
    }
  });

  it('that was under way and had to wait is left to whoever signs in next', async () => {
    const clock = new SteppedClock();
    const { become, data, ref, isSaved, close } = await interrupted(
      'ada@example.org',
      runtimeWith(silentLog, clock),
    );
    become({ kind: 'signedIn', account: account(server.token, 'bob@example.org') });
    const { saves } = data.current ?? assert.fail();
    server.fault = ({ method }) =>
      method === 'GET' ? { status: 429, headers: { 'Retry-After': '1' }, delay: 50 } : undefined;
    const saving = saves.save(ref);
    become({ kind: 'signedOut', lost: false, environment: { origin: server.url, baseUrl: server.url } });
    await saving;
    server.fault = undefined;
    assert.deepEqual(
      saves.interrupted().map((one) => one.ref),
      [ref],
    );
    await clock.elapse(600_000);
    await until('no request', () => server.pending === 0);
    assert.equal(saves.state(ref).kind, 'waiting');
    assert.ok(!(await isSaved()));
    await close();
  });

  it('is given up with what was to be saved', async () => {
    const { become, data, drafts, ref, close } = await interrupted('ada@example.org');
    become({ kind: 'signedIn', account: account(server.token, 'bob@example.org') });
    const { saves } = data.current ?? assert.fail();
    server.fault = () => ({ status: 429, headers: { 'Retry-After': '60' } });
    await saves.save(ref);
    assert.equal(saves.state(ref).kind, 'waiting');
    server.fault = undefined;
    drafts.discard({ origin: server.url, ...ref });
    saves.edited(ref);
    assert.equal(saves.state(ref).kind, 'idle');
    await close();
  });

  it('is shown as it was saved, whatever was read before and arrives after', async () => {
    const { become, data, ref, name, close } = await interrupted('ada@example.org');
    const old = { data: contact };
    let reads = 0;
    // The save reads first and the panel second, but the panel's response dates from before the save.
    server.fault = ({ method }) =>
      method === 'GET' && ++reads === 2 ? { delay: 300, body: old } : undefined;
    become({ kind: 'signedIn', account: account(server.token, 'ada@example.org') });
    const { contacts, saves } = data.current ?? assert.fail();
    await contacts.load(ref, new AbortController().signal);
    server.fault = undefined;
    assert.equal(saves.state(ref).kind, 'saved');
    assert.equal(contacts.document(ref)?.resource.attributes?.first_name, name);
    await close();
  });
});
