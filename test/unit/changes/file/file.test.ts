import assert from 'node:assert/strict';
import fc from 'fast-check';
import { asSpreadsheetText } from '../../../../src/base/spreadsheetText';
import { withoutApostrophe } from '../../../../src/changes/file/cells';
import { columnsOf } from '../../../../src/changes/file/columns';
import { decode, detectForm, readRows } from '../../../../src/changes/file/decode';
import {
  type FileContact,
  type FileOptions,
  updateFromFile,
} from '../../../../src/changes/file/updateFromFile';
import type { Values } from '../../../../src/contacts/model/contact';
import { type CsvForm, csvHeader, csvRows } from '../../../../src/exports/csv';

const contact = (n: number, values: Partial<Values> = {}): FileContact => ({
  ref: { organisationId: 'o', contactId: `c${n}` },
  values: {
    first_name: 'Ada',
    last_name: 'Byron',
    email: `${n}@example.org`,
    telephone: '+44 7700 900123',
    ...values,
  },
});
const plain: FileOptions = { emptyMeansEmpty: false, repaired: new Set() };

function update(text: string, contacts: readonly FileContact[], options: Partial<FileOptions> = {}) {
  const { delimiter } = detectForm(Buffer.from(text));
  const rows = readRows(text, delimiter);
  return updateFromFile(rows, columnsOf(rows[0] ?? []), contacts, { ...plain, ...options });
}
const changes = (text: string, contacts: readonly FileContact[], options: Partial<FileOptions> = {}) =>
  update(text, contacts, options).matched.map(({ row, values }) => [row, values]);

const exported = (contacts: readonly FileContact[], form: CsvForm) =>
  (form === 'raw' ? '' : '\uFEFF') +
  csvHeader(['status'], form) +
  csvRows(
    contacts.map(({ ref, values }) => ({
      resource: { id: ref.contactId, type: 'contacts', attributes: { ...values, status: 'active' } },
      organisationId: ref.organisationId,
      organisation: 'Acme; Ltd',
    })),
    ['status'],
    form,
  );

