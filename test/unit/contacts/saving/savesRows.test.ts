import assert from 'node:assert/strict';
import { newDraft, withEdit } from '../../../../src/contacts/drafts/draft';
import { DraftStore } from '../../../../src/contacts/drafts/draftStore';
import { ContactStore } from '../../../../src/contacts/lists/contactStore';
import { textOf } from '../../../../src/contacts/model/contact';
import { ContactSaves } from '../../../../src/contacts/saving/contactSaves';
import { clientOf } from '../../../support/apiClient';
import { type ApiServer, startApiServer } from '../../../support/apiServer';
import { memoryStorage } from '../../../support/memoryStorage';
import { silentRuntime } from '../../../support/silentLog';

const ref = { organisationId: 'o', contactId: 'c' };

describe('a draft and readings that differ', () => {
  let server: ApiServer;
  let email: string;
  let answer: 'whole' | 'bare' | 'error';

  before(async () => {
    server = await startApiServer({
      handler: ({ url }) => {
        if (answer === 'error') return Response.json({ errors: [{ title: 'Down' }] }, { status: 502 });
        const attributes = { first_name: 'Ada', last_name: 'Byron', email, telephone: '1' };
        const one = { id: 'c', type: 'contacts', ...(answer === 'whole' && { attributes }) };
        const isOne = new URL(url).pathname.endsWith('/contacts/c');
        return Response.json(isOne ? { data: one } : { data: [one] });
      },
    });
  });
  after(() => server.stop());
  beforeEach(() => {
    email = 'old@example.org';
    answer = 'whole';
  });

  async function open() {
    const contacts = new ContactStore(clientOf(server));
    const drafts = new DraftStore(memoryStorage(), silentRuntime);
    await drafts.ready();
    const saves = new ContactSaves(server.url, contacts, drafts, silentRuntime);
    const key = { origin: server.url, ...ref };
    await contacts.load(ref);
    return { contacts, drafts, saves, key };
  }

  it('keep an edit that has the old value again, over a newer row, if the save fails', async () => {
    const { contacts, drafts, saves, key } = await open();
    email = 'new@example.org';
    await contacts.ensureList('o');
    const row = contacts.known(ref);
    assert.ok(row);
    const shown = textOf(row.resource, 'email');
    assert.equal(shown, 'new@example.org');
    drafts.set(key, withEdit(newDraft(), 'email', 'old@example.org', shown));
    saves.edited(ref);
    answer = 'error';
    await saves.save(ref);
    assert.equal(saves.state(ref).kind, 'failed');
    assert.equal(drafts.get(key)?.edits.email, 'old@example.org');
  });

  it('are no conflict with empty values if a reading has no attributes', async () => {
    const { contacts, drafts, saves, key } = await open();
    drafts.set(key, withEdit(newDraft(), 'email', 'mine@example.org', 'old@example.org'));
    answer = 'bare';
    await contacts.load(ref);
    assert.deepEqual(saves.conflicts(ref), []);
  });
});
