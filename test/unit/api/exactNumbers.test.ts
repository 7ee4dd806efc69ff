import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseExactly, toJsonText } from '../../../src/base/exactNumbers';
import { ContactStore } from '../../../src/contacts/contactStore';
import { clientOf } from '../../support/apiClient';
import { startApiServer } from '../../support/apiServer';
import { colleague } from '../../support/colleague';

const again = (text: string) => toJsonText(parseExactly(text));

describe('JSON with numbers that JavaScript does not hold', () => {
  it('comes back to the digit', () => {
    for (const number of [
      '9007199254740993',
      '-12345678901234567890',
      '0.1234567890123456789',
      '1234567.123456789012',
      '1e400',
      '1.00000000000000001E-5',
      '123456789012345678901234567890e-10',
    ])
      for (const text of [`{"a":${number}}`, `[[${number}],"x",{"b":[1,${number}]}]`])
        assert.equal(again(text), text);
  });

  it('leaves alone what it holds, and every text', () => {
    for (const value of [
      '12345678901234567890',
      '\\"12345678901234567890',
      'a:12345678901234567890,[1e400]',
    ]) {
      const text = JSON.stringify({ value, n: 1.5 });
      assert.equal(again(text), text);
    }
    assert.deepEqual(parseExactly('[100000000000000000000]'), [1e20]);
  });

  it('is what JSON.parse makes of anything else', () => {
    fc.assert(
      fc.property(fc.json(), (text) => assert.deepEqual(JSON.parse(again(text)), JSON.parse(text))),
      { numRuns: 500 },
    );
  });

  it('refuses what is no JSON', () => {
    for (const text of [
      '{"a":12345678901234567890',
      '"12345678901234567890',
      '[12345678901234567890,]',
      '[01234567890123456]',
    ])
      assert.throws(() => parseExactly(text), SyntaxError);
  });

  it('does not mind how long a text is', () => {
    const text = JSON.stringify({ a: '\\"1234567890123456789'.repeat(100_000) });
    assert.equal(again(text), text);
  });
});

describe('a number that JavaScript does not hold', () => {
  it('goes back to Ctrl Hub as it came when somebody saves another field', async () => {
    const server = await startApiServer({ contacts: 30 });
    try {
      const [organisation] = await colleague(server).organisations();
      const organisationId = organisation?.id ?? assert.fail();
      const [contact] = await colleague(server).contacts(organisationId);
      const ref = { organisationId, contactId: contact?.id ?? assert.fail() };
      const attributes = JSON.stringify({ ...contact?.attributes, big: 'BIG' }).replace(
        '"BIG"',
        '9007199254740993',
      );
      server.fault = ({ method }) =>
        method === 'GET'
          ? { raw: `{"data":{"type":"contacts","id":"${ref.contactId}","attributes":${attributes}}}` }
          : undefined;
      const store = new ContactStore(clientOf(server));
      await store.load(ref);
      await store.save(ref, { first_name: String(contact?.attributes.first_name) }, { first_name: 'Other' });
      const put = server.requests.find(({ method }) => method === 'PUT');
      assert.match(put?.body ?? '', /"big":9007199254740993[,}]/);
    } finally {
      await server.stop();
    }
  });
});
