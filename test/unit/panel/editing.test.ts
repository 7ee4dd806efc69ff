import assert from 'node:assert/strict';
import { DraftStore } from '../../../src/contacts/drafts/draftStore';
import { Editing } from '../../../src/panel/editing';
import { DraftFiles } from '../../../src/platform/storage/draftFiles';
import { MemoryDisk } from '../../support/memoryDisk';
import { silentRuntime } from '../../support/silentLog';
import { until } from '../../support/until';

const identity = { origin: 'https://api.example', organisationId: 'o', contactId: 'c' };

describe('editing a contact in two windows', () => {
  const closing: (() => void)[] = [];
  afterEach(() => {
    for (const close of closing.splice(0)) close();
  });

  async function open(disk: MemoryDisk) {
    const drafts = new DraftStore(new DraftFiles('/storage', 'drafts', disk.window()), silentRuntime);
    closing.push(() => drafts.dispose());
    await drafts.ready();
    const editing = new Editing(drafts, identity, () => undefined);
    const type = (field: 'first_name' | 'last_name', value: string) => {
      editing.edit({ field, value, base: '' }, 'Ada', 'Org');
    };
    return { drafts, editing, type };
  }

  it('takes a revert back beside what another window typed since', async () => {
    const disk = new MemoryDisk();
    const [one, two] = [await open(disk), await open(disk)];
    one.type('last_name', 'Mine');
    await until('it in the other window', () => two.editing.draft?.edits.last_name === 'Mine');
    one.editing.revert();
    await until('it gone there', () => two.editing.draft?.edits.last_name === undefined);
    two.type('first_name', 'Theirs');
    await until('it here', () => one.editing.draft?.edits.first_name === 'Theirs');
    one.editing.unrevert();
    for (const { editing } of [one, two])
      await until(
        'both',
        () => JSON.stringify(editing.draft?.edits) === '{"first_name":"Theirs","last_name":"Mine"}',
      );
    assert.match(disk.texts('/drafts/').join(), /Theirs.*Mine/);
  });

  it('takes a revert back beside what another window typed into the same field', async () => {
    const disk = new MemoryDisk();
    const [one, two] = [await open(disk), await open(disk)];
    one.type('last_name', 'Mine');
    await one.drafts.flush();
    one.editing.revert();
    await one.drafts.flush();
    two.type('last_name', 'Theirs');
    await until('it here', () => one.editing.draft?.edits.last_name === 'Theirs');
    one.editing.unrevert();
    assert.equal(one.editing.draft?.edits.last_name, 'Theirs');
    assert.deepEqual(one.drafts.lost(identity), [{ field: 'last_name', text: 'Mine' }]);
  });

  it('types another window’s text into its field, and keeps what stood there', async () => {
    const disk = new MemoryDisk();
    const [one, two] = [await open(disk), await open(disk)];
    one.type('last_name', 'One');
    two.type('last_name', 'Two');
    await one.drafts.flush();
    await two.drafts.flush();
    const [other] = two.drafts.lost(identity);
    two.editing.takeOther(other ?? assert.fail(), '');
    assert.equal(two.editing.draft?.edits.last_name, 'One');
    assert.deepEqual(two.drafts.lost(identity), [{ field: 'last_name', text: 'Two' }]);
  });
});
