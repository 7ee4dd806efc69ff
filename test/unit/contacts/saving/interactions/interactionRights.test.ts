/** Tests the right to send an interaction: its owner, its loss, and its traces on the disk. */
import assert from 'node:assert/strict';
import { ApiClient } from '../../../../../src/api/http/client';
import { InteractionDraftStore } from '../../../../../src/contacts/drafts/interactionDraftStore';
import { type FormWindow, openFormWindow } from '../../../../support/formWindow';
import { emptyForm as base } from '../../../../support/interactionForm';
import type { Before } from '../../../../support/memoryDisk';
import { memoryWindows } from '../../../../support/memoryWindows';
import { serverForEach } from '../../../../support/serverForEach';
import { silentLog } from '../../../../support/silentLog';
import { SteppedClock } from '../../../../support/steppedClock';
import { until } from '../../../../support/until';

describe('the right to send an interaction', () => {
  const api = serverForEach(30);
  const { posts, onPost } = api;
  const windows = memoryWindows('interactions', InteractionDraftStore);
  let posting: boolean;
  beforeEach(() => {
    posting = false;
  });
  const claims = () => [...windows.disk.files.keys()].filter((name) => name.endsWith('.claim')).length;

  async function open(before?: Before, authHeaders: () => Promise<void> = async () => undefined) {
    const drafts = await windows.open(before);
    const { url, token } = api.server;
    const client = new ApiClient(
      {
        baseUrl: url,
        fetch,
        authHeaders: async () => {
          await authHeaders();
          return { 'X-Session-Token': token };
        },
      },
      silentLog,
    );
    return openFormWindow(client, url, api.ref, drafts, new SteppedClock());
  }

  async function lookFor(window: FormWindow) {
    const looking = window.look();
    await window.clock.runUntil(looking);
  }

  it('is another one for each form, whatever both begin with', async () => {
    const [one, two] = [await open(), await open()];
    one.begin('The first call');
    await one.send();
    assert.equal(one.kind(), 'done');
    await one.drafts.flush();
    await until('the end there', () => two.notes() === undefined);
    two.begin('The second call');
    await two.send();
    assert.equal(two.kind(), 'done');
    assert.equal(posts(), 2);
  });

  it('is another one where the text of another window takes the place of one that was thrown away', async () => {
    const one = await open();
    one.begin('Thrown away');
    onPost({ drop: 'before' });
    await one.send();
    api.server.fault = undefined;
    const draft = one.drafts.get(one.key) ?? assert.fail();
    one.drafts.set(one.key, { ...draft, others: [{ ...base, notes: 'Of the other window' }] });
    one.drop();
    assert.equal(one.notes(), 'Of the other window');
    await one.send();
    assert.equal(one.kind(), 'done');
    assert.equal(posts(), 2);
  });

  it('is the same in two windows that typed the same', async () => {
    const [one, two] = [await open(), await open()];
    one.begin('The same');
    two.begin('The same');
    await one.drafts.flush();
    await two.drafts.flush();
    await Promise.all([one.send(), two.send()]);
    assert.equal(posts(), 1);
  });

  /** Suspends the window before an operation until it is woken. */
  function standing(isMeant: (operation: string, path: string) => boolean) {
    let wake: (() => void) | undefined;
    let isDone = false;
    const before: Before = async (operation, path) => {
      if (isDone || !isMeant(operation, path)) return;
      isDone = true;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    };
    return { before, isStanding: () => wake !== undefined, wake: () => wake?.() };
  }

  for (const [name, isMeant] of [
    [
      'before its claim',
      (operation: string, path: string) => operation === 'write' && path.endsWith('.claim'),
    ],
    [
      'after its claim',
      (operation: string, path: string) => operation === 'list' && claims() > 0 && path !== '',
    ],
  ] as const)
    for (const ending of ['has sent it', 'has sent it and typed on', 'threw it away', 'released it'] as const)
      it(`is lost by a window that stood still ${name} until another one ${ending}`, async () => {
        const still = standing(isMeant);
        const [one, two] = [await open(still.before), await open()];
        one.begin('Stands still');
        await one.drafts.flush();
        await until('it', () => two.notes() === 'Stands still');
        const sending = one.send();
        await until('it stands still', still.isStanding);
        await until('the mark there', () => two.kind() === 'unknown');
        await lookFor(two);
        assert.equal(two.kind(), 'notThere');
        if (ending === 'threw it away') two.drop();
        else if (ending.startsWith('has sent')) {
          if (ending.endsWith('on')) {
            onPost({ delay: 100 });
            const other = two.send();
            await until('the POST', () => posts() === 1);
            two.type('Stands still, and on');
            await other;
            api.server.fault = undefined;
          } else await two.send();
          assert.equal(two.kind(), 'done');
          // The right has been released by then.
          await two.clock.elapse(60_000);
        }
        await two.drafts.flush();
        const before = posts();
        still.wake();
        await sending;
        assert.equal(posts(), before, 'nothing is sent after the thaw');
        assert.notEqual(one.kind(), 'done');
        if (ending.endsWith('on')) {
          await one.drafts.flush();
          await lookFor(one);
          assert.equal(one.notes(), 'Stands still, and on');
        } else if (ending.startsWith('has sent')) {
          await lookFor(one);
          assert.equal(one.kind(), 'done');
          await one.send();
          assert.equal(posts(), before);
        }
      });

  it('is another window’s where it sends what was typed on from one that was logged here', async () => {
    const one = await open();
    one.begin('Logged here');
    await one.send();
    assert.equal(one.kind(), 'done');
    await one.drafts.flush();
    const later = { ...base, date_time: '2026-05-05T10:00:00.000Z', notes: 'Sent there' };
    const sent = { values: later, attempt: 'a', since: 1 };
    one.drafts.set(one.key, { values: later, base, sent, form: 'f' });
    assert.equal(one.kind(), 'unknown', 'nothing that is said of an earlier one');
    await lookFor(one);
    assert.equal(one.kind(), 'notThere');
    await one.send();
    assert.deepEqual([one.kind(), posts()], ['done', 2]);
  });

  it('names nothing that was typed where a version stored no form', async () => {
    const one = await open();
    const stored = { ...base, notes: 'Secret' };
    one.drafts.set(one.key, { values: { ...stored, notes: 'Secret, and on' }, base: stored });
    await one.send();
    assert.equal(one.kind(), 'done');
    await one.drafts.flush();
    assert.doesNotMatch(windows.disk.texts('/storage').join(), /Secret/);
  });

  it('is asked for once more after the credential was waited for', async () => {
    let give: (() => void) | undefined;
    const one = await open(undefined, async () => {
      if (posting) await new Promise<void>((resolve) => (give = resolve));
    });
    one.begin('Slow to sign in');
    await one.drafts.flush();
    posting = true;
    const sending = one.send();
    await until('the request for it', () => give);
    const claim = [...windows.disk.files.keys()].find((name) => name.endsWith('.claim'));
    windows.disk.put(claim ?? assert.fail(), 'another window');
    give?.();
    await sending;
    assert.deepEqual([posts(), one.kind(), one.notes()], [0, 'unknown', 'Slow to sign in']);
  });

  it('leaves nothing on the disk when all drafts are deleted', async () => {
    for (const fault of [{ drop: 'before' } as const, { drop: 'after' } as const]) {
      const one = await open();
      one.begin('Personal');
      onPost(fault);
      await one.send();
      assert.equal(one.kind(), 'unknown');
      await one.drafts.flush();
      assert.equal(claims(), 1);
      one.drafts.discard(one.key);
      await one.drafts.flush();
      assert.deepEqual(
        [...windows.disk.files.keys()].filter((name) => name.startsWith('/storage/interactions/')),
        [],
      );
      api.server.fault = undefined;
    }
  });

  it('stays with a draft that another window stored again', async () => {
    const [one, two] = [await open(), await open()];
    one.begin('Shared');
    onPost({ drop: 'before' });
    await one.send();
    await one.drafts.flush();
    await until('it', () => two.kind() === 'unknown');
    two.type('Shared, and on');
    one.drafts.discard(one.key);
    await Promise.all([one.drafts.flush(), two.drafts.flush()]);
    await one.drafts.flush();
    const isStored = windows.disk.texts('.draft.json').some((text) => text.includes('Shared, and on'));
    assert.ok(isStored);
  });

  it('that a window left behind which was closed is cleared at the next start', async () => {
    const one = await open();
    one.begin('Logged');
    await one.send();
    await one.drafts.flush();
    assert.equal(claims(), 1, 'kept for a moment');
    const two = await open();
    await two.drafts.clear();
    assert.equal(claims(), 0);
  });
});
