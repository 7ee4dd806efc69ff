import assert from 'node:assert/strict';
import { ApiClient } from '../../../../src/api/http/client';
import { DraftStore } from '../../../../src/contacts/drafts/draftStore';
import { ContactStore } from '../../../../src/contacts/lists/contactStore';
import { ContactSaves } from '../../../../src/contacts/saving/contactSaves';
import { typeInto } from '../../../../src/contacts/saving/typeInto';
import { memoryStorage } from '../../../support/memoryStorage';
import { recordServer } from '../../../support/recordServer';
import { silentLog, silentRuntime } from '../../../support/silentLog';

const ref = { organisationId: 'o', contactId: 'c' };

describe('a PUT that the API refuses with 401, so that the access is renewed', () => {
  const api = recordServer({ id: 'c', type: 'contacts' }, () => ({
    first_name: 'Ada',
    last_name: 'Byron',
    email: 'old@x.org',
    telephone: null,
  }));
  /** @param renew runs during the renewal. A renewal waits for a lock, or the computer sleeps: seconds to hours. */
  async function begin(renew: () => void, onUnauthorised: () => void = assert.fail) {
    const client = new ApiClient(
      {
        baseUrl: api.server.url,
        fetch: (input, init) => fetch(input, init),
        authHeaders: async () => ({ 'X-Session-Token': api.server.token }),
        renew: async () => renew(),
        onUnauthorised,
      },
      silentLog,
    );
    const store = new ContactStore(client);
    const drafts = new DraftStore(memoryStorage(), silentRuntime);
    const saves = new ContactSaves(api.server.url, store, drafts, silentRuntime);
    const key = { origin: api.server.url, ...ref };
    await store.load(ref);
    typeInto(drafts, saves, key, { field: 'email', value: 'new@x.org', base: 'old@x.org' }, '', '');
    return saves;
  }

  it('overwrites nothing that a colleague saved during the renewal', async () => {
    const saves = await begin(() => {
      api.attributes = { ...api.attributes, last_name: 'Lovelace', telephone: '999' };
    });
    let puts = 0;
    api.server.fault = ({ method }) =>
      method === 'PUT' && puts++ === 0 ? { status: 401, body: { errors: [] } } : undefined;
    await saves.save(ref);
    assert.equal(saves.state(ref).kind, 'saved');
    assert.deepEqual(api.attributes, {
      first_name: 'Ada',
      last_name: 'Lovelace',
      email: 'new@x.org',
      telephone: '999',
    });
  });

  it('ends the session if the renewed access is refused, too', async () => {
    let ended = 0;
    const saves = await begin(
      () => undefined,
      () => void ended++,
    );
    api.server.fault = ({ method }) => (method === 'PUT' ? { status: 401, body: { errors: [] } } : undefined);
    await saves.save(ref);
    assert.equal(saves.state(ref).kind, 'failed');
    assert.equal(ended, 1);
    assert.equal(api.server.requests.filter(({ method }) => method === 'PUT').length, 2);
  });
});
