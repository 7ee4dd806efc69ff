import assert from 'node:assert/strict';
import fc from 'fast-check';
import { acceptedMark } from '../../../../src/changes/checks/accepted';
import {
  type CheckedContact,
  Checker,
  type CheckOptions,
  commonCallingCode,
} from '../../../../src/changes/checks/check';
import { isCapitals, toNameCase } from '../../../../src/changes/checks/nameCase';
import { unseenKind, withoutUnseen } from '../../../../src/changes/checks/unseen';
import type { Edits } from '../../../../src/contacts/model/update';
import { toInternational } from '../../../../src/telephones/telephones';

const contact = (n: number, values: Edits, organisationId = '1'): CheckedContact => ({
  ref: { organisationId, contactId: `${n}` },
  values,
});

function check(contacts: readonly CheckedContact[], options: Partial<CheckOptions> = {}) {
  return new Checker().check(contacts, {
    off: new Set(),
    isAccepted: () => false,
    all: [],
    toInternational,
    ...options,
  });
}
const short = (contacts: readonly CheckedContact[], options: Partial<CheckOptions> = {}) =>
  check(contacts, options).map(({ ref, message, fixes }) => [
    ref.contactId,
    message,
    ...fixes.map(({ value }) => value),
  ]);

describe('checks of contacts', () => {
  it('find nothing in usual values', () => {
    const usual = contact(1, {
      first_name: 'Zoë',
      last_name: "O'Neil-McDonald",
      email: 'zoe@example.org',
      telephone: '+44 20 7946 0000',
    });
    assert.deepEqual(short([usual, contact(2, { first_name: 'TJ', last_name: '' })]), []);
  });

  it('find what is no email address, and numbers that cannot be called', () => {
    assert.deepEqual(
      short([
        contact(1, { email: 'none' }),
        contact(2, { email: 'a@b' }),
        contact(3, { telephone: 'call Ada' }),
      ]),
      [
        ['1', 'emailWithoutAt'],
        ['2', 'email'],
        ['3', 'telephone'],
      ],
    );
  });

  it('find what cannot be seen, and offer the text without it', () => {
    assert.deepEqual(
      short([
        contact(1, { first_name: ' Ada\u00a0Byron ' }),
        contact(2, { email: 'a\u200b@example.org' }),
        contact(3, { last_name: 'de  Vries' }),
        contact(4, { last_name: 'نمی\u200cدانم' }),
        contact(5, { last_name: 'A\nB' }),
      ]),
      [
        ['1', 'unseen', 'Ada Byron'],
        ['2', 'unseen', 'a@example.org'],
        ['3', 'spaces', 'de Vries'],
        ['5', 'unseen', 'A B'],
      ],
    );
  });

  it('offer a number as people of its country write it, where the country is certain', () => {
    const ukNumbers = Array.from({ length: 20 }, (_, n) =>
      contact(n + 10, { telephone: `+44 20 7946 00${n + 10}` }),
    );
    const others = { all: ukNumbers };
    const numbers = [
      contact(1, { telephone: '07700 900123' }),
      contact(2, { telephone: '0044 (0)20 7946 0000' }),
      contact(3, { telephone: '+4930123456' }),
    ];
    assert.deepEqual(short(numbers, others), [
      ['1', 'numberForm', '+44 7700 900123'],
      ['2', 'numberForm', '+44 20 7946 0000'],
      ['3', 'numberForm', '+49 30 123456'],
    ]);
    assert.deepEqual(short([contact(1, { telephone: '020 7946 0000' })]), []);
    assert.deepEqual(short([contact(1, { telephone: '020 7946 0000' })], others), [
      ['1', 'numberForm', '+44 20 7946 0000'],
    ]);
    assert.equal(commonCallingCode(['+441', '+492', '+443']), undefined);
  });

  it('find contacts of one organisation with the same address or number, however it is written', () => {
    const all = [
      contact(1, { email: 'Ada@example.org', telephone: '+44 7700 900123' }),
      contact(2, { email: 'ada@example.org ', telephone: '07700 900123' }),
      contact(3, { email: 'ada@example.org', telephone: '07700 900123' }, '2'),
      contact(4, { telephone: '+49 7700 900123' }),
    ];
    const found = check(all, { off: new Set(['telephone', 'unseen']) });
    assert.deepEqual(
      found.map(({ ref, rule, others }) => [ref.contactId, rule, others.map(({ contactId }) => contactId)]),
      [
        ['1', 'sameEmail', ['2']],
        ['1', 'sameTelephone', ['2']],
        ['2', 'sameEmail', ['1']],
        ['2', 'sameTelephone', ['1', '4']],
        ['4', 'sameTelephone', ['2']],
      ],
    );
    assert.deepEqual(
      check([all[0]!], { all }).map(({ rule }) => rule),
      ['sameEmail', 'sameTelephone'],
    );
  });

  it('leave out rules that are off, and values that somebody accepted', () => {
    const ada = contact(1, { first_name: 'ADA', email: 'none' });
    assert.deepEqual(short([ada], { off: new Set(['email']) }), [['1', 'capitals', 'Ada']]);
    const accepted = acceptedMark('key', 'o', 'capitals', ada.ref, 'first_name', 'ADA');
    const isAccepted: CheckOptions['isAccepted'] = (rule, ref, field, value) =>
      acceptedMark('key', 'o', rule, ref, field, value) === accepted;
    assert.deepEqual(short([ada], { isAccepted }), [['1', 'emailWithoutAt']]);
    assert.deepEqual(short([contact(1, { first_name: 'ADAH' })], { isAccepted }), [
      ['1', 'capitals', 'Adah'],
    ]);
    assert.match(accepted, /^[\w-]{22}$/);
  });

  it('remember what they found, and forget it with the value', () => {
    const checker = new Checker();
    const options: CheckOptions = { off: new Set(), isAccepted: () => false, all: [] };
    const rules = (email: string) =>
      checker.check([contact(1, { email })], options).map(({ message }) => message);
    assert.deepEqual(
      [rules('none'), rules('a@example.org'), rules('none')],
      [['emailWithoutAt'], [], ['emailWithoutAt']],
    );
  });

  it('have fixes that leave nothing to be found, and change nothing but what they are for', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom(' Ada', 'A\u200d', 'a\u00a0\u00a0b', '\u3000x'),
    );
    fc.assert(
      fc.property(text, (value) => {
        const clean = withoutUnseen(value);
        assert.equal(withoutUnseen(clean), clean);
        if (!/[\p{Cs}\uFFF9-\uFFFD]/u.test(value)) assert.equal(unseenKind(clean), undefined);
        const visible = (one: string) => one.match(/[\p{L}\p{N}\p{P}]/gu) ?? [];
        assert.deepEqual(visible(clean).filter(isPlain), visible(value).filter(isPlain));
      }),
    );
    const capitals = fc.array(
      fc.constantFrom("O'NEIL", 'DE', 'LA', 'MCDONALD', 'ÅSA-MARIE', 'ß', 'İPEK', ' ', '  ', '.'),
    );
    fc.assert(
      fc.property(capitals, fc.constantFrom('first_name' as const, 'last_name' as const), (words, field) => {
        const name = words.join(' ');
        const fixed = toNameCase(field, name);
        assert.equal(fixed.toLowerCase().replace(/ı|i̇/g, 'i'), name.toLowerCase().replace(/ı|i̇/g, 'i'));
      }),
    );
  });

  it('know names in capitals, and how they are usually written', () => {
    const names: Readonly<Record<string, string>> = {
      ADA: 'Ada',
      MCDONALD: 'McDonald',
      "O'NEIL": "O'Neil",
      'O’BRIEN': 'O’Brien',
      'DE LA CRUZ': 'de la Cruz',
      'VAN DER BERG': 'van der Berg',
      'SMITH-JONES': 'Smith-Jones',
      "DELL'ACQUA": "Dell'Acqua",
      'LA RUE': 'La Rue',
      ÖZGÜR: 'Özgür',
      İPEKÇİ: 'İpekçi',
      ŞAHİN: 'Şahin',
      ŞEN: 'Şen',
      // Romanian or Turkish: nobody can tell how the I is written.
      ŞTIRBEI: 'ŞTIRBEI',
      ΣΊΣΥΦΟΣ: 'Σίσυφος',
      'J.P. MORGAN': 'J.P. Morgan',
      'WINDSOR III': 'Windsor III',
      IJSSEL: 'IJssel',
      IJEOMA: 'Ijeoma',
      IJAZ: 'Ijaz',
      DE: 'De',
    };
    for (const [capitals, usual] of Object.entries(names))
      assert.equal(toNameCase('last_name', capitals), usual);
    assert.equal(toNameCase('first_name', 'DI ANNE-MARIE'), 'Di Anne-Marie');
    for (const name of ['ADA', "O'NEIL", 'J.P. MORGAN']) assert.ok(isCapitals(name), name);
    for (const name of ['Ada', 'AB', 'J.P.', '', 'McDONALD', '李小龍', '123', 'ǅura'])
      assert.ok(!isCapitals(name), name);
  });

  it('suggest the country code of the contact’s own organisation', () => {
    const british = Array.from({ length: 40 }, (_, n) =>
      contact(n, { telephone: `+44 7700 9001${10 + n}` }, 'uk'),
    );
    const german = ['+49 30 901820', '+49 30 901821', '+49 30 901822', '0161 4960123'].map((telephone, n) =>
      contact(100 + n, { telephone }, 'de'),
    );
    const fixes = (all: readonly CheckedContact[]) => short(all, { all }).filter(([id]) => id === '103');
    assert.deepEqual(fixes([...german, ...british]), fixes(german));
  });
});

const isPlain = (character: string) => !/\p{Default_Ignorable_Code_Point}/u.test(character);
