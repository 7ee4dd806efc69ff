import assert from 'node:assert/strict';
import fs, { mkdtempSync, rmSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newDraft, withEdit } from '../../../../src/contacts/drafts/draft';
import { DraftStore } from '../../../../src/contacts/drafts/draftStore';
import { realDisk } from '../../../../src/platform/storage/disk';
import { DraftFiles } from '../../../../src/platform/storage/draftFiles';
import { silentRuntime } from '../../../support/silentLog';

describe('drafts where no folder can be watched', () => {
  const { watch } = fs;
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'drafts-'));
  });
  afterEach(() => {
    fs.watch = watch;
    syncBuiltinESMExports();
    rmSync(root, { recursive: true });
  });
  /** Makes Node.js refuse watchers, as it does when other programs use all of them. */
  const refuse = (code: string) => {
    fs.watch = () => {
      throw Object.assign(new Error(`${code}: no watcher, watch`), { code });
    };
    syncBuiltinESMExports();
  };

  for (const code of ['ENOSPC', 'EMFILE'])
    it(`are written, and there again after a restart (${code})`, async () => {
      refuse(code);
      const key = { origin: 'https://api.example', organisationId: 'o', contactId: 'c' };
      for (const typed of [undefined, 'typed@example.org']) {
        const files = new DraftFiles(root);
        const store = new DraftStore(files, silentRuntime);
        await store.ready();
        const before = store.get(key)?.edits.email;
        store.set(key, withEdit(newDraft(), 'email', 'typed@example.org', ''));
        await store.flush();
        store.dispose();
        files.dispose();
        assert.deepEqual([before, store.failing], [typed, false]);
      }
    });
});

describe('the right to send', () => {
  it('is had, although the disk does not show what others left behind', async () => {
    const root = mkdtempSync(join(tmpdir(), 'drafts-'));
    let isRefusing = true;
    const list = async (path: string) => {
      if (isRefusing) throw Object.assign(new Error('EIO'), { code: 'EIO' });
      return realDisk.list(path);
    };
    const files = new DraftFiles(root, 'interactions', { ...realDisk, list });
    try {
      assert.equal(await files.claim('name', 'right', 'owner'), true);
      isRefusing = false;
      await files.release('name', 'right');
      assert.equal(await files.claim('name', 'right', 'owner'), true);
    } finally {
      files.dispose();
      rmSync(root, { recursive: true });
    }
  });
});
