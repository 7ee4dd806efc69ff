/** Tests the behaviour that only interaction drafts have; storedDrafts.test.ts tests the rest. */
import assert from 'node:assert/strict';
import {
  type InteractionValues,
  isTyped,
  newInteractionId,
} from '../../../../src/contacts/drafts/interactionDraft';
import { InteractionDraftStore } from '../../../../src/contacts/drafts/interactionDraftStore';
import { draftWindows, unwatched } from '../../../support/draftWindows';

const key = {
  origin: 'https://api.example',
  organisationId: 'o',
  contactId: 'c',
  interactionId: newInteractionId,
};
const draft = (notes: string) => ({ values: { notes }, base: { notes: '' } });

describe('InteractionDraftStore', () => {
  const windows = draftWindows('notes', InteractionDraftStore);

  it('has what was typed again after a restart, and nothing of what was only begun', async () => {
    const one = await windows.open();
    one.set(key, draft('Typed'));
    one.set({ ...key, interactionId: 'i' }, draft(''));
    assert.equal(one.all().length, 2);
    await one.flush();
    assert.equal(windows.names().length, 1);
    const two = await windows.open();
    assert.deepEqual(two.get(key), draft('Typed'));
    assert.equal(two.get({ ...key, interactionId: 'i' }), undefined);
  });

  it('has no change where a time is put back to its minute, whatever its seconds', async () => {
    const store = await windows.open();
    store.begin(key, { date_time: '2024-03-03T10:32:07Z', notes: '' });
    store.type(key, 'date_time', '2024-03-03T10:33:00.000Z');
    assert.equal(isTyped(store.get(key)), true);
    store.type(key, 'date_time', '2024-03-03T10:32:00.000Z');
    assert.equal(isTyped(store.get(key)), false);
  });

  it('keeps what is typed here when another window types something else, and tells of it', async () => {
    const [one, two] = [await windows.open(unwatched), await windows.open(unwatched)];
    one.set(key, draft('Mine'));
    two.set(key, draft('Theirs'));
    await one.flush();
    await two.flush();
    assert.deepEqual([two.get(key)?.values.notes, two.lost(key)], ['Theirs', [{ notes: 'Mine' }]]);
    two.set(key, draft(''));
    assert.deepEqual(two.lost(key), [{ notes: 'Mine' }], 'told on while there is a form');
    two.set(key, undefined);
    assert.equal(two.get(key)?.values.notes, 'Mine', 'the form goes on with it');
    two.set(key, undefined);
    assert.deepEqual(two.all(), []);
  });

  it('hands back each field that two windows changed before they met', async () => {
    const base = { method: 'telephone', date_time: '2026-03-03T10:00:00Z', status: 'completed', notes: '' };
    const typed = (values: InteractionValues) => ({ values: { ...base, ...values }, base, form: 'f' });
    const [one, two] = [await windows.open(unwatched), await windows.open(unwatched)];
    one.set(key, typed({ status: 'scheduled', date_time: '2026-04-04T10:00:00Z' }));
    two.set(key, typed({ method: 'email', date_time: '2026-05-05T10:00:00Z' }));
    await one.flush();
    await two.flush();
    const others = two.lost(key);
    assert.deepEqual([...others].map((other) => Object.entries(other).join()).sort(), [
      'date_time,2026-04-04T10:00:00Z',
      'status,scheduled',
    ]);
    const [status = assert.fail()] = others.filter(({ status }) => status !== undefined);
    two.takeAside(key, status);
    assert.equal(two.get(key)?.values.status, 'scheduled');
    assert.equal(two.get(key)?.values.method, 'email', 'the rest stays');
    const [moment = assert.fail()] = two.lost(key);
    two.takeAside(key, moment);
    assert.deepEqual(two.lost(key), [{ date_time: '2026-05-05T10:00:00Z' }], 'what stood there in its place');
    for (const other of two.lost(key)) two.dropAside(key, other);
    await two.flush();
    await one.flush();
    const three = await windows.open();
    assert.deepEqual(three.get(key)?.values, two.get(key)?.values);
    assert.deepEqual(three.lost(key), []);
  });

  it('goes on with the field of another window, and with nothing that was thrown away', async () => {
    const one = await windows.open();
    const base = { method: 'telephone', status: 'completed', notes: '' };
    one.set(key, {
      values: { ...base, notes: 'Secret' },
      base,
      form: 'f',
      others: [{ status: 'scheduled' }],
    });
    one.set(key, undefined);
    assert.deepEqual(one.get(key)?.values, { ...base, status: 'scheduled' });
    assert.notEqual(one.get(key)?.form, 'f', 'it is another interaction');
    one.set(key, undefined);
    assert.deepEqual(one.all(), []);
  });

  it('keeps what another window typed since, when this one is done with what it had', async () => {
    const one = await windows.open(unwatched);
    one.set(key, draft('Sent'));
    await one.flush();
    const two = await windows.open();
    two.set(key, draft('Sent, and more'));
    await two.flush();
    one.set(key, undefined);
    await one.flush();
    await windows.settled();
    for (const store of [one, two]) assert.deepEqual(store.get(key), draft('Sent, and more'));
  });

  it('takes the same, otherwise written, for no change', async () => {
    const one = await windows.open();
    const two = await windows.open();
    one.set(key, draft('Typed'));
    await one.flush();
    await windows.settled();
    const changes: unknown[] = [];
    for (const store of [one, two]) store.onDidChange((changed) => changes.push(changed));
    const [[name = ''], [text = '']] = [windows.names(), windows.texts()];
    windows.put(name, JSON.stringify({ ...JSON.parse(text), added: true }, undefined, 2));
    await windows.settled();
    one.set(key, draft('Typed on'));
    await one.flush();
    await windows.settled();
    assert.deepEqual(changes, [key, key], 'once in each window: what was typed');
    assert.deepEqual([one.lost(key), two.lost(key)], [[], []]);
  });
});
