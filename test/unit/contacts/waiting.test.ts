import assert from 'node:assert/strict';
import { runtimeWith } from '../../../src/base/runtime';
import { newDraft, withEdit } from '../../../src/contacts/drafts/draft';
import { DraftStore } from '../../../src/contacts/drafts/draftStore';
import { ContactStore } from '../../../src/contacts/lists/contactStore';
import { OrganisationStore } from '../../../src/contacts/lists/organisationStore';
import { RelatedStore } from '../../../src/contacts/related/relatedStore';
import { ContactSaves } from '../../../src/contacts/saving/contactSaves';
import { TryLater } from '../../../src/tree/tryLater';
import { clientOf } from '../../support/apiClient';
import { type ApiServer, startApiServer } from '../../support/apiServer';
import { type ContactRecord, colleague } from '../../support/colleague';
import { noDisk } from '../../support/noDisk';
import { silentLog } from '../../support/silentLog';
import { SteppedClock } from '../../support/steppedClock';

/** Waits that servers request, with true for those beyond any client's patience. */
const asked: readonly [retryAfter: string | undefined, isTooLong?: true][] = [
  [undefined],
  ['0'],
  ['-5'],
  ['1.5'],
  ['soon'],
  ['Thu, 01 Jan 1970 00:00:00 GMT'],
  ['Thu Jan  1 00:00:00 1970'],
  ['2'],
  ['2147484', true],
  ['99999999999', true],
  ['9'.repeat(400), true],
  ['Fri, 31 Dec 9999 23:59:59 GMT', true],
];

