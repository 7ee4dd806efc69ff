/** Tests the behaviour that only contact drafts have; storedDrafts.test.ts tests the rest. */
import assert from 'node:assert/strict';
import { type Draft, newDraft, withEdit } from '../../../../src/contacts/drafts/draft';
import { DraftStore } from '../../../../src/contacts/drafts/draftStore';
import { draftWindows } from '../../../support/draftWindows';

const key = { origin: 'https://api.example', organisationId: 'o', contactId: 'c' };
const typed = (draft: Draft, field: 'first_name' | 'last_name', value: string) =>
  withEdit(draft, field, value, 'base');

describe('DraftStore', () => {
  const windows = draftWindows('drafts', DraftStore);

  it('has fields, what they were before and the title again after a restart', async () => {
    const one = await windows.open();
    one.set(key, typed(newDraft('Ada', 'Org'), 'first_name', 'Typed'));
    await one.flush();
    const two = await windows.open();
    assert.deepEqual(two.get(key)?.edits, { first_name: 'Typed' });
    assert.deepEqual(two.get(key)?.base, { first_name: 'base' });
    assert.equal(two.all()[0]?.draft.title, 'Ada');
  });

  it('lists none that was discarded, and leaves nothing of it', async () => {
    const one = await windows.open();
    one.set(key, typed(newDraft('Ada'), 'first_name', 'Typed'));
    await one.flush();
    one.discard(key);
    assert.deepEqual([one.all(), one.get(key)?.title], [[], 'Ada']);
    await one.flush();
    assert.deepEqual(windows.names(), []);
  });

  it('two windows: fields of both are kept', async () => {
    const [one, two] = [await windows.open(), await windows.open()];
    one.set(key, typed(newDraft(), 'first_name', 'One'));
    two.set(key, typed(newDraft(), 'last_name', 'Two'));
    await windows.settled();
    for (const store of [one, two])
      assert.deepEqual(store.get(key)?.edits, { first_name: 'One', last_name: 'Two' });
  });

  it('reads what a version stored that counted edits', async () => {
    const one = await windows.open();
    one.set(key, typed(newDraft(), 'first_name', 'Typed'));
    await one.flush();
    const [[name = ''], [text = '']] = [windows.names(), windows.texts()];
    windows.put(name, JSON.stringify({ ...JSON.parse(text), revision: 7 }));
    const two = await windows.open();
    assert.deepEqual(two.get(key)?.edits, { first_name: 'Typed' });
  });

  it('two windows, the same field: the value that was typed over is told until the draft is over', async () => {
    const [one, two] = [await windows.open(), await windows.open()];
    one.set(key, typed(newDraft(), 'first_name', 'One'));
    two.set(key, typed(newDraft(), 'first_name', 'Two'));
    await windows.settled();
    assert.deepEqual(two.lost(key), [{ field: 'first_name', text: 'One' }]);
    assert.equal(one.get(key)?.edits.first_name, 'Two');
    two.discard(key);
    assert.deepEqual(two.lost(key), []);
  });
});
