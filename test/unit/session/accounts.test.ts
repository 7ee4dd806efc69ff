import assert from 'node:assert/strict';
import { ContactStore } from '../../../src/contacts/lists/contactStore';
import { OrganisationStore } from '../../../src/contacts/lists/organisationStore';
import { saveContact } from '../../../src/contacts/saving/saveContact';
import { createSandbox } from '../../../src/sandbox/sandbox';
import { sampleAccount } from '../../../src/session/accounts';
import { silentRuntime } from '../../support/silentLog';

describe('sample data', () => {
  it('keeps what is saved in it, for as long as the account is there', async () => {
    const { client } = sampleAccount(async () => createSandbox({ contacts: 30 }), silentRuntime);
    const { organisations } = await new OrganisationStore(client).ensure();
    const organisationId = organisations[0]?.id ?? assert.fail('no organisation');
    const store = new ContactStore(client);
    const contactId = (await store.ensureList(organisationId)).ids[0] ?? assert.fail('no contact');
    const ref = { organisationId, contactId };
    const { attributes } = (await store.load(ref)).resource;
    await saveContact(store, ref, {
      base: { first_name: String(attributes?.first_name ?? '') },
      edits: { first_name: 'Kept' },
    });
    const again = await new ContactStore(client).load(ref);
    assert.equal(again.resource.attributes?.first_name, 'Kept');
  });
});
