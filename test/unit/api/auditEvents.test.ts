/** Tests that no response about the history can harm the contact that the user works on. */
import assert from 'node:assert/strict';
import * as z from 'zod/mini';
import { listAuditEvents, listMembers, toAuditEvent } from '../../../src/api/auditEvents';
import { getContact } from '../../../src/api/contacts';
import { ApiClient } from '../../../src/api/http/client';
import { resourceSchema } from '../../../src/api/http/document';
import { ApiError } from '../../../src/api/http/errors';
import { type ApiServer, startApiServer } from '../../support/apiServer';
import { silentLog } from '../../support/silentLog';

describe('audit events', () => {
  let server: ApiServer;
  let ended: number;
  let client: ApiClient;
  before(async () => {
    server = await startApiServer({ contacts: 30 });
  });
  after(() => server.stop());
  beforeEach(() => {
    ended = 0;
    client = new ApiClient(
      {
        baseUrl: server.url,
        fetch: (input, init) => fetch(input, init),
        authHeaders: async () => ({ 'X-Session-Token': server.token }),
        onUnauthorised: () => ended++,
      },
      silentLog,
    );
    server.fault = undefined;
  });

  it('end no session when they are refused with 401, as an account may have no right to them', async () => {
    server.fault = () => ({ status: 401, body: {} });
    const refused = (error: unknown) => ApiError.is(error, 'unauthorised');
    await assert.rejects(listAuditEvents(client, { offset: 0 }), refused);
    await assert.rejects(listMembers(client, 'o'), refused);
    assert.equal(ended, 0);
    await assert.rejects(getContact(client, { organisationId: 'o', contactId: 'c' }), refused);
    assert.equal(ended, 1);
  });

  it('are read although a value nests without end, and show as much of it as anybody reads', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const values = `[{"field":"a","before":${deep},"after":{"b":"${'x'.repeat(10_000)}"}}]`;
    const event = `{"id":"e","type":"t","attributes":{"time":"","operation":"update","resource":{"id":"c"},"values":${values}}}`;
    server.fault = () => ({ raw: `{"data":[${event}]}` });
    const page = await listAuditEvents(client, { offset: 0 });
    const [value] = page.resources.map(toAuditEvent)[0]?.values ?? [];
    assert.equal(value?.before, '…');
    assert.match(String(value?.after), /^\{"b":"x{490,500}…$/);
  });

  it('keep what is no list and no object as it came', () => {
    const values = [
      { field: 'a', before: null, after: 'text' },
      { field: 'b', before: 7, after: false },
    ];
    const attributes = { resource: { id: 'c' }, values };
    assert.deepEqual(
      toAuditEvent(z.parse(resourceSchema, { id: 'e', type: 't', attributes }))?.values,
      values,
    );
  });
});