describe('a server that asks to wait', () => {
  let server: ApiServer;
  let organisationId: string;
  let contact: ContactRecord;
  before(async () => {
    server = await startApiServer({ contacts: 1_500 });
    for (const { id } of await colleague(server).organisations()) {
      const contacts = await colleague(server).contacts(id);
      if (contacts.length < 100) continue;
      organisationId = id;
      contact = contacts.find(({ relationships }) => relationships?.accounts?.data.length) ?? assert.fail();
    }
  });
  after(() => server.stop());
  beforeEach(() => {
    server.fault = undefined;
    server.requests.length = 0;
  });
  const refuse = (retryAfter: string | undefined, method = 'GET', status = 429) => {
    server.fault = (request) =>
      request.method === method
        ? { status, headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter }, body: {} }
        : undefined;
  };
  const sent = (method: string) => server.requests.filter((request) => request.method === method).length;

  for (const [retryAfter, isTooLong] of asked) {
    const says = String(retryAfter).slice(0, 30);

    it(`${says}: a save is tried a few times, and then says so`, async () => {
      const clock = new SteppedClock();
      const runtime = runtimeWith(silentLog, clock);
      const ref = { organisationId, contactId: contact.id };
      const store = new ContactStore(clientOf(server), clock);
      const drafts = new DraftStore(noDisk, runtime);
      const saves = new ContactSaves(server.url, store, drafts, runtime);
      await store.load(ref);
      const typed = withEdit(newDraft(), 'email', 'new@example.org', String(contact.attributes.email ?? ''));
      drafts.set({ origin: server.url, ...ref }, typed);
      refuse(retryAfter, 'PUT');
      await saves.save(ref);
      for (let waits = 0; saves.state(ref).kind === 'waiting' && waits < 50; waits++) {
        const state = saves.state(ref);
        assert.ok(state.kind === 'waiting' && state.until - clock.now() >= 1_000, 'a least wait');
        clock.advance(state.until - clock.now());
        await saves.finished();
      }
      const state = saves.state(ref);
      assert.ok(state.kind === 'failed', state.kind);
      assert.equal(sent('PUT'), isTooLong ? 1 : 9);
      assert.equal(drafts.get({ origin: server.url, ...ref })?.edits.email, 'new@example.org');
      server.fault = undefined;
      await saves.save(ref);
      assert.equal(saves.state(ref).kind, 'saved', 'a person may try again');
      await saves.undo(ref);
    });

    it(`${says}: a list is asked for a few times, and keeps what came`, async () => {
      const clock = new SteppedClock();
      const store = new ContactStore(clientOf(server), clock);
      await store.ensureList(organisationId);
      assert.ok(!store.list(organisationId).complete);
      refuse(retryAfter);
      server.requests.length = 0;
      await clock.runUntil(store.loadAll(organisationId, new AbortController().signal));
      const { load, ids } = store.list(organisationId);
      assert.ok(load.kind === 'failed' && load.error.reason === 'rateLimited');
      assert.equal(ids.length, 100);
      // Four pages are requested in parallel.
      const { length } = server.requests;
      assert.ok(length <= 4 * (isTooLong ? 1 : 9), `${length} requests`);
    });

    it(`${says}: the view is asked for less and less often, and not for ever`, async () => {
      const clock = new SteppedClock();
      const store = new OrganisationStore(clientOf(server));
      refuse(retryAfter);
      let reading: Promise<void> | undefined;
      const failed = () => (store.list.load.kind === 'failed' ? [store.list.load.error] : []);
      const read = () => {
        store.invalidate();
        reading = store.ensure().then(() => later.follow(failed(), false));
      };
      const later = new TryLater(clock, read);
      read();
      await reading;
      for (let end = clock.monotonic() + 3_600_000; clock.monotonic() < end; ) {
        clock.advance(Math.min(clock.next ?? end, end - clock.monotonic()));
        await reading;
      }
      const { length } = server.requests;
      assert.ok(isTooLong ? length === 1 : length > 5 && length < 25, `${length} requests in an hour`);
      for (let times = 0; times < 1_000 && clock.next !== undefined; times++) {
        clock.advance(clock.next);
        await reading;
      }
      assert.ok(server.requests.length <= 101, `${server.requests.length} requests`);
      later.dispose();
    });
  }

  it('is asked by nobody who looks at the view before the time has come, and then at once', async () => {
    const clock = new SteppedClock();
    let tries = 0;
    const later = new TryLater(clock, () => tries++);
    refuse('3600');
    const store = new OrganisationStore(clientOf(server));
    await store.ensure();
    const { load } = store.list;
    assert.ok(load.kind === 'failed');
    later.follow([load.error], false);
    clock.advance(3_599_000);
    later.retryNow();
    assert.equal(tries, 0);
    clock.jump(-86_400_000);
    clock.advance(1_000);
    later.retryNow();
    assert.equal(tries, 1);
  });

  it('is not asked sooner because something else is read meanwhile', async () => {
    const clock = new SteppedClock();
    let tries = 0;
    const later = new TryLater(clock, () => tries++);
    const store = new OrganisationStore(clientOf(server));
    const failure = async () => {
      store.invalidate();
      const { load } = await store.ensure();
      assert.ok(load.kind === 'failed');
      return load.error;
    };
    refuse(undefined, 'GET', 500);
    later.follow([await failure()], false);
    clock.advance(5_000);
    assert.equal(tries, 1);
    // A response is awaited while another list changes.
    later.follow([], true);
    later.follow([await failure()], false);
    clock.advance(9_000);
    assert.equal(tries, 1);
    clock.advance(1_000);
    assert.equal(tries, 2);
    // The user retried in between and got another response.
    refuse('60');
    later.follow([await failure()], false);
    clock.advance(59_000);
    assert.equal(tries, 2);
    clock.advance(1_000);
    assert.equal(tries, 3);
  });

  it('related records wait together, and end together', async () => {
    const clock = new SteppedClock();
    const related = new RelatedStore(clientOf(server), runtimeWith(silentLog, clock));
    const { signal } = new AbortController();
    refuse('0');
    const ids = ['one', 'two', 'three', 'four', 'five', 'six'];
    related.want(organisationId, 'accounts', ids, signal);
    const ended = new Promise<void>((resolve) => {
      related.onDidChange(() => {
        const kinds = ids.map((id) => related.load(organisationId, 'accounts', id)?.kind);
        if (kinds.every((kind) => kind === 'failed')) resolve();
      });
    });
    await clock.runUntil(ended);
    assert.ok(server.requests.length <= 36, `${server.requests.length} requests`);
    related.dispose();
  });

  it('a related record is read when the wait is over', async () => {
    const clock = new SteppedClock();
    const related = new RelatedStore(clientOf(server), runtimeWith(silentLog, clock));
    const id = contact.relationships?.accounts?.data[0]?.id ?? assert.fail('no account');
    server.requests.length = 0;
    server.fault = () =>
      server.requests.length <= 2 ? { status: 429, headers: { 'retry-after': '3' }, body: {} } : undefined;
    const loaded = new Promise<void>((resolve) => {
      related.onDidChange(() => {
        if (related.load(organisationId, 'accounts', id)?.kind === 'loaded') resolve();
      });
    });
    related.want(organisationId, 'accounts', [id], new AbortController().signal);
    await clock.runUntil(loaded);
    assert.equal(server.requests.length, 3);
    assert.ok(clock.monotonic() >= 6_000);
    related.dispose();
  });
});
