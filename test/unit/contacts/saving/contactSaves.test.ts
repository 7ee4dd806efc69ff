import assert from 'node:assert/strict';
import { newDraft, withEdit } from '../../../../src/contacts/drafts/draft';
import { DraftStore } from '../../../../src/contacts/drafts/draftStore';
import { ContactStore } from '../../../../src/contacts/lists/contactStore';
import { ContactSaves } from '../../../../src/contacts/saving/contactSaves';
import { clientOf } from '../../../support/apiClient';
import { type ApiServer, startApiServer } from '../../../support/apiServer';
import { colleague } from '../../../support/colleague';
import { memoryStorage } from '../../../support/memoryStorage';
import { silentRuntime } from '../../../support/silentLog';

describe('what was saved', () => {
  let server: ApiServer;
  before(async () => {
    server = await startApiServer({ contacts: 30 });
  });
  after(() => server.stop());

  it('can be undone until the next edit, however often Save is asked for', async () => {
    const other = colleague(server);
    const organisationId = (await other.organisations())[0]?.id ?? assert.fail();
    const { id: contactId, attributes } = (await other.contacts(organisationId))[0] ?? assert.fail();
    const ref = { organisationId, contactId };
    const store = new ContactStore(clientOf(server));
    const drafts = new DraftStore(memoryStorage(), silentRuntime);
    const saves = new ContactSaves(server.url, store, drafts, silentRuntime);
    await store.load(ref);
    const before = String(attributes.email ?? '');
    drafts.set({ origin: server.url, ...ref }, withEdit(newDraft(), 'email', 'new@example.org', before));
    await saves.save(ref);
    const { length } = server.requests;
    await saves.save(ref);
    assert.equal(saves.state(ref).kind, 'saved');
    assert.equal(server.requests.length, length, 'nothing is asked');
    await saves.undo(ref);
    const now = await other.read(`/v3/orgs/${organisationId}/customers/contacts/${contactId}`);
    assert.equal(now.attributes.email ?? '', before);
  });
});
