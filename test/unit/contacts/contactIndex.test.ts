import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as v from 'valibot';
import { resourceSchema } from '../../../src/api/document';
import { ContactIndex } from '../../../src/contacts/contactIndex';
import { digitsOf, fold } from '../../../src/contacts/fold';

type Person = readonly [first: string, last: string, email?: string, telephone?: string];

function indexOf(people: readonly Person[]): ContactIndex {
  const ids = people.map((_, n) => String(n));
  const index = new ContactIndex(ids);
  people.forEach(([first_name, last_name, email = null, telephone = null], n) => {
    const attributes = { first_name, last_name, email, telephone };
    index.add(v.parse(resourceSchema, { id: String(n), type: 't', attributes }));
  });
  return index;
}
const people: readonly Person[] = [
  ['Jörg', 'Müller', 'joerg.mueller@example.org', '+44 7700 900123'],
  ['Łukasz', 'Wiśniewski', 'lukasz@example.org', '07700 900456'],
  ['Siân', "O'Neill", 'sian@example.org', '(020) 7946 0516'],
  ['Anne-Marie', 'Strauß', 'am@example.org', '0049 89 123456'],
  ['Бюшра', 'Коваленко', 'busra@example.org'],
  ['Muller', 'Jones'],
  ['', '', 'only.mail@example.org'],
];
const index = indexOf(people);
const idsOf = (searched: ContactIndex, query: string, most = 10) =>
  searched.find(query, most).hits.map(({ id }) => id);
const find = (query: string) => idsOf(index, query).map(Number);

describe('finding a contact', () => {
  for (const [query, expected] of [
    ['muller jo', [5, 0]],
    ['MÜLLER', [5, 0]],
    ['wisniewski', [1]],
    ['lukasz', [1]],
    ['oneill', [2]],
    ["o'neill", [2]],
    ['anne marie', [3]],
    ['anne-marie', [3]],
    ['strauss', [3]],
    ['ковал', [4]],
    ['sian@exa', [2]],
    ['only.mail', [6]],
    ['07700 900123', [0]],
    ['+44 7700 900123', [0]],
    ['447700900123', [0]],
    ['7700900', [1, 0]],
    ['0770', [1, 0]],
    ['02079460516', [2]],
    ['49 89', [3]],
    ['jo 900123', [0]],
    ['nobody', []],
  ] as const) {
    it(`"${query}"`, () => assert.deepEqual(find(query), expected));
  }

  it('a telephone number with a zero in brackets, with and without it', () => {
    const one = indexOf([['Zero', 'Ring', '', '+44 (0)7700 900999']]);
    for (const query of ['+44 (0)7700 900999', '+447700900999', '07700900999', '07700 900999'])
      assert.deepEqual(idsOf(one, query), ['0'], query);
  });

  it('an empty query finds everything, in order', () => {
    assert.deepEqual(find(''), [0, 1, 2, 3, 4, 5, 6]);
    assert.deepEqual(find('  '), [0, 1, 2, 3, 4, 5, 6]);
  });

  it('puts a name that begins so first, then a word, then the middle of one', () => {
    const names = indexOf([
      ['Joanna', 'Smith'],
      ['Peter', 'Annan'],
      ['Ann', 'Other'],
    ]);
    assert.deepEqual(idsOf(names, 'ann'), ['2', '1', '0']);
    assert.deepEqual(names.find('ann', 1), { hits: [{ id: '2', grade: 0 }], more: true });
  });

  it('finds what was changed, and not what it was', () => {
    const names = indexOf([['Before', 'X']]);
    names.update(0, v.parse(resourceSchema, { id: '0', type: 't', attributes: { first_name: 'After' } }));
    assert.deepEqual(idsOf(names, 'after'), ['0']);
    assert.deepEqual(idsOf(names, 'before'), []);
  });

  it('is complete: whatever part of a name, an address or a number is typed', () => {
    const text = fc.string({ unit: fc.constantFrom(...'aäßøŁ1 -.’éÉx'), maxLength: 8 });
    const person = fc.tuple(
      text,
      text,
      text,
      fc.string({ unit: fc.constantFrom(...'0123+ ()-'), maxLength: 12 }),
    );
    fc.assert(
      fc.property(
        fc.array(person, { minLength: 1, maxLength: 20 }),
        fc.nat(),
        fc.nat(),
        fc.nat(),
        (all, a, b, c) => {
          const searched = indexOf(all);
          const n = a % all.length;
          const [first = '', last = '', email = '', telephone = ''] = all[n] ?? [];
          const from = [first, last, email, telephone][b % 4] ?? '';
          const part = from.slice(c % (from.length + 1));
          if (b % 4 < 3 || digitsOf(part).length === digitsOf(telephone).length)
            assert.ok(searched.all(part).includes(String(n)), JSON.stringify([part, all[n]]));
        },
      ),
    );
  });

  it('gives the best ones, and all of them when there are fewer', () => {
    const text = fc.string({ unit: fc.constantFrom(...'ab '), maxLength: 6 });
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { maxLength: 40 }), text, (all, query) => {
        const searched = indexOf(all);
        const everything = searched.all(query);
        const best = searched.find(query, 5);
        assert.equal(best.hits.length, Math.min(5, everything.length));
        assert.ok(best.hits.every(({ id }) => everything.includes(id)));
        assert.equal(best.more || best.hits.length === everything.length, true);
      }),
    );
  });
});

describe('fold', () => {
  it('takes case, accents and punctuation away', () => {
    assert.equal(fold('Ærøskøbing ÐÞ'), 'aeroskobing dth');
    assert.equal(fold('D’Arcy-Smith'), 'darcy smith');
    assert.equal(fold('ﬁne'), 'fine');
  });
});
