import assert from 'node:assert/strict';
import { DraftStore } from '../../../../src/contacts/drafts/draftStore';
import { DraftFiles } from '../../../../src/platform/storage/draftFiles';
import { MemoryDisk } from '../../../support/memoryDisk';
import { recordServer } from '../../../support/recordServer';
import { ref, savingWindow } from '../../../support/savingWindow';
import { silentRuntime } from '../../../support/silentLog';
import { until } from '../../../support/until';

describe('a window whose reading of a contact is older than that of another window', () => {
  const api = recordServer({ id: 'c', type: 'contacts' }, () => ({
    first_name: 'Ada',
    last_name: 'Byron',
    email: 'old@x.org',
    telephone: null,
  }));
  const open = (memory: MemoryDisk) =>
    savingWindow(api.server, new DraftStore(new DraftFiles('/g', 'drafts', memory.window()), silentRuntime));

  for (const what of ['a key is pressed in another field', 'a save of another field fails'] as const)
    it(`keeps what was put back there over a colleague’s value, when ${what}`, async () => {
      const memory = new MemoryDisk();
      const older = await open(memory);
      api.attributes = { ...api.attributes, email: 'colleague@x.org' };
      const newer = await open(memory);
      // The user sees the colleague's value, and puts the right one back.
      newer.type('email', 'old@x.org');
      await until('the other window has it', () => older.edits().email === 'old@x.org');
      if (what === 'a key is pressed in another field') older.type('telephone', '1');
      else {
        older.type('telephone', '1');
        api.server.fault = () => ({ status: 403, body: {} });
        await older.saves.save(ref);
      }
      await older.drafts.flush();
      await until('the number in the other window', () => newer.edits().telephone === '1');
      await newer.drafts.flush();
      for (const window of [older, newer])
        assert.deepEqual([window.edits(), window.lost()], [{ email: 'old@x.org', telephone: '1' }, []]);
    });
});
