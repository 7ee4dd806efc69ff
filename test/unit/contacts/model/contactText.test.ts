import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as z from 'zod/mini';
import { resourceSchema } from '../../../../src/api/http/document';
import { mapConcurrently } from '../../../../src/base/concurrency';
import { ContactList } from '../../../../src/contacts/lists/contactList';
import { parseLink, toLinkQuery } from '../../../../src/contacts/model/contactLink';
import { nameLine, toJson } from '../../../../src/contacts/model/contactText';
import { toMailto } from '../../../../src/contacts/model/contactUris';
import { toFileName } from '../../../../src/exports/file';

describe('a link', () => {
  it('leads back to the contact it was made of', () => {
    const ref = { organisationId: '3fa85f64-5717', contactId: 'c_1' };
    assert.deepEqual(parseLink('/open', toLinkQuery(ref) ?? ''), ref);
  });

  for (const [path, query] of [
    ['/save', 'organisation=a&contact=b'],
    ['/open/', 'organisation=a&contact=b'],
    ['/open', 'organisation=a'],
    ['/open', 'organisation=a&contact='],
    ['/open', 'organisation=a&contact=..%2Fb'],
    ['/open', 'organisation=a&contact=b%0a'],
    ['/open', 'organisation=a&contact=b&contact=c'],
    ['/open', 'organisation=a&contact=b&environment=https://evil.example'],
    ['/open', `organisation=a&contact=${'b'.repeat(201)}`],
    ['/open', 'organisation=ä&contact=b'],
  ] as const)
    it(`is none: ${path}?${query.slice(0, 60)}`, () => assert.equal(parseLink(path, query), undefined));

  it('is not made of an id that it would refuse', () => {
    assert.equal(toLinkQuery({ organisationId: 'a', contactId: 'b&x=y' }), undefined);
  });
});

describe('an address for another program', () => {
  it('is one plain e-mail address and nothing with it', () => {
    assert.equal(toMailto(' ada+x@example.org '), 'mailto:ada+x@example.org');
    assert.equal(toMailto('\u202aada@example.org\u202c'), 'mailto:ada@example.org');
    assert.equal(toMailto('\ufeff\u200bada@example.org\u200b '), 'mailto:ada@example.org');
    for (const text of [
      '',
      'a',
      'a@b@c',
      'a@b?bcc=x@y',
      'a@b,c@d',
      'a@b%0acc:x',
      'a b@c',
      '"x"@c',
      'a@b#c',
      'a@b, c@d',
      'a@b>,c@d',
    ])
      assert.equal(toMailto(text), undefined, text);
  });

  for (const [text, address] of [
    ['r&d@example.org', 'r%26d@example.org'],
    ['a?b#c=d%e/f@example.org', 'a%3Fb%23c%3Dd%25e%2Ff@example.org'],
    ['jose\u0301@example.org', 'jose%CC%81@example.org'],
    ['उपयोगकर्ता@उदाहरण.कॉम', encodeURI('उपयोगकर्ता@उदाहरण.कॉम')],
    ['แอน@ตัวอย่าง.ไทย', encodeURI('แอน@ตัวอย่าง.ไทย')],
    ['ann@আমার.ভারত', encodeURI('ann@আমার.ভারত')],
    ['ann@例え・テスト.jp', encodeURI('ann@例え・テスト.jp')],
    ['☃@example.org', encodeURI('☃@example.org')],
    ['نامه\u200cای@example.org', encodeURI('نامه\u200cای@example.org')],
  ])
    it(`may be ${text}`, () => assert.equal(toMailto(text ?? ''), `mailto:${address}`));
});

describe('the name of an exported file', () => {
  it('is one name on every system, whatever it is made of', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.oneof(fc.constantFrom(...'/\\:. \0\u202e\n~-conCON1'), fc.string()) }),
        (text) => {
          const name = toFileName(text, 'Contacts');
          assert.doesNotMatch(name, /[/\\:*?"<>|\p{Cc}\u202a-\u202e]/u);
          assert.doesNotMatch(name, /^[.\s~-]|[.\s]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
          assert.ok(name !== '' && Buffer.byteLength(name) <= 240);
        },
      ),
    );
    for (const text of ['CON', 'nul.txt', 'COM1', 'COM1 .tar', 'con .x', '..', '', '   ', '../..']) {
      const name = toFileName(text, 'Contacts');
      assert.equal(name, 'Contacts', text);
    }
    assert.equal(toFileName('Ada / Byron', 'x'), 'Ada Byron');
    assert.equal(toFileName('株式会社', 'x'), '株式会社');
  });
});

describe('a contact as text', () => {
  const contact = (attributes: object) => z.parse(resourceSchema, { id: 'c', type: 't', attributes });

  it('is a name and an e-mail address in one line', () => {
    const of = (attributes: object) => nameLine(contact(attributes));
    assert.equal(of({ first_name: 'Ada', last_name: 'By\nron', email: 'a@b.c' }), 'Ada By ron <a@b.c>');
    assert.equal(of({ email: 'a@b.c' }), 'a@b.c');
    assert.equal(of({ first_name: 'Ada' }), 'Ada');
    assert.equal(of({}), 'c');
  });

  it('is one address to a mail program, whatever is in the name', () => {
    const of = (last_name: string) => nameLine(contact({ last_name, email: 'a@b.c' }));
    assert.equal(of('Byron, Ada'), '"Byron, Ada" <a@b.c>');
    assert.equal(of('Ada (work) <x@y.z>;'), '"Ada (work) <x@y.z>;" <a@b.c>');
    assert.equal(of('Ada "the \\" Byron'), '"Ada \\"the \\\\\\" Byron" <a@b.c>');
    assert.equal(of("Seán O'Brien Jr."), "Seán O'Brien Jr. <a@b.c>");
  });

  it('brings no second recipient in its address', () => {
    const of = (email: string, more: object = { last_name: 'Ada' }) => nameLine(contact({ email, ...more }));
    for (const email of [
      'a@b>, X <c@d',
      'a@b, c@d',
      'a@b;c@d',
      'a@b c@d',
      '"a"@b',
      'a@b\n<c@d>',
      'a@b，c@d',
      'a@b＆c＠d',
      'a@b:c@d',
      'a@b|c@d',
    ]) {
      assert.equal(of(email), 'Ada', email);
      assert.equal(of(email, { telephone: '123' }), '123', email);
      assert.equal(of(email, {}), 'c', email);
    }
    assert.equal(of('ask the desk'), 'Ada');
    assert.equal(of('r&d@b.c'), 'Ada <r&d@b.c>');
  });

  it('is what the API gave, without the place in a list', () => {
    const given = { ...contact({ deep: { a: null } }), position: 'director', links: { self: 'x' } };
    assert.deepEqual(JSON.parse(toJson(given)), given);
    const list = new ContactList();
    const rest = { total: 1, next: undefined, sortable: [], filterable: [] };
    list.take({ resources: [contact({ a: 1 })], ...rest }, 0);
    assert.deepEqual(JSON.parse(toJson(list.resource('c'))), { id: 'c', type: 't', attributes: { a: 1 } });
  });
});

describe('a few at a time', () => {
  it('gives back all in their order', async () => {
    let now = 0;
    let most = 0;
    const done = await mapConcurrently([5, 1, 3, 2, 4, 0], async (n) => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setTimeout(resolve, n));
      now--;
      return n * 2;
    });
    assert.deepEqual(done, [10, 2, 6, 4, 8, 0]);
    assert.equal(most, 4);
  });
});
