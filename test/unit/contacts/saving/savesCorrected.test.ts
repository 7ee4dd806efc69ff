import assert from 'node:assert/strict';
import { DraftStore } from '../../../../src/contacts/drafts/draftStore';
import { ContactStore } from '../../../../src/contacts/lists/contactStore';
import { valuesOf } from '../../../../src/contacts/model/contact';
import { ContactSaves } from '../../../../src/contacts/saving/contactSaves';
import { typeInto } from '../../../../src/contacts/saving/typeInto';
import type { FieldName } from '../../../../src/protocol/fields';
import { clientOf } from '../../../support/apiClient';
import { memoryWindows } from '../../../support/memoryWindows';
import { recordServer } from '../../../support/recordServer';
import { silentRuntime } from '../../../support/silentLog';
import { until } from '../../../support/until';

const ref = { organisationId: 'o', contactId: 'c' };

describe('a correction typed beside the window that saved', () => {
  const api = recordServer({ id: 'c', type: 'contacts' }, () => ({
    first_name: 'Ada',
    email: 'old@x.org',
    telephone: '',
  }));
  const windows = memoryWindows('drafts', DraftStore);
  async function open() {
    const drafts = await windows.open();
    const store = new ContactStore(clientOf(api.server));
    const saves = new ContactSaves(api.server.url, store, drafts, silentRuntime);
    const key = { origin: api.server.url, ...ref };
    await store.load(ref);
    const shown = () => valuesOf(store.document(ref)?.resource ?? assert.fail());
    return {
      drafts,
      saves,
      edits: () => drafts.get(key)?.edits ?? {},
      type: (field: FieldName, value: string) =>
        typeInto(drafts, saves, key, { field, value, base: shown()[field] }, '', ''),
    };
  }
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
