import assert from 'node:assert/strict';
import type { ContactRef } from '../../../../../src/api/contacts';
import { interactionValues, newInteractionId } from '../../../../../src/contacts/drafts/interactionDraft';
import { InteractionDraftStore } from '../../../../../src/contacts/drafts/interactionDraftStore';
import { ContactStore } from '../../../../../src/contacts/lists/contactStore';
import { linked } from '../../../../../src/contacts/model/related';
import { RelatedStore } from '../../../../../src/contacts/related/relatedStore';
import { InteractionSaves } from '../../../../../src/contacts/saving/interactions/interactionSaves';
import { clientOf } from '../../../../support/apiClient';
import { type ApiServer, type Fault, startApiServer } from '../../../../support/apiServer';
import { asked, type ContactRecord, colleague } from '../../../../support/colleague';
import { draftWindows, unwatched } from '../../../../support/draftWindows';
import { newGate } from '../../../../support/gate';
import { emptyForm as base } from '../../../../support/interactionForm';
import { silentRuntime } from '../../../../support/silentLog';
import { until } from '../../../../support/until';

describe('interactions that are logged and changed', () => {
  const windows = draftWindows('notes', InteractionDraftStore);
  let server: ApiServer;
  let organisationId: string;
  let contacts: readonly ContactRecord[];
  let next = 0;
  before(async () => {
    server = await startApiServer({ contacts: 30 });
    organisationId = (await colleague(server).organisations())[1]?.id ?? assert.fail();
    contacts = await colleague(server).contacts(organisationId);
  });
  after(() => server.stop());
  beforeEach(() => {
    server.fault = undefined;
  });

  /** Opens a window with its own stores on the disk that all windows share. */
  async function openWindow(disk?: typeof unwatched) {
    const interactionDrafts = await windows.open(disk);
    const client = clientOf(server);
    const store = new ContactStore(client);
    const related = new RelatedStore(client, silentRuntime);
    return {
      store,
      related,
      interactionDrafts,
      interactionSaves: new InteractionSaves(server.url, store, related, interactionDrafts, silentRuntime),
    };
  }
  async function openContact(contactId = contacts[next++]?.id ?? assert.fail(), disk?: typeof unwatched) {
    const ref = { organisationId, contactId };
    const window = await openWindow(disk);
    await window.store.load(ref, new AbortController().signal);
    const list = () => linked(window.store.document(ref)?.resource ?? assert.fail(), 'interactions') ?? [];
    return { ...window, ref, list, start: server.requests.length };
  }
  type Opened = Awaited<ReturnType<typeof openContact>>;
  const keyFor = (ref: ContactRef, interactionId: string) => ({ origin: server.url, ...ref, interactionId });
  const begin = ({ interactionSaves, interactionDrafts, ref }: Opened, notes: string) => {
    interactionSaves.start(ref, newInteractionId, base);
    interactionDrafts.type(keyFor(ref, newInteractionId), 'notes', notes);
  };
  const posts = ({ start }: Opened) => asked(server, start).filter(({ method }) => method === 'POST');
  const onPost = (fault: Fault) => {
    server.fault = ({ method }) => (method === 'POST' ? fault : undefined);
  };

  it('logs with one POST of what the documentation shows, and has it in the list', async () => {
    const one = await openContact();
    const before = one.list().length;
    const [account] = linked(one.store.document(one.ref)?.resource ?? assert.fail(), 'accounts') ?? [];
    one.interactionSaves.start(one.ref, newInteractionId, { ...base, account: account?.id ?? '' });
    one.interactionDrafts.type(keyFor(one.ref, newInteractionId), 'notes', 'Asked about the meter');
    await one.interactionSaves.send(one.ref, newInteractionId);
    const [post, ...others] = posts(one);
    assert.equal(others.length, 0);
    assert.equal(post?.path, `/v3/orgs/${organisationId}/customers/interactions`);
    assert.equal(post?.headers['content-type'], 'application/vnd.api+json');
    assert.deepEqual(post?.json, {
      data: {
        type: 'customer-interactions',
        attributes: {
          method: 'telephone',
          direction: 'inbound',
          date_time: '2026-03-03T10:32:00.000Z',
          contacted: true,
          status: 'completed',
          notes: 'Asked about the meter',
        },
        relationships: {
          contact: { data: { type: 'contacts', id: one.ref.contactId } },
          account: { data: { type: 'customer-accounts', id: account?.id } },
        },
      },
    });
    assert.equal(one.list().length, before + 1);
    assert.equal(one.interactionSaves.state(one.ref, newInteractionId).kind, 'done');
    assert.equal(one.interactionSaves.draft(one.ref, newInteractionId), undefined);
  });

  it('keeps what was typed when Ctrl Hub refuses it', async () => {
    for (const status of [400, 403, 404, 405, 409, 401, 429]) {
      const one = await openContact(contacts[0]?.id);
      onPost({ status, body: { id: 'x', title: 'A validation error was encountered', status: `${status}` } });
      begin(one, `Refused with ${status}`);
      await one.interactionSaves.send(one.ref, newInteractionId);
      assert.equal(one.interactionSaves.state(one.ref, newInteractionId).kind, 'failed', String(status));
      assert.equal(posts(one).length, 1);
      assert.equal(
        one.interactionSaves.draft(one.ref, newInteractionId)?.values.notes,
        `Refused with ${status}`,
      );
      assert.ok(!one.interactionSaves.draft(one.ref, newInteractionId)?.sent, 'it may be sent again');
      one.interactionSaves.drop(one.ref, newInteractionId);
      await one.interactionDrafts.flush();
    }
  });

  it('does not know when the answer is lost, sends nothing again, and finds it when asked to look', async () => {
    const one = await openContact();
    onPost({ drop: 'after', carriedOut: true });
    begin(one, 'Sent, and no answer');
    await one.interactionSaves.send(one.ref, newInteractionId);
    assert.equal(one.interactionSaves.state(one.ref, newInteractionId).kind, 'unknown');
    assert.equal(posts(one).length, 1);
    server.fault = undefined;
    await one.interactionSaves.search(one.ref);
    assert.equal(one.interactionSaves.state(one.ref, newInteractionId).kind, 'done');
    assert.equal(one.interactionSaves.draft(one.ref, newInteractionId), undefined);
    assert.equal(posts(one).length, 1);
  });

  it('says that it is not there when it is not, and keeps it to be sent', async () => {
    const one = await openContact();
    onPost({ drop: 'before' });
    begin(one, 'Never arrived');
    await one.interactionSaves.send(one.ref, newInteractionId);
    assert.equal(one.interactionSaves.state(one.ref, newInteractionId).kind, 'unknown');
    server.fault = undefined;
    await one.interactionSaves.search(one.ref);
    assert.equal(one.interactionSaves.state(one.ref, newInteractionId).kind, 'notThere');
    assert.equal(one.interactionSaves.draft(one.ref, newInteractionId)?.values.notes, 'Never arrived');
    await one.interactionSaves.send(one.ref, newInteractionId);
    assert.equal(one.interactionSaves.state(one.ref, newInteractionId).kind, 'done');
  });

  it('is looked for, not sent again, after a window that died while it was on its way', async () => {
    const one = await openContact();
    const answer = newGate();
    onPost({ held: answer.opened });
    begin(one, 'On its way');
    const sending = one.interactionSaves.send(one.ref, newInteractionId);
    await until('it on its way', () => posts(one).length === 1);
    const two = await openContact(one.ref.contactId);
    assert.equal(two.interactionSaves.state(two.ref, newInteractionId).kind, 'unknown');
    assert.equal(two.interactionSaves.draft(two.ref, newInteractionId)?.values.notes, 'On its way');
    answer.open();
    await sending;
  });

  it('is not looked for while another window has it on its way, and so never sent twice', async () => {
    const one = await openContact();
    const two = await openContact(one.ref.contactId);
    onPost({ delay: 300 });
    begin(one, 'From one window');
    const sending = one.interactionSaves.send(one.ref, newInteractionId);
    await until('its mark', () => two.interactionSaves.state(two.ref, newInteractionId).kind === 'unknown');
    await two.interactionSaves.search(two.ref);
    assert.equal(two.interactionSaves.state(two.ref, newInteractionId).kind, 'done');
    assert.equal(two.interactionSaves.draft(two.ref, newInteractionId), undefined);
    await two.interactionSaves.send(two.ref, newInteractionId);
    await sending;
    assert.equal(posts(one).length, 1);
  });

  it('may be typed on in the other window when Ctrl Hub refuses it meanwhile', async () => {
    const one = await openContact();
    const two = await openContact(one.ref.contactId);
    onPost({ delay: 300, status: 403, body: {} });
    begin(one, 'Refused');
    const sending = one.interactionSaves.send(one.ref, newInteractionId);
    await until('its mark', () => two.interactionSaves.state(two.ref, newInteractionId).kind === 'unknown');
    await two.interactionSaves.search(two.ref);
    assert.equal(two.interactionSaves.state(two.ref, newInteractionId).kind, 'idle');
    assert.equal(two.interactionSaves.draft(two.ref, newInteractionId)?.values.notes, 'Refused');
    await sending;
  });

  it('is looked for as it was sent, whatever was typed since; what was typed stays', async () => {
    const one = await openContact();
    onPost({ drop: 'after', carriedOut: true });
    begin(one, 'Asked abuot the meter');
    await one.interactionSaves.send(one.ref, newInteractionId);
    one.interactionDrafts.type(keyFor(one.ref, newInteractionId), 'notes', 'Asked about the meter');
    await one.interactionSaves.search(one.ref);
    assert.equal(one.interactionSaves.state(one.ref, newInteractionId).kind, 'done');
    assert.equal(
      one.interactionSaves.draft(one.ref, newInteractionId)?.values.notes,
      'Asked about the meter',
    );
    assert.equal(posts(one).length, 1);
  });

  it('is known to be on its way by a window where somebody was typing just then', async () => {
    const one = await openContact();
    const two = await openContact(one.ref.contactId);
    onPost({ drop: 'after', carriedOut: true });
    begin(one, 'Rang');
    await one.interactionDrafts.flush();
    await until(
      'it in the other window',
      () => two.interactionSaves.draft(two.ref, newInteractionId) !== undefined,
    );
    two.interactionDrafts.type(keyFor(two.ref, newInteractionId), 'notes', 'Rang about');
    const sending = one.interactionSaves.send(one.ref, newInteractionId);
    await two.interactionDrafts.flush();
    await sending;
    await one.interactionDrafts.flush();
    await until('the mark', () => two.interactionSaves.state(two.ref, newInteractionId).kind === 'unknown');
    await two.interactionSaves.send(two.ref, newInteractionId);
    assert.equal(posts(one).length, 1);
    assert.equal(two.interactionSaves.draft(two.ref, newInteractionId)?.values.notes, 'Rang about');
  });

  describe('that another window has not seen to be sent', () => {
    /** Opens two windows that do not notice each other, with the same text. */
    async function openTwo() {
      const one = await openContact(undefined, unwatched);
      begin(one, 'Rang');
      await one.interactionDrafts.flush();
      return { one, two: await openContact(one.ref.contactId, unwatched) };
    }
    async function sendAndLook(one: Opened, two: Opened, typed: string | undefined) {
      const { interactionSaves, ref } = two;
      server.fault = undefined;
      await interactionSaves.send(ref, newInteractionId);
      assert.equal(posts(one).length, 1, 'once');
      assert.equal(interactionSaves.state(ref, newInteractionId).kind, 'unknown');
      await interactionSaves.search(ref);
      assert.equal(interactionSaves.state(ref, newInteractionId).kind, 'done');
      assert.equal(interactionSaves.draft(ref, newInteractionId)?.values.notes, typed);
    }

    it('is not sent again, but looked for, where the answer was lost', async () => {
      const { one, two } = await openTwo();
      onPost({ drop: 'after' });
      await one.interactionSaves.send(one.ref, newInteractionId);
      await one.interactionDrafts.flush();
      await sendAndLook(one, two, undefined);
    });

    it('is not sent again after it was logged in the other window; what was typed beyond it stays', async () => {
      for (const typed of [undefined, 'Rang, and more']) {
        const { one, two } = await openTwo();
        if (typed) two.interactionDrafts.type(keyFor(two.ref, newInteractionId), 'notes', typed);
        await one.interactionSaves.send(one.ref, newInteractionId);
        await one.interactionDrafts.flush();
        await sendAndLook(one, two, typed);
      }
    });

    it('is not sent again where the window that sent it has typed on', async () => {
      const { one, two } = await openTwo();
      onPost({ delay: 100 });
      const sending = one.interactionSaves.send(one.ref, newInteractionId);
      one.interactionDrafts.type(keyFor(one.ref, newInteractionId), 'notes', 'Rang once more');
      await sending;
      await one.interactionDrafts.flush();
      await sendAndLook(one, two, 'Rang once more');
    });

    it('is not sent again while it is on its way', async () => {
      const { one, two } = await openTwo();
      onPost({ delay: 300 });
      const sending = one.interactionSaves.send(one.ref, newInteractionId);
      await until('it on its way', () => posts(one).length === 1);
      await two.interactionSaves.send(two.ref, newInteractionId);
      assert.equal(two.interactionSaves.state(two.ref, newInteractionId).kind, 'unknown');
      await sending;
      assert.equal(posts(one).length, 1);
    });

    it('is sent where the other one has only typed', async () => {
      const { one, two } = await openTwo();
      one.interactionDrafts.type(keyFor(one.ref, newInteractionId), 'notes', 'Rang once more');
      await one.interactionDrafts.flush();
      await two.interactionSaves.send(two.ref, newInteractionId);
      assert.equal(two.interactionSaves.state(two.ref, newInteractionId).kind, 'done');
      assert.equal(posts(one).length, 1);
    });
  });

  it('is not said to be absent where not all could be looked at', async () => {
    const one = await openContact();
    onPost({ drop: 'after', carriedOut: true });
    begin(one, 'One of many');
    await one.interactionSaves.send(one.ref, newInteractionId);
    const { resource } = await one.store.load(one.ref);
    const data = Array.from({ length: 201 }, (_, n) => ({ type: 'i', id: `i${n}` }));
    const many = { ...resource, relationships: { ...resource.relationships, interactions: { data } } };
    server.fault = ({ path }) => {
      const [, id] = /interactions\/(i\d+)/.exec(path) ?? [];
      if (id !== undefined) return { body: { data: { type: 'i', id, attributes: { notes: 'Another' } } } };
      return path.includes('/contacts/') ? { body: { data: many } } : undefined;
    };
    await one.interactionSaves.search(one.ref);
    assert.deepEqual(one.interactionSaves.state(one.ref, newInteractionId), {
      kind: 'unknown',
      partly: true,
    });
    await one.interactionSaves.send(one.ref, newInteractionId);
    assert.equal(posts(one).length, 1);
    data.pop();
    await one.interactionSaves.search(one.ref);
    assert.equal(one.interactionSaves.state(one.ref, newInteractionId).kind, 'notThere');
  });

  it('that was thrown away while it was on its way is not on the disk again', async () => {
    for (const fault of [{ status: 403, body: {} }, { drop: 'before' }] as const) {
      const one = await openContact();
      onPost({ ...fault, delay: 200 });
      begin(one, 'Secret');
      const sending = one.interactionSaves.send(one.ref, newInteractionId);
      await until('it on its way', () => posts(one).length === 1);
      one.interactionDrafts.set(
        { origin: server.url, ...one.ref, interactionId: newInteractionId },
        undefined,
      );
      await sending;
      await one.interactionDrafts.flush();
      assert.equal(one.interactionSaves.draft(one.ref, newInteractionId), undefined);
      assert.doesNotMatch(windows.texts().join(''), /Secret/, 'nothing that was typed');
    }
  });

  it('keeps what was typed over a restart', async () => {
    const one = await openContact();
    begin(one, 'Half a sentence');
    await one.interactionDrafts.flush();
    const two = await openContact(one.ref.contactId);
    assert.equal(two.interactionSaves.draft(two.ref, newInteractionId)?.values.notes, 'Half a sentence');
    assert.equal(two.interactionSaves.state(two.ref, newInteractionId).kind, 'idle');
  });

  describe('notes', () => {
    async function openNotes() {
      let one = await openContact();
      while (one.list().length === 0) one = await openContact();
      const id = one.list()[0]?.id ?? '';
      const path = `/v3/orgs/${organisationId}/customers/interactions/${id}`;
      const { resource } = await one.related.readInteraction(organisationId, id);
      one.interactionSaves.start(one.ref, id, interactionValues(resource));
      const puts = () => asked(server, one.start).filter(({ method }) => method === 'PUT');
      return { ...one, id, path, puts, before: resource.attributes };
    }
    const read = async (path: string) => (await colleague(server).read(path)).attributes;

    it('are sent with everything that was read, known or not', async () => {
      const { interactionSaves, interactionDrafts, ref, id, path, puts } = await openNotes();
      await colleague(server).change(path, { later: { deep: [1] } });
      interactionDrafts.type(keyFor(ref, id), 'notes', 'Mine');
      await interactionSaves.send(ref, id);
      assert.equal(interactionSaves.state(ref, id).kind, 'done');
      const attributes = await read(path);
      assert.equal(attributes.notes, 'Mine');
      assert.deepEqual(attributes.later, { deep: [1] });
      assert.ok(attributes.method, 'the method is as it was');
      assert.equal(puts().length, 1);
    });

    it('that a colleague changed too are asked about; mine, or theirs', async () => {
      for (const choice of ['mine', 'theirs'] as const) {
        const { interactionSaves, interactionDrafts, ref, id, path, puts } = await openNotes();
        interactionDrafts.type(keyFor(ref, id), 'notes', 'Mine');
        await colleague(server).change(path, { notes: 'Theirs' });
        await interactionSaves.send(ref, id);
        const state = interactionSaves.state(ref, id);
        assert.ok(state.kind === 'conflict');
        assert.deepEqual([state.fields, state.theirs.notes], [['notes'], 'Theirs']);
        assert.equal(puts().length, 0, 'nothing is sent before');
        await interactionSaves.resolve(ref, id, choice);
        assert.equal(interactionSaves.state(ref, id).kind, 'done');
        assert.equal((await read(path)).notes, choice === 'mine' ? 'Mine' : 'Theirs');
      }
    });

    it('leave alone what a colleague changed beside them', async () => {
      const { interactionSaves, interactionDrafts, ref, id, path } = await openNotes();
      interactionDrafts.type(keyFor(ref, id), 'notes', 'Mine');
      await colleague(server).change(path, { date_time: '2020-01-01T00:00:00Z' });
      await interactionSaves.send(ref, id);
      const { notes, date_time } = await read(path);
      assert.deepEqual({ notes, date_time }, { notes: 'Mine', date_time: '2020-01-01T00:00:00Z' });
    });

    it('whose answer was lost are looked at: saved, or not, and never twice', async () => {
      for (const [drop, kind] of [
        ['after', 'done'],
        ['before', 'notThere'],
      ] as const) {
        const { interactionSaves, interactionDrafts, ref, id, puts } = await openNotes();
        server.fault = ({ method }) =>
          method === 'PUT' ? { drop, carriedOut: drop === 'after' } : undefined;
        interactionDrafts.type(keyFor(ref, id), 'notes', `Lost ${drop}`);
        await interactionSaves.send(ref, id);
        server.fault = undefined;
        assert.equal(interactionSaves.state(ref, id).kind, kind);
        assert.equal(puts().length, 1);
        assert.equal(
          interactionSaves.draft(ref, id)?.values.notes,
          kind === 'done' ? undefined : 'Lost before',
        );
      }
    });

    for (const [status, detail] of [
      [400, 'status is not allowed'],
      [422, 'status must be one of completed, open'],
    ] as const)
      it(`never go without an attribute that nobody edited: ${detail}`, async () => {
        const { interactionSaves, interactionDrafts, ref, id, path, puts, before } = await openNotes();
        server.fault = ({ method }) =>
          method === 'PUT'
            ? {
                status,
                body: { errors: [{ detail, status, source: { pointer: '/data/attributes/status' } }] },
              }
            : undefined;
        interactionDrafts.type(keyFor(ref, id), 'notes', 'Refused');
        await interactionSaves.send(ref, id);
        assert.equal(interactionSaves.state(ref, id).kind, 'failed');
        assert.equal(puts().length, 1);
        assert.equal(interactionSaves.draft(ref, id)?.values.notes, 'Refused');
        assert.equal((await read(path)).status, before?.status);
      });

    it('that Ctrl Hub says yes to and does not keep are not saved', async () => {
      const { interactionSaves, interactionDrafts, ref, id, before } = await openNotes();
      server.fault = ({ method }) =>
        method === 'PUT'
          ? { body: { data: { id, type: 'customer-interactions', attributes: before } } }
          : undefined;
      interactionDrafts.type(keyFor(ref, id), 'notes', 'Not kept');
      await interactionSaves.send(ref, id);
      assert.equal(interactionSaves.state(ref, id).kind, 'ignored');
      assert.equal(interactionSaves.draft(ref, id)?.values.notes, 'Not kept');
    });

    for (const answer of [
      { errors: [{ status: '422', title: 'No' }] },
      {},
      { data: null },
      { meta: { queued: false } },
    ])
      it(`are not saved by a 200 with ${JSON.stringify(answer)} alone`, async () => {
        const { interactionSaves, interactionDrafts, ref, id } = await openNotes();
        server.fault = ({ method }) => (method === 'PUT' ? { body: answer } : undefined);
        interactionDrafts.type(keyFor(ref, id), 'notes', 'Not there');
        await interactionSaves.send(ref, id);
        assert.match(interactionSaves.state(ref, id).kind, /^(notThere|ignored)$/);
        assert.equal(interactionSaves.draft(ref, id)?.values.notes, 'Not there');
      });

    it('that an answer does not show are read before they are said to be saved', async () => {
      for (const carriedOut of [true, false]) {
        const { interactionSaves, interactionDrafts, ref, id } = await openNotes();
        const data = { id, type: 'customer-interactions' };
        server.fault = ({ method }) => (method === 'PUT' ? { body: { data }, carriedOut } : undefined);
        interactionDrafts.type(keyFor(ref, id), 'notes', 'Is it there?');
        await interactionSaves.send(ref, id);
        assert.equal(interactionSaves.state(ref, id).kind, carriedOut ? 'done' : 'ignored');
      }
    });

    it('that the API cut off are kept', async () => {
      const { interactionSaves, interactionDrafts, ref, id, path } = await openNotes();
      const data = { id, type: 'customer-interactions', attributes: { notes: 'A long sto' } };
      server.fault = ({ method }) => (method === 'PUT' ? { body: { data } } : undefined);
      interactionDrafts.type(keyFor(ref, id), 'notes', 'A long story');
      await interactionSaves.send(ref, id);
      server.fault = undefined;
      assert.ok(path);
      assert.equal(interactionSaves.draft(ref, id)?.values.notes, 'A long story');
    });

    it('of which only white space changed are not saved when the PUT is lost or ignored', async () => {
      for (const fault of [{ drop: 'before' }, 'ignored'] as const) {
        const { interactionSaves, interactionDrafts, ref, id, before, path } = await openNotes();
        const notes = `${String(before?.notes)}\n`;
        const data = { id, type: 'customer-interactions', attributes: before };
        server.fault = ({ method }) =>
          method === 'PUT' ? (fault === 'ignored' ? { body: { data } } : fault) : undefined;
        interactionDrafts.type(keyFor(ref, id), 'notes', notes);
        await interactionSaves.send(ref, id);
        server.fault = undefined;
        assert.equal(interactionSaves.draft(ref, id)?.values.notes, notes);
        assert.equal((await read(path)).notes, before?.notes);
      }
    });

    it('that were saved while nobody saw the answer are no colleague’s, as the API tidied them', async () => {
      const { interactionSaves, interactionDrafts, ref, id, path } = await openNotes();
      let lost = false;
      server.fault = ({ method }) => {
        if (method === 'PUT') lost = true;
        return lost ? { drop: 'before' } : undefined;
      };
      interactionDrafts.type(keyFor(ref, id), 'notes', 'Two  spaces');
      await interactionSaves.send(ref, id);
      assert.equal(interactionSaves.state(ref, id).kind, 'unknown');
      server.fault = undefined;
      await colleague(server).change(path, { notes: 'Two spaces' });
      interactionDrafts.type(keyFor(ref, id), 'notes', 'Two  spaces, and more');
      await interactionSaves.send(ref, id);
      assert.equal(interactionSaves.state(ref, id).kind, 'done');
      assert.equal((await read(path)).notes, 'Two  spaces, and more');
    });

    it('are saved with a weak ETag, which goes into no If-Match', async () => {
      const { interactionSaves, interactionDrafts, ref, id, path, puts } = await openNotes();
      const { attributes } = await colleague(server).read(path);
      server.fault = ({ method, headers }) => {
        if (method === 'PUT' && headers['if-match'] !== undefined) return { status: 412 };
        const body = { data: { id, type: 'customer-interactions', attributes } };
        return method === 'GET' ? { body, headers: { etag: 'W/"1"' } } : undefined;
      };
      interactionDrafts.type(keyFor(ref, id), 'notes', 'With a weak tag');
      await interactionSaves.send(ref, id);
      server.fault = undefined;
      assert.equal(interactionSaves.state(ref, id).kind, 'done');
      assert.equal(puts()[0]?.headers['if-match'], undefined);
    });
  });
});
