import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assertNoLeaks, newSecret, noteSecret } from '../../../scripts/lib/canary.mjs';
import { assertNothingTold, noteRequests } from '../../support/canary';

describe('the canary', () => {
  let folder: string;
  const secret = newSecret('a client secret');
  const password = noteSecret('pass"word & möre', 'a password');
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ctrl-hub-canary-'));
    mkdirSync(join(folder, 'logs'));
    writeFileSync(join(folder, 'logs/other.log'), 'GET /v3/orgs · 200');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const forms: readonly [string, string | Buffer][] = [
    ['as it is', `token=${secret};`],
    ['between bytes', Buffer.concat([Buffer.from([0, 255, 254]), Buffer.from(secret), Buffer.from([0])])],
    ['in UTF-16', Buffer.from(`x${secret}`, 'utf16le')],
    ...[0, 1, 2, 3].map((before): [string, string] => [
      `in base64, after ${before} bytes`,
      Buffer.from(`${'x'.repeat(before)}${secret} and more`).toString('base64'),
    ]),
    ['in an address', `?password=${encodeURIComponent(password)}`],
    ['in JSON', JSON.stringify({ password })],
  ];
  for (const [what, content] of forms)
    it(`finds a secret ${what}, and names the file`, () => {
      writeFileSync(join(folder, 'logs/extension.log'), content);
      assert.throws(() => assertNoLeaks(folder), /(client secret|password) in logs\/extension\.log/);
    });

  it('finds one in the name of a file, and never repeats it', () => {
    writeFileSync(join(folder, 'logs/a.log'), secret);
    assert.throws(
      () => assertNoLeaks(folder),
      (error: Error) => !error.message.includes(secret),
    );
  });

  it('is content without one, and not with a search in the wrong place', () => {
    assertNoLeaks(folder, { seen: 'GET /v3/orgs · 200' });
    assert.throws(() => assertNoLeaks(folder, { seen: 'PUT' }), /is it where everything is written/);
  });

  it('finds one in an address, a body, the clipboard; not in the header that it is for', () => {
    const request = { method: 'GET', path: '/', headers: { 'x-session-token': secret }, body: '', json: {} };
    noteRequests([request]);
    assertNothingTold();
    for (const leak of [{ path: `/?token=${secret}` }, { body: secret }, { headers: { referer: secret } }]) {
      const requests = [{ ...request, ...leak }];
      noteRequests(requests);
      assert.throws(() => assertNothingTold(), /in GET \//);
    }
    assert.throws(() => assertNothingTold(`x${secret}`), /clipboard/);
  });
});