describe('an update from a file', () => {
  it('changes nothing where the file is an export as it was, in any form and with any values', () => {
    const value = fc.oneof(
      fc.string(),
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(
        '=1+1',
        "'t Hooft",
        "'=x",
        '07700 900123',
        '+44',
        '1-2',
        'a;b',
        'a\r\nb',
        'x\n=1',
        ' x ',
        '',
        'TRUE',
        "''",
        "a;'=b",
      ),
    );
    const values = fc.record({ first_name: value, last_name: value, email: value, telephone: value });
    const contacts = fc.array(values, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(contacts, fc.constantFrom<CsvForm>('raw', 'comma', 'semicolon'), (all, form) => {
        const people = all.map((one, n) => contact(n, one));
        const text = exported(people, form);
        const { delimiter, encoding } = detectForm(Buffer.from(text));
        assert.equal(encoding, 'utf-8');
        assert.equal(delimiter, form === 'semicolon' ? ';' : ',');
        const { matched, problems } = update(text, people);
        assert.deepEqual(matched, []);
        assert.deepEqual(problems, []);
      }),
    );
  });

  it('takes off the apostrophes of a file for spreadsheets, and no others', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.constantFrom('+44 7', 'a\n=b', '=1', "'=1", 'a;\t=b')),
        (value) => {
          const cell = asSpreadsheetText(value);
          if (cell !== value)
            assert.equal(withoutApostrophe(cell).replace(/'/g, ''), value.replace(/'/g, ''));
        },
      ),
    );
    for (const value of ["'t Hooft", "O'Neil", "it's;fine", "'"])
      assert.equal(withoutApostrophe(value), value);
    assert.equal(withoutApostrophe("'+44 7700 900123"), '+44 7700 900123');
  });

  it('finds contacts by their id, else by an email address that only one has', () => {
    const people = [contact(1), contact(2), contact(3, { email: '2@EXAMPLE.org' })];
    assert.deepEqual(changes('id;Vorname\nc1;Zoë\nc9;X\n;Y\n', people), [[2, { first_name: 'Zoë' }]]);
    const { matched, problems } = update(
      'E-Mail,Nachname\n1@Example.org,King\n2@example.org,X\n9@x.org,Y\n,Z\n1,2,3\n',
      people,
    );
    assert.deepEqual(
      matched.map(({ ref, values }) => [ref.contactId, values]),
      [['c1', { last_name: 'King' }]],
    );
    assert.deepEqual(problems, [
      { row: 3, problem: 'ambiguous' },
      { row: 4, problem: 'noMatch' },
      { row: 5, problem: 'noKey' },
      { row: 6, problem: 'unreadable' },
    ]);
    assert.deepEqual(update('id,email\nc1,a@x.org\nc1,b@x.org\n', people).problems, [
      { row: 2, problem: 'doubled' },
      { row: 3, problem: 'doubled' },
    ]);
  });

  it('leaves a value alone where the cell is empty, unless empty means empty', () => {
    const text = 'id,email,telephone\nc1,,new\n';
    assert.deepEqual(changes(text, [contact(1)]), [[2, { telephone: 'new' }]]);
    assert.deepEqual(changes(text, [contact(1)], { emptyMeansEmpty: true }), [
      [2, { email: '', telephone: 'new' }],
    ]);
  });

  it('recognises numbers that a spreadsheet damaged, and repairs only what is certain', () => {
    const people = [
      contact(1, { telephone: '+447700900123' }),
      contact(2, { telephone: '07700900123' }),
      contact(3, { telephone: '+44 7700 900123' }),
      contact(4, { telephone: '+447700900123' }),
      contact(5, { telephone: '07700900123' }),
    ];
    const text = 'id,telephone\nc1,4.477E+11\nc2,7700900123\nc3,447700900123\nc4,4.9E+11\nc5,7700900999\n';
    const { matched, damages } = update(text, people);
    assert.deepEqual(matched, []);
    assert.deepEqual(
      damages.map(({ row, kind, repaired }) => [row, kind, repaired]),
      [
        [2, 'exponent', '+447700900123'],
        [3, 'zero', '07700900123'],
        [4, 'plus', '+44 7700 900123'],
        [5, 'exponent', undefined],
        [6, 'zero', '07700900999'],
      ],
    );
    assert.deepEqual(
      changes(text, people, { repaired: new Set(['2 telephone', '5 telephone', '6 telephone']) }),
      [[6, { telephone: '07700900999' }]],
    );
    assert.deepEqual(changes('id,telephone\nc1,+44 20 7946 0000\n', people), [
      [2, { telephone: '+44 20 7946 0000' }],
    ]);
  });

  it('detects how a file is written', () => {
    const text = 'id;first_name\r\nc1;Zoë\r\n';
    const utf16 = Buffer.from(`\uFEFF${text}`, 'utf16le');
    const forms: readonly (readonly [Buffer, string])[] = [
      [Buffer.from(text), 'utf-8'],
      [Buffer.from(`\uFEFF${text}`), 'utf-8'],
      [utf16, 'utf-16le'],
      [Buffer.from(utf16).swap16(), 'utf-16be'],
      [Buffer.from(text, 'utf16le'), 'utf-16le'],
      [Buffer.from(text, 'latin1'), 'windows-1252'],
    ];
    for (const [bytes, encoding] of forms) {
      const form = detectForm(bytes);
      assert.deepEqual(form, { encoding, delimiter: ';', doubtful: [] });
      assert.deepEqual(readRows(decode(bytes, form.encoding), form.delimiter)[1], ['c1', 'Zoë']);
    }
    assert.deepEqual(detectForm(Buffer.from([0x69, 0x64, 0x2c, 0x61, 0x0a, 0x81, 0x8d])).doubtful, [
      'encoding',
    ]);
    assert.deepEqual(detectForm(Buffer.from('sep=\t\r\nid\temail\r\n')).delimiter, '\t');
    assert.deepEqual(readRows('sep=;\r\nid;email\r\n', ';')[0], ['id', 'email']);
  });
});
