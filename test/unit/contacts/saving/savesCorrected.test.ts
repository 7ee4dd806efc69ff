import assert from 'node:assert/strict';
import { DraftStore } from '../../../../src/contacts/drafts/draftStore';
import { memoryWindows } from '../../../support/memoryWindows';
import { recordServer } from '../../../support/recordServer';
import { ref, savingWindow } from '../../../support/savingWindow';
import { until } from '../../../support/until';

describe('a correction typed beside the window that saved', () => {
  const api = recordServer({ id: 'c', type: 'contacts' }, () => ({
    first_name: 'Ada',
    email: 'old@x.org',
    telephone: '',
  }));
  const windows = memoryWindows('drafts', DraftStore);
  const open = async () => savingWindow(api.server, await windows.open());
  for (const [field, first, better] of [
    ['telephone', '07700 900123', '07700900123'],
    ['email', 'ADA@X.org', 'ada@x.org'],
  ] as const)
    it(`of ${field} is sent from there`, async () => {
      const [one, two] = [await open(), await open()];
      one.type(field, first);
      await until('the draft in both', () => two.edits()[field] === first);
      await one.saves.save(ref);
      await until('no draft in either', () => two.edits()[field] === undefined);
      two.type(field, better);
      await until('the correction in both', () => one.edits()[field] === better);
      await one.saves.save(ref);
      assert.equal(api.attributes[field], better);
    });
});
