/**
 * Tests that every harmful response ends soon with an understandable error and without filling the memory.
 */
import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { getContact, listContacts } from '../../../../src/api/contacts';
import { ApiClient } from '../../../../src/api/http/client';
import type { ApiErrorReason } from '../../../../src/api/http/errors';
import { Transport } from '../../../../src/api/http/transport';
import { pour, type RawHandler, startRawServer } from '../../../support/rawServer';
import { silentLog } from '../../../support/silentLog';

type Fetch = ConstructorParameters<typeof Transport>[0];
const plainFetch: Fetch = (input, init) => fetch(input, init);
const ref = { organisationId: 'o', contactId: 'c' };
const MB = 1_000_000;

/**
 * Serves one response and requests it.
 * @returns the outcome, its duration, and its memory
 */
async function ask<T>(handler: RawHandler, work: (client: ApiClient) => Promise<T>, options = {}) {
  const server = await startRawServer(handler, options);
  const client = new ApiClient(
    { baseUrl: server.url, fetch: plainFetch, authHeaders: async () => ({}) },
    silentLog,
  );
  let most = 0;
  const before = process.memoryUsage().rss;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss - before);
  }, 20);
  try {
    const value = await work(client).catch((error: unknown) => error);
    return { value, most: most / MB, server };
  } finally {
    clearInterval(watch);
    await server.stop();
  }
}

const json = { 'content-type': 'application/vnd.api+json' };
const send =
  (body: string | Buffer, headers: Record<string, string> = {}, status = 200): RawHandler =>
  (_, response) => {
    response.writeHead(status, { ...json, ...headers });
    response.end(body);
  };
const read = (client: ApiClient) => getContact(client, ref);
const list = (client: ApiClient) => listContacts(client, 'o', { offset: 0 });

describe('a hostile answer', () => {
  const bomb = gzipSync(Buffer.alloc(200 * MB, ' '));
  const large = Buffer.alloc(50 * MB, ' ');
  const many = (item: string) => `{"data":[${`${item},`.repeat(1_000_000 - 1)}${item}]}`;
  const nested = (levels: number) => `${'{"a":['.repeat(levels / 2)}${']}'.repeat(levels / 2)}`;
  const deep = (levels: number) => `{"data":{"id":"c","type":"t","attributes":{"x":${nested(levels)}}}}`;
  const cases: readonly [string, RawHandler, ApiErrorReason][] = [
    ['50 MB of a known length', send(large, { 'content-length': String(large.length) }), 'tooLarge'],
    ['50 MB of an unknown length', (_, response) => response.writeHead(200, json).end(large), 'tooLarge'],
    [
      'a body without end',
      (_, response) => pour(response.writeHead(200, json), Buffer.alloc(65_536, ' ')),
      'tooLarge',
    ],
    [
      'a gzip bomb',
      send(bomb, { 'content-encoding': 'gzip', 'content-length': String(bomb.length) }),
      'tooLarge',
    ],
    ['gzip that is none', send('{"data":', { 'content-encoding': 'gzip' }), 'unreachable'],
    ['a million numbers', send(many('1')), 'badResponse'],
    ['a million objects', send(many('{"id":1}')), 'badResponse'],
    ['a million contacts', send(many('{"id":"1","type":""}')), 'tooLarge'],
    ['100,000 levels', send(deep(100_000)), 'badResponse'],
    ['3,000,000 levels', send(deep(3_000_000)), 'badResponse'],
    ['levels without a document', send('['.repeat(10 * MB)), 'badResponse'],
    ['nothing but quotes', send(`"${'\\"'.repeat(8 * MB)}`), 'badResponse'],
    ['a page of a proxy', send('<!DOCTYPE html><p>Log in', { 'content-type': 'text/html' }), 'badResponse'],
    ['text that is no UTF-8', send(Buffer.from([0xff, 0xfe, 0x7b, 0x00])), 'badResponse'],
    [
      'a picture',
      send(Buffer.from([0x89, 0x50, 0x4e, 0x47]), { 'content-type': 'image/png' }),
      'badResponse',
    ],
    ['another contact', send('{"data":{"id":"d","type":"t"}}'), 'badResponse'],
    ['a list of contacts', send('{"data":[{"id":"c","type":"t"}]}'), 'badResponse'],
    ['a type that is no text', send('{"data":{"id":"c","type":7}}'), 'badResponse'],
    ['attributes that are none', send('{"data":{"id":"c","type":"t","attributes":[]}}'), 'badResponse'],
    ['a refusal of 50 MB', send(large, {}, 401), 'unauthorised'],
    ['a refusal of 100,000 levels', send(`{"errors":${nested(100_000)}}`, {}, 403), 'forbidden'],
    ['a refusal of a million reasons', send(`{"errors":[${'{},'.repeat(1_000_000)}{}]}`, {}, 422), 'invalid'],
    [
      'a refusal with a text of 10 MB',
      send(JSON.stringify({ errors: [{ detail: 'a_'.repeat(5 * MB) }] }), {}, 422),
      'invalid',
    ],
  ];
  for (const [what, handler, reason] of cases) {
    it(`${what}: ${reason}`, async () => {
      const way: (client: ApiClient) => Promise<unknown> = / million/.test(what) ? list : read;
      const { value, most } = await ask(handler, way);
      assert.ok(value instanceof Error, `it was taken: ${String(value)}`);
      assert.equal('reason' in value ? value.reason : String(value), reason);
      assert.ok(most < 250, `${most} MB`);
      assert.ok(value.message.length < 100);
    });
  }

  it('what is as deep as may be can be compared, sent back and shown', async () => {
    const { value } = await ask(send(deep(190)), read);
    assert.ok(!(value instanceof Error), String(value));
    assert.ok(JSON.stringify(value, null, 2).length < 100_000);
    structuredClone(value);
  });

  it('a certificate that nobody vouches for: untrusted, and nothing was sent', async () => {
    const { value, server } = await ask(send('{"data":{"id":"c","type":"t"}}'), read, { tls: true });
    assert.ok(value instanceof Error && 'reason' in value && 'code' in value);
    assert.deepEqual([value.reason, value.code], ['untrusted', 'DEPTH_ZERO_SELF_SIGNED_CERT']);
    assert.deepEqual(server.requests, []);
  });

  for (const [what, headers] of [
    ['of an unknown length', {}],
    ['of a known length', { 'content-length': '5000' }],
  ] as const)
    it(`a drip ${what} is given up at the end of its time, though it never ends`, async () => {
      const drip: RawHandler = (_, response) =>
        pour(response.writeHead(200, { ...json, ...headers }), Buffer.from(' '), 50);
      const server = await startRawServer(drip);
      const transport = new Transport(plainFetch, { timeout: 400 });
      const request = { method: 'GET', url: server.url, headers: {} } as const;
      await assert.rejects(transport.send(request), { reason: 'timedOut' });
      await server.stop();
    });

  it('a body that is within its bound by one byte is taken, and not one byte more', async () => {
    const taken = new Transport(plainFetch, { bytes: 1000 });
    for (const headers of [{}, { 'transfer-encoding': 'chunked' }])
      for (const [size, fits] of [
        [1000, true],
        [1001, false],
      ] as const) {
        const server = await startRawServer(send(Buffer.alloc(size, 'é'), headers));
        const sent = taken.send({ method: 'GET', url: server.url, headers: {} });
        if (fits) assert.equal((await sent).text, 'é'.repeat(500));
        else await assert.rejects(sent, { reason: 'tooLarge' });
        await server.stop();
      }
  });
});
