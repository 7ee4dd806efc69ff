import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newOne } from '../../../src/contacts/interactionDraft';
import { InteractionDraftStore } from '../../../src/contacts/interactionDraftStore';
import { DraftFiles } from '../../../src/platform/draftFiles';
import { silentLog } from '../../support/silentLog';
import { until } from '../../support/until';

const key = { origin: 'https://api.example', organisationId: 'o', contactId: 'c', what: newOne };
const draft = (notes: string) => ({ values: { notes }, base: { notes: '' } });

describe('InteractionDraftStore on a real disk', () => {
  let folder: string;
  let open: { files: DraftFiles; store: InteractionDraftStore }[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'notes-'));
    open = [];
  });
  afterEach(async () => {
    for (const { files, store } of open) {
      await store.flush();
      store.dispose();
      files.dispose();
    }
    rmSync(folder, { recursive: true });
  });
  async function openWindow(): Promise<InteractionDraftStore> {
    const files = new DraftFiles(folder, 'notes');
    const store = new InteractionDraftStore(files, silentLog);
    open.push({ files, store });
    await store.ready();
    return store;
  }
  const stored = () => readdirSync(join(folder, 'notes'));

  it('has what was typed again after a restart, and nothing of what was only begun', async () => {
    const one = await openWindow();
    one.set(key, draft('Typed'));
    one.set({ ...key, what: 'i' }, draft(''));
    await one.flush();
    assert.equal(stored().length, 1);
    const two = await openWindow();
    assert.deepEqual(two.get(key), draft('Typed'));
    assert.equal(two.get({ ...key, what: 'i' }), undefined);
  });

  it('leaves nothing behind of what is done', async () => {
    const one = await openWindow();
    one.set(key, draft('Typed'));
    await one.flush();
    one.set(key, undefined);
    await one.flush();
    assert.deepEqual(stored(), []);
    assert.deepEqual(one.all(), []);
  });

  it('is gone from the other window when one has sent it', async () => {
    const one = await openWindow();
    const two = await openWindow();
    one.set(key, draft('Typed'));
    await until('it in the other window', () => two.get(key)?.values.notes === 'Typed');
    one.set(key, undefined);
    await until('it gone', () => two.get(key) === undefined);
  });

  it('keeps what is typed here when another window types something else, and tells of it', async () => {
    const one = await openWindow();
    const two = await openWindow();
    one.set(key, draft('Mine'));
    two.set(key, draft('Theirs'));
    await one.flush();
    await two.flush();
    const [kept, lost] = [two.get(key)?.values.notes, two.lost(key)];
    assert.deepEqual([kept, lost], ['Theirs', 'Mine']);
  });

  it('sets aside what cannot be read', async () => {
    await openWindow();
    writeFileSync(join(folder, 'notes', 'x.draft.json'), '{"version":2}');
    await openWindow();
    assert.deepEqual(stored(), ['x.draft.json.unreadable']);
  });
});
