import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  type Credential,
  formatCredential,
  parseCredential,
  sameCredential,
} from '../../../src/session/credentials';

const origin = 'https://api.example';
const authUrl = 'https://auth.example';
const token: Credential = {
  kind: 'sessionToken',
  token: 't',
  expiresAt: 1_900_000_000_000,
  authUrl,
  label: 'ada@example.org',
};
const service: Credential = {
  kind: 'serviceAccount',
  clientId: 'c',
  clientSecret: 's',
  authUrl,
  access: { token: 'a', renewAt: 1 },
};

describe('credentials', () => {
  it('come back as they were kept', () => {
    for (const one of [token, service])
      assert.deepEqual(parseCredential(origin, formatCredential(origin, one)), one);
  });

  it('of version 1 are still read', () => {
    const old = JSON.stringify({ version: 1, origin, kind: 'sessionToken', token: 't' });
    assert.deepEqual(parseCredential(origin, old), { kind: 'sessionToken', token: 't' });
  });

  it('of another origin, or that cannot be read, are none', () => {
    assert.equal(parseCredential('https://other.example', formatCredential(origin, token)), undefined);
    const broken = [
      'no json',
      '{}',
      'null',
      '{"version":2}',
      JSON.stringify({ version: 3, origin, kind: 'sessionToken', token: 't' }),
      JSON.stringify({ version: 2, origin, kind: 'sessionToken', token: '' }),
      JSON.stringify({ version: 2, origin, kind: 'serviceAccount', clientId: 'c', clientSecret: 's' }),
      JSON.stringify({ version: 2, origin, kind: 'password', token: 't' }),
    ];
    for (const text of broken) assert.equal(parseCredential(origin, text), undefined, text);
    fc.assert(fc.property(fc.string(), (text) => parseCredential(origin, text) === undefined));
    fc.assert(
      fc.property(fc.json(), (json) => {
        parseCredential(origin, json);
      }),
    );
  });

  it('are the same account whatever access token is in use', () => {
    assert.ok(service.kind === 'serviceAccount');
    assert.ok(sameCredential(service, { ...service, access: { token: 'b' } }));
    assert.ok(!sameCredential(service, { ...service, authUrl: 'https://other.example' }));
    assert.ok(!sameCredential(service, token));
    assert.ok(!sameCredential(undefined, token));
  });
});
