import assert from 'node:assert/strict';
import { ContactStore } from '../../../../src/contacts/lists/contactStore';
import { WholeLoads } from '../../../../src/contacts/lists/wholeLoads';
import { textOf } from '../../../../src/contacts/model/contact';
import { clientOf } from '../../../support/apiClient';
import { type ApiServer, startApiServer } from '../../../support/apiServer';

const total = 300;

describe('a list that is refreshed while it is not shown', () => {
  let server: ApiServer;
  let first_name = 'Old';

  before(async () => {
    server = await startApiServer({
      handler: ({ url }) => {
        const { searchParams } = new URL(url);
        const offset = Number(searchParams.get('offset'));
        const length = Math.max(0, Math.min(Number(searchParams.get('limit')), total - offset));
        const data = Array.from({ length }, (_, n) => ({
          id: `c${offset + n}`,
          type: 'contacts',
          attributes: { first_name },
        }));
        return Response.json({ data, meta: { pagination: { counts: { resources: total } } } });
      },
    });
  });
  after(() => server.stop());

  for (const isWhole of [false, true])
    it(`is read again when it is shown, also if all of it was read in between: ${isWhole ? 'whole' : 'its first page'} before`, async () => {
      first_name = 'Old';
      const contacts = new ContactStore(clientOf(server));
      const loads = new WholeLoads(contacts);
      await contacts.ensureList('o');
      if (isWhole) await loads.load(['o']);
      first_name = 'New';
      contacts.invalidate(undefined, () => []);
      await loads.load(['o']);
      await contacts.ensureList('o');
      const row = contacts.summary({ organisationId: 'o', contactId: 'c0' });
      assert.ok(row);
      assert.equal(textOf(row, 'first_name'), 'New');
    });
});
