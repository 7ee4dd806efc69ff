import assert from 'node:assert/strict';
import { ApiClient } from '../../../../src/api/http/client';
import { ContactStore } from '../../../../src/contacts/lists/contactStore';
import { RelatedStore } from '../../../../src/contacts/related/relatedStore';
import { AccountLinks } from '../../../../src/contacts/saving/accountLinks';
import { silentLog, silentRuntime } from '../../../support/silentLog';

const ref = { organisationId: 'o', contactId: 'c' };
const id = '3c90c3cc-0d44-4b50-8888-8dd25736052a';

describe('a linked account', () => {
  it('is found where its ID was entered in capitals', async () => {
    let isLinked = false;
    const fetch = async (_url: string, { method = 'GET' }: RequestInit = {}) => {
      if (method === 'POST') {
        isLinked = true;
        return new Response(null, { status: 204 });
      }
      const accounts = { data: isLinked ? [{ id, type: 'customer-accounts' }] : [] };
      return Response.json({
        data: { id: 'c', type: 'contacts', attributes: {}, relationships: { accounts } },
      });
    };
    const client = new ApiClient(
      { baseUrl: 'https://api.example.org', fetch, authHeaders: async () => ({}) },
      silentLog,
    );
    const contacts = new ContactStore(client);
    const links = new AccountLinks(contacts, new RelatedStore(client, silentRuntime), silentRuntime);
    await contacts.load(ref);
    await links.link(ref, id.toUpperCase());
    assert.equal(isLinked, true);
    assert.equal(links.state(ref)?.kind, 'done');
  });
});
