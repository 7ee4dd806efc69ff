import assert from 'node:assert/strict';
import { newDraft, withEdit } from '../../../../src/contacts/drafts/draft';
import { formatDraft } from '../../../../src/contacts/drafts/draftRecord';
import { DraftStore } from '../../../../src/contacts/drafts/draftStore';
import { DraftFiles } from '../../../../src/platform/storage/draftFiles';
import { acquireLock } from '../../../../src/platform/storage/fileLock';
import { MemoryDisk } from '../../../support/memoryDisk';
import { silentRuntime } from '../../../support/silentLog';

const key = { origin: 'https://api.example', organisationId: 'o', contactId: 'c' };

/** Works as a real disk that is full: it makes the file, and refuses its content. */
function fullDisk(memory: MemoryDisk, isFull: () => boolean) {
  const disk = memory.window();
  return {
    ...disk,
    write: async (path: string, text: string, flag?: 'w' | 'wx') => {
      if (!isFull()) return disk.write(path, text, flag);
      await disk.write(path, '', flag);
      throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
    },
  };
}

describe('a full disk', () => {
  it('leaves no claim behind that nobody made', async () => {
    let full = true;
    const memory = new MemoryDisk();
    const files = new DraftFiles(
      '/g',
      'interactions',
      fullDisk(memory, () => full),
    );
    await assert.rejects(files.claim('a.draft.json', 'right', 'owner-1'));
    full = false;
    assert.equal(await files.claim('a.draft.json', 'right', 'owner-2'), true);
    files.dispose();
  });
  it('leaves no lock behind', async () => {
    let full = true;
    const memory = new MemoryDisk();
    const disk = fullDisk(memory, () => full);
    await disk.makeFolder('/g');
    await assert.rejects(acquireLock('/g/a.lock', { wait: 100, life: 50 }, disk));
    full = false;
    assert.deepEqual(memory.texts('/g/a.lock'), []);
  });
});

describe('a copy of a draft under another name', () => {
  it('does not replace what is being typed', async () => {
    const memory = new MemoryDisk();
    const files = new DraftFiles('/g', 'drafts', memory.window());
    const store = new DraftStore(files, silentRuntime);
    await store.ready();
    const old = withEdit(newDraft(), 'email', 'older', '');
    store.set(key, withEdit(newDraft(), 'email', 'typed', ''));
    await store.flush();
    memory.put('/g/drafts/copy.draft.json', formatDraft(key, old));
    for (let turns = 0; turns < 10; turns++) await new Promise((resolve) => setImmediate(resolve));
    assert.equal(store.get(key)?.edits.email, 'typed');
    store.dispose();
    files.dispose();
  });
});
