import assert from 'node:assert/strict';
import { DraftStore } from '../../../../src/contacts/drafts/draftStore';
import { ContactStore } from '../../../../src/contacts/lists/contactStore';
import { valuesOf } from '../../../../src/contacts/model/contact';
import { ContactSaves } from '../../../../src/contacts/saving/contactSaves';
import { typeInto } from '../../../../src/contacts/saving/typeInto';
import type { FieldName } from '../../../../src/protocol/fields';
import { clientOf } from '../../../support/apiClient';
import { memoryStorage } from '../../../support/memoryStorage';
import { recordServer } from '../../../support/recordServer';
import { silentRuntime } from '../../../support/silentLog';

const ref = { organisationId: 'o', contactId: 'c' };

describe('a value saved here that a colleague replaced', () => {
  const api = recordServer({ id: 'c', type: 'contacts' }, () => ({
    first_name: 'Ada',
    last_name: 'Byron',
    email: 'old@x.org',
    telephone: null,
  }));
  async function open() {
    const store = new ContactStore(clientOf(api.server));
    const drafts = new DraftStore(memoryStorage(), silentRuntime);
    await drafts.ready();
    const saves = new ContactSaves(api.server.url, store, drafts, silentRuntime);
    const key = { origin: api.server.url, ...ref };
    await store.load(ref);
    const shown = () => valuesOf(store.document(ref)?.resource ?? assert.fail());
    return {
      store,
      drafts,
      saves,
      shown,
      draft: () => drafts.get(key),
      type(field: FieldName, value: string) {
        typeInto(drafts, saves, key, { field, value, base: shown()[field] }, '', '');
      },
      save: () => saves.save(ref),
      state: () => saves.state(ref).kind,
    };
  }

  for (const how of ['save of another field', 'load'] as const)
    it(`is asked about when the colleague puts it back (seen by a ${how})`, async () => {
      const one = await open();
      one.type('first_name', 'Eva');
      await one.save();
      assert.equal(one.state(), 'saved');
      api.attributes = { ...api.attributes, first_name: 'Colleague' };
      if (how === 'load') await one.store.load(ref);
      else {
        one.type('email', 'new@x.org');
        await one.save();
      }
      assert.equal(one.shown().first_name, 'Colleague');
      one.type('first_name', 'Dora');
      api.attributes = { ...api.attributes, first_name: 'Eva' };
      await one.save();
      assert.equal(api.attributes.first_name, 'Eva');
      assert.equal(one.state(), 'conflict');
    });
});
