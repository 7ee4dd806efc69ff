import assert from 'node:assert/strict';
import { getContact, listContacts } from '../../../../src/api/contacts';
import { ApiClient } from '../../../../src/api/http/client';
import { listOrganisations } from '../../../../src/api/organisations';
import { ContactStore } from '../../../../src/contacts/lists/contactStore';
import { saveContact } from '../../../../src/contacts/saving/saveContact';
import { AuthServer } from '../../../../src/session/authServer';
import { requestAccess } from '../../../../src/session/clientCredentials';
import { startRawServer } from '../../../support/rawServer';
import { silentLog } from '../../../support/silentLog';

const ref = { organisationId: 'o', contactId: 'c' };
const text = JSON.stringify({ data: { id: 'c', type: 'contacts', attributes: { first_name: 'Jörg €' } } });
const utf8 = Buffer.from(text);
const latin1 = Buffer.from(text.replace('€', '£'), 'latin1');
const at = utf8.indexOf('€');
/** Returns the text with these bytes in place of its last character, which has three. */
const withBytes = (...bytes: number[]) =>
  Buffer.concat([utf8.subarray(0, at), Buffer.from(bytes), utf8.subarray(at + 3)]);

describe('bytes that are not UTF-8', () => {
  let server: Awaited<ReturnType<typeof startRawServer>>;
  let body: Buffer;
  let status: number;
  let headers: Record<string, string>;
  let chunked: boolean;
  before(async () => {
    server = await startRawServer((request, response) => {
      request.resume();
      response.writeHead(status, {
        'content-type': 'application/vnd.api+json',
        ...headers,
        ...(chunked ? {} : { 'content-length': String(body.length) }),
      });
      response.write(body);
      response.end();
    });
  });
  after(() => server.stop());
  beforeEach(() => {
    [status, headers, chunked] = [200, {}, false];
    server.requests.length = 0;
  });
  const client = () =>
    new ApiClient(
      { baseUrl: server.url, fetch: (input, init) => fetch(input, init), authHeaders: async () => ({}) },
      silentLog,
    );

  const bad: readonly [what: string, bytes: Buffer, charset?: string][] = [
    ['Latin-1', latin1],
    ['Latin-1 that says so', latin1, 'iso-8859-1'],
    ['Latin-1 that says UTF-8', latin1, 'utf-8'],
    ['UTF-16', Buffer.from(`\uFEFF${text}`, 'utf16le'), 'utf-16'],
    ['a character that lost a byte', withBytes(0xe2, 0x82)],
    ['a text that ends within a character', utf8.subarray(0, at + 1)],
    ['an encoded surrogate', withBytes(0xed, 0xa0, 0x80)],
    ['an overlong form', withBytes(0xc0, 0xaf)],
  ];
  for (const [what, bytes, charset] of bad)
    for (const whole of [true, false])
      it(`are refused, and nothing is sent after them: ${what}, ${whole ? 'with' : 'without'} a length`, async () => {
        body = bytes;
        chunked = !whole;
        if (charset) headers['content-type'] = `application/vnd.api+json; charset=${charset}`;
        await assert.rejects(getContact(client(), ref), {
          name: 'ApiError',
          reason: 'badResponse',
          status: 200,
        });
        await assert.rejects(listContacts(client(), 'o', { offset: 0 }), { reason: 'badResponse' });
        await assert.rejects(listOrganisations(client()), { reason: 'badResponse' });
        const store = new ContactStore(client());
        await assert.rejects(
          saveContact(store, ref, { base: { telephone: '1' }, edits: { telephone: '2' } }),
          {
            reason: 'badResponse',
          },
        );
        assert.ok(server.requests.every((request) => request.startsWith('GET')));
        const auth = new AuthServer(server.url, (input, init) => fetch(input, init), silentLog);
        await assert.rejects(requestAccess(auth, { clientId: 'c', clientSecret: 's' }), {
          reason: 'badResponse',
        });
      });

  for (const charset of ['', 'iso-8859-1', 'utf-8'])
    it(`are none where the text is UTF-8, and may begin with a mark: ${charset || 'nothing said'}`, async () => {
      if (charset) headers['content-type'] = `application/vnd.api+json; charset=${charset}`;
      for (const bytes of [utf8, Buffer.concat([Buffer.from('\uFEFF'), utf8])])
        for (chunked of [true, false]) {
          body = bytes;
          const { resource } = await getContact(client(), ref);
          assert.equal(resource.attributes?.first_name, 'Jörg €');
        }
    });

  it('take nothing away from what a status says', async () => {
    [status, body] = [403, latin1];
    await assert.rejects(getContact(client(), ref), { reason: 'forbidden' });
  });
});
