import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fold, matchesIn } from '../../../../src/contacts/model/fold';

/** Yields every assigned character of Unicode's first two planes. */
function* assigned() {
  for (let code = 0; code < 0x20000; code++) {
    const character = String.fromCodePoint(code);
    if (!/[\p{Cn}\p{Co}]/u.test(character)) yield character;
  }
}

describe('text as it is searched', () => {
  const same = {
    'Ærøskøbing ÐÞ': 'aeroskobing dth',
    'D’Arcy-Smith': 'darcy smith',
    ﬁne: 'fine',
    'ΝΙΚΟΣ ΠΑΠΑΔΟΠΟΥΛΟΣ': 'Νίκος Παπαδόπουλος',
    Νικοσ: 'Νίκος',
    '№ 7': 'no 7',
    '𝓙𝓸𝓱𝓷 ℒ': 'john l',
    '٠٧٧٠٠ ۹۰۰ ०९': '07700 900 09',
    '０２０': '020',
    '-5 − 5': '-5 - 5',
    'Anne−Marie‐Louise': 'anne-marie louise',
    محـــمد: 'محمد',
    علی: 'علي',
    مصطفى: 'مصطفي',
    کریم: 'كريم',
    'أحمد إبراهيم آدم': 'احمد ابراهيم ادم',
    فاطمة: 'فاطمه',
    Col·lecció: 'colleccio',
    ヤマダ: 'やまだ',
    İstanbul: 'istanbul',
    ISTANBUL: 'istanbul',
    'So\u00adphie': 'sophie',
    'a\u200bda\u202a': 'ada',
    '“Ada” «Byron» ‹x›': 'ada byron x',
  };
  for (const [one, other] of Object.entries(same))
    it(`"${one}" is "${other}"`, () => assert.equal(fold(one).trim(), fold(other).trim()));

  it('knows every apostrophe', () => {
    for (const apostrophe of "'‘’‛′ʹʻʼʽˈ`´΄᾽ꞌ՚׳＇")
      assert.equal(fold(`O${apostrophe}Neill`), 'oneill', apostrophe);
  });

  it('knows the digits of every script', () => {
    for (const character of assigned())
      if (/\p{Nd}/u.test(character)) assert.match(fold(character), /^[0-9]$/, character);
  });

  it('has no capital left, and is itself when it is folded again: every character', () => {
    for (const character of assigned()) {
      const once = fold(character);
      assert.equal(fold(once), once, character.codePointAt(0)?.toString(16));
      assert.equal(once.toLowerCase(), once, character.codePointAt(0)?.toString(16));
    }
  });

  it('is the same for capitals: every character', () => {
    for (const character of assigned()) {
      if (!/\p{Cased}/u.test(character)) continue;
      // The dotless i shares its capital with the i.
      assert.equal(fold(character.toUpperCase()), fold(character), character.codePointAt(0)?.toString(16));
    }
  });

  it('is itself when it is folded again: any text', () => {
    const text = fc.string({ unit: fc.oneof(fc.constantFrom(..." -'’·aß΄é\u0301Σς١"), fc.string()) });
    fc.assert(
      fc.property(text, (any) => assert.equal(fold(fold(any)), fold(any))),
      { numRuns: 2_000 },
    );
  });

  it('is made of the parts of a text, so that each of them is found in it', () => {
    const unit = fc.oneof(
      fc.constantFrom(...'aΣςßİı-.’ (é𝓙№'),
      fc.string({ unit: 'grapheme', maxLength: 1 }),
    );
    fc.assert(
      fc.property(fc.string({ unit }), fc.string({ unit }), (one, other) => {
        const [whole, part] = [fold(one + other), fold(one).trim()];
        assert.ok(whole.includes(part), JSON.stringify([whole, part]));
      }),
      { numRuns: 2_000 },
    );
  });

  it('is highlighted where it stands', () => {
    assert.deepEqual(matchesIn('𝓙ohn Müller', 'john muller'), [
      [0, 5],
      [6, 12],
    ]);
    assert.deepEqual(matchesIn('Ada Byron', '\u202aAda <ada@example.org>'), [[0, 3]]);
  });
});
