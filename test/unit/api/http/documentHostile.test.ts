/** Tests documents of any shape, and hostile text in valid documents. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as z from 'zod/mini';
import { listSchema, maybeSingleSchema, singleSchema } from '../../../../src/api/http/document';
import { parseProblems } from '../../../../src/api/http/errorDocument';
import { toPage } from '../../../../src/api/page';
import { parseWith } from '../../../../src/base/parseWith';
import { clip, toLine } from '../../../../src/base/text';
import { ContactIndex, searched } from '../../../../src/contacts/lists/contactIndex';
import { ContactList } from '../../../../src/contacts/lists/contactList';
import { sortValue } from '../../../../src/contacts/lists/listOptions';
import { displayName, valuesOf } from '../../../../src/contacts/model/contact';
import { toOrganisation } from '../../../../src/contacts/model/organisation';
import { relationshipsOf } from '../../../../src/contacts/model/related';
import { toUpdate } from '../../../../src/contacts/model/update';
import { validate } from '../../../../src/contacts/model/validate';
import { changedAttributes } from '../../../../src/contacts/saving/merge';
import { hostileContact, hostileKeys, hostileStrings } from '../../../support/hostileStrings';

const few = { maxKeys: 4 };
const short = { maxLength: 4 };
const rounds = { numRuns: 1_000 };
const key = fc.oneof(
  fc.string(),
  fc.constantFrom('__proto__', 'constructor', 'toString', 'id', 'type', 'data', 'attributes', 'name'),
);
const value = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.dictionary(key, fc.jsonValue({ maxDepth: 1 }), few));
/** Returns mostly valid values, and sometimes any value. */
const or = <T>(usual: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: value });
const identifier = fc.record({ id: or(fc.string({ minLength: 1 })), type: or(fc.string()) });
const relationship = fc.record({
  data: or(fc.oneof(identifier, fc.array(or(identifier), short), fc.constant(null))),
});
const part = or(fc.dictionary(key, value, few));
const resource = fc.record(
  {
    id: or(fc.string({ minLength: 1 })),
    type: or(fc.string()),
    attributes: part,
    meta: part,
    relationships: or(
      fc.dictionary(fc.oneof(key, fc.constantFrom('accounts', 'author')), or(relationship), few),
    ),
  },
  { requiredKeys: ['id', 'type'] },
);
const count = or(fc.oneof(fc.nat(), fc.maxSafeInteger()));
const meta = fc.record({
  pagination: or(
    fc.record({
      counts: or(fc.record({ resources: count })),
      offsets: or(fc.record({ next: count })),
      requested: or(fc.record({ limit: count })),
    }),
  ),
  features: or(fc.record({ sort: or(fc.record({ options: or(fc.array(fc.string(), short)) })) })),
});
const document = (data: fc.Arbitrary<unknown>) =>
  or(
    fc.record(
      { data, included: or(fc.array(or(resource), short)), meta: or(meta) },
      { requiredKeys: ['data'] },
    ),
  );
/** Passes values through JSON, in which `__proto__` is an ordinary name. */
const parsed = (any: fc.Arbitrary<unknown>) => any.map((one): unknown => JSON.parse(JSON.stringify(one)));

describe('an answer of any shape', () => {
  it('of a list is a page or nothing, and everything that rows are made of can be had', () => {
    let pages = 0;
    fc.assert(
      fc.property(parsed(document(or(fc.array(or(resource), short)))), fc.nat(), (json, offset) => {
        const data = parseWith(listSchema, json);
        if (data === undefined) return;
        pages++;
        const page = toPage(data, offset);
        assert.ok(page.next === undefined || page.next > offset, 'it goes on');
        const list = new ContactList();
        list.take(page, 0);
        const index = new ContactIndex(list.ids);
        for (const one of page.resources) {
          index.add(one);
          assert.equal(typeof displayName(one), 'string');
          assert.equal(typeof toOrganisation(one).name, 'string');
          for (const by of ['last_name', 'created_at', '__proto__', 'constructor'])
            assert.equal(typeof sortValue(one, by), 'string');
        }
        index.find('a', 10);
      }),
      rounds,
    );
    assert.ok(pages > 300, `only ${pages} were pages`);
  });

  it('that is a list where an object is due is not understood', () => {
    for (const schema of [maybeSingleSchema, singleSchema, listSchema])
      assert.equal(parseWith<unknown>(schema, []), undefined);
  });

  it('of one contact is a contact or nothing; it can be shown, compared and sent back', () => {
    let contacts = 0;
    fc.assert(
      fc.property(parsed(document(or(resource))), (json) => {
        parseWith(maybeSingleSchema, json);
        const data = parseWith(singleSchema, json);
        if (data === undefined) return;
        contacts++;
        for (const { items } of relationshipsOf(data.data, data.included ?? []))
          for (const { label, detail } of items ?? []) {
            for (const one of label)
              for (const text of typeof one === 'string' ? [one] : Object.values(one))
                assert.equal(typeof text, 'string');
            assert.ok(detail === undefined || typeof detail === 'string');
          }
        assert.deepEqual(changedAttributes(data.data, data.data), []);
        const update = toUpdate(data.data, { email: 'new@example.org' });
        const { email: _, ...others } = { ...data.data.attributes };
        const { email, ...sent } = update.attributes;
        assert.equal(email, 'new@example.org');
        assert.equal(JSON.stringify(sent), JSON.stringify(others));
      }),
      rounds,
    );
    assert.ok(contacts > 300, `only ${contacts} were contacts`);
  });

  it('of a refusal has problems or none, all of them text', () => {
    const error = fc.dictionary(
      fc.constantFrom('title', 'detail', 'source', 'meta', '__proto__'),
      fc.oneof(
        fc.string(),
        value,
        fc.dictionary(fc.constantFrom('pointer', 'parameter', 'field'), fc.string()),
      ),
    );
    const body = fc.oneof(value, error, fc.record({ errors: or(fc.array(or(error), short)) }));
    fc.assert(
      fc.property(parsed(body), (json) => {
        for (const problem of parseProblems(json))
          assert.ok(Object.values(problem).every((text) => typeof text === 'string'));
      }),
      rounds,
    );
  });
});

