import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as z from 'zod/mini';
import { resourceSchema } from '../../../../src/api/http/document';
import { ContactIndex } from '../../../../src/contacts/lists/contactIndex';

type Person = readonly [first: string, last: string, email?: string, telephone?: string];

function indexOf(people: readonly Person[]): ContactIndex {
  const ids = people.map((_, n) => String(n));
  const index = new ContactIndex(ids);
  people.forEach(([first_name, last_name, email = null, telephone = null], n) => {
    const attributes = { first_name, last_name, email, telephone };
    index.add(z.parse(resourceSchema, { id: String(n), type: 't', attributes }));
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
    names.update(0, z.parse(resourceSchema, { id: '0', type: 't', attributes: { first_name: 'After' } }));
    assert.deepEqual(idsOf(names, 'after'), ['0']);
    assert.deepEqual(idsOf(names, 'before'), []);
  });

  describe('whatever a field holds, and every part of it', () => {
    // Takes parts from both ends of a field, and of each field. An earlier version of this test never failed:
    // its texts rarely had two digits around a dot, and it used whole telephone numbers only.
    const real = fc.constantFrom(
      ...[
        'Flat 3.1',
        '2024.01@example.org',
        'Ada-Marie O’Neill',
        'Νίκος ΝΙΚΟΣ',
        'İrem ß',
        '№ 7 (x)',
        "a '-' b",
        '𝓙o',
      ],
      ...['+44 20 7946 0000 x123', '1-800-FLOWERS', '*100#', '(0)20 7946 0000', '912 345 678 / 612 345 678'],
      ...['+39 (0)6 1234 5678', '٠٢٠ ٧٩٤٦', '\u202a+447700900123\u202c', 'tel:+447700900123', '007 00.0+1'],
    );
    const dense = (letters: string) => fc.string({ unit: fc.constantFrom(...letters), maxLength: 8 });
    const field = fc.oneof(
      real,
      dense('10.+'),
      dense('1.a '),
      dense('aß´-. ’é\u0301Σς'),
      dense('0+1()-/ x\n'),
    );
    const person = fc.tuple(field, field, field, field);

    it('finds the contact', () => {
      fc.assert(
        fc.property(
          fc.array(person, { minLength: 1, maxLength: 4 }),
          fc.nat(),
          fc.nat(3),
          fc.nat(),
          fc.nat(),
          (all, which, column, from, length) => {
            const n = which % all.length;
            const characters = [...(all[n]?.[column] ?? '')];
            const start = from % (characters.length + 1);
            const part = characters.slice(start, start + 1 + (length % (characters.length + 1))).join('');
            const searched = indexOf(all);
            assert.ok(searched.all(part).includes(String(n)), JSON.stringify([part, all[n]]));
            const { hits } = searched.find(part, all.length);
            assert.ok(
              hits.some(({ id }) => id === String(n)),
              JSON.stringify(['find', part, all[n]]),
            );
          },
        ),
        { numRuns: 2_000 },
      );
    });

    for (const [value, ...parts] of [
      ['Flat 3.1', '3.1', '.1', '3.', 'flat 3'],
      ['a.2024.01@example.org', '2024.01', '2024.', '.01'],
      ['+44 20 7946 0000 x123', 'x123', '0000 x1', '+44 20 7946 0000', '02079460000', '+442079460000'],
      ['1-800-FLOWERS', '1-800-FLOWERS', 'flowers', '800-FLO', '800'],
      ['*100#', '*100#', '*', '#', '100#'],
      ['(0)20 7946 0000', '(0)20', '020 7946 0000', '0)2', '('],
    ] as const)
      it(`"${value}"`, () => {
        for (const n of [0, 1, 2, 3]) {
          const fields = ['', '', '', ''];
          fields[n] = value;
          const [first = '', last = '', email = '', telephone = ''] = fields;
          const one = indexOf([
            ['Nobody', 'Else'],
            [first, last, email, telephone],
          ]);
          for (const part of parts) {
            const isNumber = /^\+?\d{8,}$/.test(part.replace(/ /g, ''));
            if (n === 3 || !isNumber) assert.deepEqual(one.all(part), ['1'], `${part} in field ${n}`);
          }
        }
      });
  });

  it('filters by each character, and shows not everything', () => {
    const all = indexOf([
      ['Ada', 'Byron', 'ada@example', '+44 (20) 7946/1111'],
      ['Anne-Marie', "O'Neill", 'am@example', '7'],
      ['“Bo”', 'Zero, Esq.', 'x@example', '1001'],
    ]);
    const expected = { '(': ['0'], '/': ['0'], '+': ['0'], '-': ['1'], "'": ['1'], '’': ['1'], '–': ['1'] };
    for (const [query, ids] of Object.entries({
      ...expected,
      ',': ['2'],
      '“': ['2'],
      '.': ['2'],
      '00': ['2'],
    }))
      assert.deepEqual(all.all(query), ids, query);
    assert.deepEqual(all.all('0'), ['0', '2']);
    for (const query of ['0.0', '"', '000', '[', '*', ';']) assert.deepEqual(all.all(query), [], query);
  });

  describe('what is pasted', () => {
    const one = indexOf([
      ['Ada', 'Byron', 'ada@example.org', '07700 900123'],
      ['Bo', 'Else', 'jörg@example.org', ''],
    ]);
    for (const [query, id] of [
      ['\u202aAda Byron\u202c', '0'],
      ['\u200e07700 900123\u200e', '0'],
      ['A\u00adda\u200b', '0'],
      ['Ada Byron <ada@example.org>', '0'],
      ['"Byron, Ada" <ada@example.org>;', '0'],
      ['Ada <mailto:ada@example.org>', '0'],
      ['mailto:ada@example.org?subject=Hello', '0'],
      ['MAILTO:j%C3%B6rg@example.org', '1'],
      ['tel:+447700900123', '0'],
      ['tel:+44-7700-900123', '0'],
      ['tel:+44-7700-900123;ext=5', '0'],
      ['Tel.: +44 7700 900123', '0'],
      ['Mobile: 07700 900123', '0'],
      ['☎ 07700 900123', '0'],
      ['mailto: ada@example.org', '0'],
      ['E-mail: ada@example.org', '0'],
      ['Ada +44 7700 900123', '0'],
    ] as const)
      it(JSON.stringify(query), () => assert.deepEqual(one.all(query), [id]));
  });

  describe('the international and the national form of a number', () => {
    for (const [international, ...national] of [
      ['+447700900123', '07700 900123', '(0)7700 900123', '07700-900123', '٠٧٧٠٠٩٠٠١٢٣'],
      ['+49 30 123456', '030/123456', '030 / 123456', '030 123456'],
      ['+39 06 1234 5678', '06 1234 5678', '0612345678'],
      ['+34 612 345 678', '612 345 678', '612345678'],
      ['+7 912 345-67-89', '8 912 345-67-89', '8 (912) 3456789'],
      ['+36 30 123 4567', '06 30 123 4567', '06-30-1234567'],
      ['+1 202 555 0123', '(202) 555-0123', '1 202 555 0123'],
      ['+225 07 12 34 56 78', '07 12 34 56 78'],
    ] as const) {
      const digits = international.replace(/\D/g, '');
      const zero = international.replace(/^(\+\d+) 0?/, '$1 (0)');
      const forms = [international, `+${digits}`, `00${digits}`, `00 ${international.slice(1)}`];
      // Without + or 00, a shorter number counts as a national one.
      if (digits.length > 10) forms.push(digits);
      it(`${international} and ${national.join(', ')}`, () => {
        for (const number of [...forms, ...(/^\+(44|49|39)/.test(international) ? [zero] : [])])
          for (const other of national) {
            const find = (held: string, typed: string) => indexOf([['A', 'B', '', held]]).all(typed);
            assert.deepEqual(find(other, number), ['0'], `${number} finds ${other}`);
            assert.deepEqual(find(number, other), ['0'], `${other} finds ${number}`);
            assert.deepEqual(find(number, international), ['0'], `${international} finds ${number}`);
          }
      });
    }

    it('of another country or another number is another number', () => {
      const held = indexOf([
        ['A', 'German', '', '+49 7700 900123'],
        ['B', 'Longer', '', '077700 900123'],
        ['C', 'British', '', '+44 7700 900123'],
        ['D', 'Several', '', '020 7946 0000 / 07700 900123'],
      ]);
      assert.deepEqual(held.all('+44 7700 900123'), ['2', '3']);
      assert.deepEqual(held.all('07700 900123'), ['0', '2', '3']);
    });
  });

  it('finds a number by dots that stand where spaces are', () => {
    const held = indexOf([
      ['A', 'B', '', '(202) 555-0123'],
      ['C', 'D', '', '+1 202 555 0124'],
      ['E', 'F', '', '0123456789'],
    ]);
    assert.deepEqual(held.all('202.555.0123'), ['0']);
    assert.deepEqual(held.all('202.555.0124'), ['1']);
    assert.deepEqual(held.all('01.23.45.67.89'), ['2']);
    assert.deepEqual(held.all('202.555'), []);
  });

  it('filters by a sign that is nothing but an accent, and by a letter that is left out', () => {
    const held = indexOf([
      ['A', 'B'],
      ['C¨', 'D'],
      ['سماء', 'E'],
    ]);
    assert.deepEqual(held.all('¨'), ['1']);
    assert.deepEqual(held.all('ء'), ['2']);
    assert.deepEqual(held.all('سما'), ['2']);
  });

  it('finds the end of a long field', () => {
    const long = `${'word '.repeat(300)}omega`;
    for (const n of [0, 1, 2, 3]) {
      const fields = ['', '', '', ''];
      fields[n] = long;
      const [first = '', last = '', email = '', telephone = ''] = fields;
      assert.deepEqual(
        indexOf([
          ['x', 'y'],
          [first, last, email, telephone],
        ]).all('omega'),
        ['1'],
        `field ${n}`,
      );
    }
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
