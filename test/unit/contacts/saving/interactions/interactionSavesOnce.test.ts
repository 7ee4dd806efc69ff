/**
 * Tests that an interaction is sent once, for all clocks, disks, windows and responses, and that its notes
 * stay until it exists.
 */

import assert from 'node:assert/strict';
import type { DraftStorage } from '../../../../../src/contacts/drafts/draftStorage';
import { newInteractionId, parseInteractionDraft } from '../../../../../src/contacts/drafts/interactionDraft';
import { InteractionDraftStore } from '../../../../../src/contacts/drafts/interactionDraftStore';
import { saveContact } from '../../../../../src/contacts/saving/saveContact';
import { clientOf } from '../../../../support/apiClient';
import type { Fault } from '../../../../support/apiServer';
import { draftWindows } from '../../../../support/draftWindows';
import { type FormWindow, openFormWindow } from '../../../../support/formWindow';
import { newGate } from '../../../../support/gate';
import { emptyForm as base } from '../../../../support/interactionForm';
import { memoryStorage } from '../../../../support/memoryStorage';
import { serverForEach } from '../../../../support/serverForEach';
import { silentLog } from '../../../../support/silentLog';
import { SteppedClock } from '../../../../support/steppedClock';
import { until } from '../../../../support/until';

describe('an interaction that is sent once', () => {
  const windows = draftWindows('notes', InteractionDraftStore);
  const api = serverForEach(60);
  const { posts, onPost } = api;

  /** Opens a window that has read the disk, with its own clock. */
  async function openWindow(storage?: DraftStorage, clock = new SteppedClock()) {
    const drafts = storage
      ? new InteractionDraftStore(storage, { clock, log: silentLog })
      : await windows.open();
    return openFormWindow(clientOf(api.server), api.server.url, api.ref, drafts, clock);
  }

  /** Holds a window's POST until it is released. */
  async function sendAndHold(one: FormWindow) {
    onPost({ delay: 300 });
    const sending = one.send();
    await until('it on its way', () => posts() === 1);
    return sending;
  }

  /** A disk on which the note that the interaction is being sent waits until it is woken. */
  function standingDisk(calm: DraftStorage) {
    const gate = newGate();
    let isStanding = false;
    const storage: DraftStorage = {
      ...calm,
      async write(name, text) {
        if (text.includes('"sent"')) {
          isStanding = true;
          await gate.opened;
        }
        return calm.write(name, text);
      },
    };
    return { storage, isStanding: () => isStanding, wake: gate.open };
  }

  for (const jump of [-2_000, 60_000, -86_400_000])
    it(`is waited for in another window, also where the clock jumps by ${jump} ms`, async () => {
      const texts = new Map<string, string>();
      const one = await openWindow(memoryStorage(texts));
      one.begin('On its way');
      onPost({ delay: 500 });
      const sending = one.send();
      await until('it on its way', () => posts() === 1);
      const two = await openWindow(memoryStorage(texts));
      two.clock.jump(jump);
      const looking = two.look();
      await two.clock.elapse(1_000);
      two.clock.jump(jump);
      await two.clock.elapse(1_000);
      assert.deepEqual(two.saves.state(two.ref, newInteractionId), { kind: 'sending', waiting: true });
      await sending;
      await two.clock.elapse(60_000);
      await looking;
      assert.equal(two.kind(), 'done');
      await two.send();
      assert.equal(posts(), 1);
    });

  it('is another one where a form that was logged untouched is typed on', async () => {
    const one = await openWindow(memoryStorage());
    one.begin('');
    const sending = sendAndHold(one);
    await until('it on its way', () => posts() === 1);
    one.drafts.type(one.key, 'notes', 'Typed on');
    await sending;
    api.server.fault = undefined;
    await one.send();
    assert.equal(one.kind(), 'done');
    assert.equal(posts(), 2);
  });

  it('is looked for 45 seconds after its mark was first seen, whatever time the mark names', async () => {
    for (const since of [0, Date.parse('2026-03-03T12:00:00Z'), Date.parse('2096-01-01')]) {
      const one = await openWindow(memoryStorage());
      one.drafts.set(one.key, {
        values: { ...base, notes: 'Of a closed window' },
        base,
        sent: { values: base, since },
      });
      await one.clock.elapse(20_000);
      const looking = one.look();
      await one.clock.elapse(24_000);
      assert.equal(one.kind(), 'sending');
      await one.clock.elapse(2_000);
      await looking;
      assert.equal(one.kind(), 'notThere');
      assert.equal(one.notes(), 'Of a closed window');
    }
  });

  it('is found by a look that a save of the contact overtakes', async () => {
    const one = await openWindow(memoryStorage());
    one.begin('Called back');
    const releases: (() => void)[] = [];
    const held = () => new Promise<void>((resolve) => releases.push(resolve));
    // The save has read the contact, and its PUT is running.
    api.server.hold = ({ method }) => (method === 'PUT' ? held() : undefined);
    const saving = saveContact(one.store, one.ref, { edits: { first_name: 'Bea' }, base: {} });
    await until('the PUT', () => releases.length === 1);
    onPost({ drop: 'after', carriedOut: true });
    await one.send();
    assert.equal(one.kind(), 'unknown');
    api.server.fault = undefined;
    // The search asks before the save ends, and gets its response after it.
    api.server.hold = ({ method }) => (method === 'GET' && releases.length === 1 ? held() : undefined);
    const looking = one.look();
    await until('the look', () => releases.length === 2);
    releases[0]?.();
    await saving;
    releases[1]?.();
    await looking;
    api.server.hold = undefined;
    assert.equal(one.kind(), 'done');
  });

  it('makes room for the text of another window, which is another interaction', async () => {
    const one = await openWindow(memoryStorage());
    one.begin('Called back');
    const draft = one.drafts.get(one.key) ?? assert.fail();
    one.drafts.set(one.key, { ...draft, others: [{ ...base, notes: 'Sent the offer' }] });
    await one.send();
    assert.equal(one.notes(), 'Sent the offer');
    await one.send();
    assert.equal(one.kind(), 'done');
    assert.equal(posts(), 2);
    assert.equal(one.notes(), undefined);
  });

  it('is sent by one of two windows where somebody presses Log in both at once', async () => {
    const one = await openWindow();
    one.begin('At once');
    await one.drafts.flush();
    const two = await openWindow();
    assert.equal(two.notes(), 'At once');
    await Promise.all([one.send(), two.send()]);
    assert.equal(posts(), 1);
    await one.drafts.flush();
    for (const window of [one, two]) {
      if (window.kind() !== 'unknown') continue;
      const looking = window.look();
      // It may not have noticed yet that the other window has finished.
      await window.clock.advance(60_000);
      await looking;
    }
    assert.deepEqual([one.notes(), two.notes(), posts()], [undefined, undefined, 1]);
  });

  for (const under of ['done', 'on its way'] as const)
    it(`is not sent by a window that stood still in its write while another one's is ${under}`, async () => {
      const [texts, claims] = [new Map<string, string>(), new Map<string, string>()];
      const calm = memoryStorage(texts, claims);
      const disk = standingDisk(calm);
      const one = await openWindow(disk.storage);
      one.begin('Stands still');
      await one.drafts.flush();
      const two = await openWindow(memoryStorage(texts, claims));
      const standing = one.send();
      await until('the write', disk.isStanding);
      if (under === 'on its way') onPost({ delay: 500 });
      const sending = two.send();
      if (under === 'done') await sending;
      else await until('it on its way', () => posts() === 1);
      disk.wake();
      await standing;
      await sending;
      assert.equal(posts(), 1);
      assert.equal(two.kind(), 'done');
      assert.equal(one.kind(), 'unknown');
      await one.look();
      assert.equal(one.kind(), 'done');
      await one.drafts.flush();
      assert.equal(posts(), 1);
    });

  it('keeps the mark of a second attempt that another window began while this one looked', async () => {
    const [texts, claims] = [new Map<string, string>(), new Map<string, string>()];
    const one = await openWindow(memoryStorage(texts, claims));
    one.begin('Tried twice');
    onPost({ drop: 'before' });
    await one.send();
    await one.drafts.flush();
    const two = await openWindow(memoryStorage(texts, claims));
    api.server.fault = ({ method, path }) =>
      method === 'GET' && path.includes('/contacts/') ? { delay: 700 } : undefined;
    const seen = api.server.requests.length;
    const looking = two.look();
    await until('its reading', () => api.server.requests.length > seen);
    api.server.fault = undefined;
    await one.look();
    assert.equal(one.kind(), 'notThere');
    onPost({ delay: 300 });
    const sending = one.send();
    await until('the second attempt', () => posts() === 2);
    await looking;
    await two.drafts.flush();
    await two.send();
    await sending;
    assert.equal(posts(), 2);
    assert.equal(one.kind(), 'done');
  });

  it('is not sent at first where the disk cannot note it, and is when a person asks again', async () => {
    const storage = { ...memoryStorage(), write: () => Promise.reject(new Error('disk full')) };
    const one = await openWindow(storage);
    one.begin('Full');
    await one.send();
    assert.deepEqual([one.kind(), posts(), one.notes()], ['unmarked', 0, 'Full']);
    await one.send();
    assert.deepEqual([one.kind(), posts()], ['done', 1]);
  });

  it('is not sent without a note either where the disk shows that another window sends it', async () => {
    const texts = new Map<string, string>();
    const [one, calm] = [await openWindow(memoryStorage(texts)), memoryStorage(texts)];
    one.begin('Full');
    await one.drafts.flush();
    const two = await openWindow({ ...calm, write: () => Promise.reject(new Error('disk full')) });
    await two.send();
    assert.equal(two.kind(), 'unmarked');
    const sending = sendAndHold(one);
    await until('it on its way', () => posts() === 1);
    await two.send();
    assert.equal(two.kind(), 'unknown');
    await sending;
    assert.equal(posts(), 1);
  });

  it('is not sent after the session ended, for whoever signs in next', async () => {
    const calm = memoryStorage();
    const disk = standingDisk(calm);
    const one = await openWindow(disk.storage);
    one.begin('Mine');
    const sending = one.send();
    await until('the write', disk.isStanding);
    one.saves.dispose();
    disk.wake();
    await sending;
    assert.deepEqual([posts(), one.notes()], [0, 'Mine']);
    assert.equal(one.drafts.get(one.key)?.sent, undefined);
  });

  describe('whose success does not show it', () => {
    const answers: readonly Fault[] = [
      { status: 200, body: {} },
      { status: 200, body: { data: null } },
      { status: 200, body: { meta: { queued: false } } },
      { status: 202, body: { data: { type: 'jobs', id: '1' } } },
      { status: 203, raw: '' },
      { status: 204 },
      { status: 200, raw: '<html>Signed out</html>' },
    ];
    for (const answer of answers) {
      const name = JSON.stringify(answer);

      it(`is looked for, and its notes stay: ${name}`, async () => {
        const one = await openWindow(memoryStorage());
        one.begin('Not there');
        onPost(answer);
        await one.send();
        assert.deepEqual([one.kind(), one.notes()], ['unknown', 'Not there']);
        await one.send();
        assert.equal(posts(), 1);
        await one.look();
        assert.equal(one.kind(), 'notThere');
      });

      it(`is done where it is there all the same: ${name}`, async () => {
        const one = await openWindow(memoryStorage());
        one.begin('There');
        onPost({ ...answer, carriedOut: true });
        await one.send();
        assert.deepEqual([one.kind(), one.notes(), posts()], ['done', undefined, 1]);
      });
    }

    it('is refused by errors, whatever the status says', async () => {
      const one = await openWindow(memoryStorage());
      one.begin('Refused');
      onPost({ status: 200, body: { errors: [{ title: 'The notes are too long' }] } });
      await one.send();
      const state = one.saves.state(one.ref, newInteractionId);
      assert.ok(state.kind === 'failed' && String(JSON.stringify(state.error)).includes('too long'));
      assert.equal(one.notes(), 'Refused');
    });

    it('is done by identity alone, and not where the answer has other notes', async () => {
      const one = await openWindow(memoryStorage());
      one.begin('By identity');
      onPost({ status: 201, body: { data: { type: 'customer-interactions', id: 'n1' } } });
      await one.send();
      assert.equal(one.kind(), 'done');
      one.saves.start(one.ref, newInteractionId, { ...base, date_time: '2026-03-04T10:00:00.000Z' });
      one.drafts.type(one.key, 'notes', 'Dropped');
      const attributes = { ...base, notes: '' };
      onPost({ status: 201, body: { data: { type: 'customer-interactions', id: 'n2', attributes } } });
      await one.send();
      assert.deepEqual([one.kind(), one.notes()], ['unknown', 'Dropped']);
    });
  });

  it('is not taken for an equal one that was there before', async () => {
    const one = await openWindow(memoryStorage());
    one.begin('Twice the same');
    await one.send();
    assert.equal(one.kind(), 'done');
    const two = await openWindow(memoryStorage());
    two.begin('Twice the same');
    onPost({ drop: 'before' });
    await two.send();
    api.server.fault = undefined;
    await two.look();
    assert.deepEqual([two.kind(), two.notes()], ['notThere', 'Twice the same']);
  });

  it('is read from what an older version stored', () => {
    const contact = { origin: 'o', organisationId: 'a', contactId: 'c' };
    const draft = { values: base, base, sent: { values: base, since: 5 } };
    const stored = { version: 1, key: { ...contact, what: newInteractionId }, draft };
    const key = { ...contact, interactionId: newInteractionId };
    assert.deepEqual(parseInteractionDraft(JSON.stringify(stored)), { key, draft });
  });
});
