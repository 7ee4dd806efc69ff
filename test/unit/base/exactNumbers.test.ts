import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseExactly, toJsonText } from '../../../src/base/exactNumbers';
import { ContactStore } from '../../../src/contacts/lists/contactStore';
import { toJson } from '../../../src/contacts/model/contactText';
import { saveContact } from '../../../src/contacts/saving/saveContact';
import type { ExportFormat } from '../../../src/exports/exported';
import { exportContacts } from '../../../src/exports/exports';
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
      '-1E+400',
      '1e-400',
      '1.5e-310',
      `1${'0'.repeat(400)}`,
      `1234567${'0'.repeat(16)}`,
      `-1${'0'.repeat(21)}`,
    ])
      for (const text of [`{"a":${number}}`, `[[${number}],"x",{"b":[1,${number}]}]`])
        assert.equal(again(text), text);
  });

  it('comes back wherever it stands in the text', () => {
    for (let n = 0; n < 20; n++)
      for (const number of ['1234567890123456', '0.1234567890123456789', '1e400']) {
        const text = `{"${'x'.repeat(n)}":[${number},1.5]}`;
        assert.equal(again(text), text);
        assert.match(toJsonText(parseExactly(JSON.stringify(JSON.parse(`{"a":"${number}"}`)))), /":"/);
      }
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
    assert.deepEqual(parseExactly('[100000000000000000000,0e-400,0.0]'), [1e20, 0, 0]);
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
      '{12345678901234567890:1}',
      '{"a":1,12345678901234567890 \n: 1}',
    ])
      assert.throws(() => parseExactly(text), SyntaxError);
  });

  it('does not mind how long a text is', () => {
    const text = JSON.stringify({ a: '\\"1234567890123456789'.repeat(100_000) });
    assert.equal(again(text), text);
  });

  it('does not mind how many escapes a text has beside such a number', () => {
    const text = `{"a":"${'\\n'.repeat(9_000_000)}","b":12345678901234567890,"c":"\\\\"}`;
    assert.ok(again(text) === text);
  });
});

describe('a number that JavaScript does not hold', () => {
  it('is in a file as it came, of contacts that only a list was read of', async () => {
    const numbers = '"customer_no":9007199254740993123,"balance":0.1234567890123456789,"limit":1e400';
    const row = (id: string) => `{"id":${id},"type":"contacts","attributes":{"first_name":"Ada",${numbers}}}`;
    const server = await startApiServer();
    try {
      server.fault = () => ({ raw: `{"data":[${row('"c1"')},${row('9007199254740993125')}]}` });
      const store = new ContactStore(clientOf(server));
      const { ids } = await store.ensureList('o');
      assert.deepEqual(ids, ['c1', '9007199254740993125']);
      const rows = ids.map((contactId) => ({
        resource: store.summary({ organisationId: 'o', contactId }) ?? assert.fail(),
        organisationId: 'o',
        organisation: 'O',
      }));
      const written = async (format: ExportFormat) => {
        let text = '';
        for await (const part of exportContacts(format, rows, new AbortController().signal)) text += part;
        return text;
      };
      const json = await written('json');
      assert.equal(json.replace(/\s/g, '').split(numbers).length, 3, json);
      assert.equal(toJson(rows).replace(/\s/g, '').split(numbers).length, 3);
      const csv = await written('rawCsv');
      assert.equal(csv.split('"9007199254740993123","0.1234567890123456789","1e400"').length, 3, csv);
    } finally {
      await server.stop();
    }
  });

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
      await saveContact(store, ref, {
        base: { first_name: String(contact?.attributes.first_name) },
        edits: { first_name: 'Other' },
      });
      const put = server.requests.find(({ method }) => method === 'PUT');
      assert.match(put?.body ?? '', /"big":9007199254740993[,}]/);
    } finally {
      await server.stop();
    }
  });
});
