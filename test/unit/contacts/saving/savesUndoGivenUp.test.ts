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

describe('an Undo that was given up', () => {
  const api = recordServer({ id: 'c', type: 'contacts' }, () => ({ first_name: 'Ada', email: 'n/a' }));
  async function open() {
    const store = new ContactStore(clientOf(api.server));
    const drafts = new DraftStore(memoryStorage(), silentRuntime);
    await drafts.ready();
    const saves = new ContactSaves(api.server.url, store, drafts, silentRuntime);
    const key = { origin: api.server.url, ...ref };
    await store.load(ref);
    const shown = () => valuesOf(store.document(ref)?.resource ?? assert.fail());
    const type = (field: FieldName, value: string) =>
      typeInto(drafts, saves, key, { field, value, base: shown()[field] }, '', '');
    return { saves, type };
  }

  it('leaves no values behind: a field that is cleared later is sent as ""', async () => {
    const { saves, type } = await open();
    type('telephone', '12');
    await saves.save(ref);
    api.attributes = { ...api.attributes, telephone: '13' };
    await saves.undo(ref);
    assert.equal(saves.state(ref).kind, 'conflict');
    await saves.resolve(ref, [{ field: 'telephone', theirs: '13', choice: 'theirs' }]);
    type('telephone', '');
    await saves.save(ref);
    assert.deepEqual(api.puts().at(-1), { first_name: 'Ada', email: 'n/a', telephone: '' });
  });

  it('leaves no values behind: an email address without an @ is not sent', async () => {
    const { saves, type } = await open();
    type('email', 'a@x.org');
    await saves.save(ref);
    api.attributes = { ...api.attributes, email: 'b@x.org' };
    await saves.undo(ref);
    await saves.resolve(ref, [{ field: 'email', theirs: 'b@x.org', choice: 'theirs' }]);
    type('email', 'n/a');
    await saves.save(ref);
    assert.equal(saves.state(ref).kind, 'blocked');
  });
});