describe('hostile text', () => {
  const text = hostileContact('c', {
    first_name: hostileStrings.long ?? '',
    email: hostileStrings.dots ?? '',
  });
  const contact = () => z.parse(singleSchema, JSON.parse(`{"data":${text}}`)).data;

  it('goes back in a save as it came, whatever its name', () => {
    const sent = JSON.stringify(toUpdate(contact(), { last_name: 'New' }).attributes);
    const { attributes } = JSON.parse(text);
    assert.equal(sent, JSON.stringify(attributes).replace(/\}$/, ',"last_name":"New"}'));
    for (const key of hostileKeys) assert.ok(sent.includes(JSON.stringify(key)), key.slice(0, 20));
    assert.equal(Reflect.get({}, 'polluted'), undefined);
  });

  it('is compared by its own properties only', () => {
    const plain = z.parse(singleSchema, { data: { id: 'c', type: 'contacts', attributes: {} } }).data;
    const names = changedAttributes(plain, contact());
    for (const key of hostileKeys) assert.ok(names.includes(key), key.slice(0, 20));
    assert.deepEqual(changedAttributes(contact(), contact()), []);
  });

  for (const [what, hostile] of Object.entries(hostileStrings))
    it(`is one short line in a row: ${what}`, () => {
      const line = toLine(hostile);
      assert.ok(line.length <= 200 && line !== '');
      assert.doesNotMatch(line, /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202A-\u202E\u2066-\u2069\uFEFF]/u);
      const one = {
        id: 'c',
        type: 't',
        attributes: { first_name: hostile, email: hostile, telephone: hostile },
      };
      assert.ok(searched(one).length < 30_000, `${searched(one).length} characters are searched`);
      assert.ok(sortValue(one, 'first_name').length < 10_000);
      for (const field of ['first_name', 'email', 'telephone'] as const) validate(field, hostile);
      assert.ok(valuesOf(one).first_name === hostile, 'the field has all of it');
      assert.ok(clip(hostile, 100).length <= 101);
    });

  it('in relationships without number is shown in part, soon', () => {
    const link = (type: string, n: number) => ({ type, id: `${n}` });
    const many = (count: number, one: (n: number) => unknown) =>
      Array.from({ length: count }, (_, n) => one(n));
    const account = (n: number) => ({
      ...link('accounts', n),
      relationships: Object.fromEntries(
        many(2000, (m) => [`r${m}`, { data: many(5, (o) => link('x', Number(o))) }]) as [],
      ),
    });
    const included = [...many(20, account), ...many(20, (n) => ({ ...account(n), type: 'users' }))];
    const data = {
      ...link('contacts', 1),
      relationships: {
        accounts: { data: many(50_000, (n) => link('accounts', n % 20)) },
        ...Object.fromEntries(many(1000, (n) => [`s${n}`, { data: link('users', 1) }]) as []),
      },
    };
    const document = z.parse(singleSchema, { data, included });
    const views = relationshipsOf(document.data, document.included ?? []);
    const accounts = views.find(({ name }) => name === 'accounts');
    assert.deepEqual([accounts?.items?.length, accounts?.more], [1000, 49_000]);
    assert.ok(views.length <= 100);
  });

  it('keeps its related resources, but for those that are none', () => {
    const good = { id: 'a', type: 'accounts' };
    const { included } = z.parse(singleSchema, {
      data: { id: 'c', type: 'contacts' },
      included: [null, good, { id: 'b', type: 'accounts', meta: [] }, 7],
    });
    assert.deepEqual(included, [good]);
  });
});
