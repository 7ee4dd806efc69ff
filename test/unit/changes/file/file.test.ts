import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type CodePage, fromCodePage } from '../../../../src/base/codePages';
import { asSpreadsheetText } from '../../../../src/base/spreadsheetText';
import { withoutApostrophe } from '../../../../src/changes/file/cells';
import { columnsOf, withUse } from '../../../../src/changes/file/columns';
import { decode, detectForm, readRows } from '../../../../src/changes/file/decode';
import type { Delimiter, FileUpdate } from '../../../../src/changes/file/fileUpdate';
import { problemOf, readTable } from '../../../../src/changes/file/table';
import { toCodePage } from '../../../../src/changes/file/toCodePage';
import {
  damageKey,
  type FileContact,
  type FileOptions,
  updateFromFile,
} from '../../../../src/changes/file/updateFromFile';
import type { Values } from '../../../../src/contacts/model/contact';
import { type CsvForm, csvHeader, csvRows } from '../../../../src/exports/csv';

const contact = (n: number, values: Partial<Values> = {}, edits: Partial<Values> = {}): FileContact => ({
  ref: { organisationId: 'o', contactId: `c${n}` },
  title: `Ada ${n}`,
  edits,
  values: {
    first_name: 'Ada',
    last_name: 'Byron',
    email: `${n}@example.org`,
    telephone: '+44 7700 900123',
    ...values,
  },
});
const plain: FileOptions = { emptyMeansEmpty: false, repaired: new Set(), organisationIds: ['o'] };

function update(text: string, contacts: readonly FileContact[], options: Partial<FileOptions> = {}) {
  const { delimiter } = detectForm(Buffer.from(text));
  const rows = readRows(text, delimiter);
  return updateFromFile(rows, columnsOf(rows[0] ?? []), contacts, { ...plain, ...options });
}
const changes = (text: string, contacts: readonly FileContact[], options: Partial<FileOptions> = {}) =>
  update(text, contacts, options).matched.map(({ row, values }) => [row, values]);

const reasons = ({ left }: FileUpdate) => left.map(({ row, reason }) => [row, reason]);

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
        const { matched, left, unchanged } = update(text, people);
        assert.deepEqual([matched, left, unchanged], [[], [], people.length]);
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
    const { matched, left } = update(
      'E-Mail,Nachname\n1@Example.org,King\n2@example.org,X\n9@x.org,Y\n,Z\n1,2,3\n',
      people,
    );
    assert.deepEqual(
      matched.map(({ ref, values }) => [ref.contactId, values]),
      [['c1', { last_name: 'King' }]],
    );
    assert.deepEqual(
      left.map(({ row, reason, text }) => [row, reason, text]),
      [
        [3, 'ambiguous', 'X · 2@example.org'],
        [4, 'unknownEmail', 'Y · 9@x.org'],
        [5, 'withoutEmail', 'Z'],
        [6, 'unreadable', '2 · 1'],
      ],
    );
    // The address in a file with IDs is a value, whoever has it.
    assert.deepEqual(reasons(update('id,email\nc9,1@example.org\n,1@example.org\n', people)), [
      [2, 'unknownId'],
      [3, 'withoutId'],
    ]);
    const doubled = update('id,email\nc1,a@x.org\nc1,b@x.org\n', people);
    assert.deepEqual(doubled.matched, []);
    assert.deepEqual(reasons(doubled), [
      [2, 'doubled'],
      [3, 'doubled'],
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
    const asked = update(text, people);
    assert.deepEqual(asked.matched, []);
    assert.deepEqual(
      asked.damages.map(({ row, title, found, repaired }) => [row, title, found, repaired]),
      [[6, 'Ada 5', '7700900999', '07700900999']],
    );
    assert.deepEqual(reasons(asked), [
      [2, 'same'],
      [3, 'same'],
      [4, 'same'],
      [5, 'lost'],
      [6, 'damaged'],
    ]);
    const repaired = update(text, people, { repaired: new Set(asked.damages.map(damageKey)) });
    assert.deepEqual(
      repaired.matched.map(({ row, values }) => [row, values]),
      [[6, { telephone: '07700900999' }]],
    );
    assert.deepEqual(reasons(repaired).slice(4), []);
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

  it('recognises a damaged number by the others of the list if the contact has none', () => {
    const people = [
      contact(1, { telephone: '' }),
      contact(2, { telephone: '07700 900123' }),
      contact(3, { telephone: '+44 20 7946 0000' }),
    ];
    const repairs = (number: string) =>
      update(`id,telephone\nc1,${number}\n`, people).damages.map(({ repaired }) => repaired);
    assert.deepEqual(repairs('7700900999'), ['07700900999']);
    assert.deepEqual(repairs('447700900999'), ['+447700900999']);
    for (const whole of ['07700900999', '+447700900999', '2125550100', '0044 20 7946 0001', '12345'])
      assert.deepEqual(changes(`id,telephone\nc1,${whole}\n`, people), [[2, { telephone: whole }]]);
    const both = [...people, contact(4, { telephone: '+7700900123' })];
    const unsure = update('id,telephone\nc1,7700900999\n', both);
    assert.deepEqual([unsure.matched, unsure.damages, reasons(unsure)], [[], [], [[2, 'lost']]]);
    const american = [...people, contact(4, { telephone: '7725550100' })];
    assert.deepEqual(changes('id,telephone\nc1,7700900999\n', american), [[2, { telephone: '7700900999' }]]);
    assert.deepEqual(reasons(update('id,telephone\nc1,"4,47E+11"\n', people)), [[2, 'lost']]);
  });

  it('keeps letters that the encoding of the file does not have', () => {
    const people = [
      contact(1, { first_name: 'Łukasz', last_name: 'Dvořák 🙂' }),
      contact(2, { first_name: 'Who' }),
    ];
    const text = 'id,first_name,last_name\nc1,?ukasz,Dvo?ák ??\nc2,Who?,?yron\n';
    const { matched, left } = update(text, people);
    assert.deepEqual(
      left.map(({ row, reason, field }) => [row, reason, field]),
      [
        [2, 'letters', 'first_name'],
        [2, 'letters', 'last_name'],
      ],
    );
    assert.deepEqual(
      matched.map(({ values }) => values),
      [{ first_name: 'Who?', last_name: '?yron' }],
    );
  });

  it('leaves alone what was read in another code page', () => {
    const names: readonly (readonly [CodePage, string])[] = [
      ['windows-1250', 'Dvořák'],
      ['windows-1251', 'Иван'],
      ['windows-1254', 'Ayşe'],
      ['macintosh', 'Zoë'],
    ];
    for (const [codePage, first_name] of names) {
      const bytes = toCodePage(first_name, codePage) ?? assert.fail();
      const text = `id,first_name\nc1,${fromCodePage(bytes, 'windows-1252')}\n`;
      const { matched, left } = update(text, [contact(1, { first_name })]);
      assert.deepEqual([matched, left.map(({ reason }) => reason)], [[], ['letters']]);
    }
    const twice = `id,first_name\nc1,${fromCodePage(Buffer.from('Zoë'), 'windows-1252')}\n`;
    assert.deepEqual(changes(twice, [contact(1, { first_name: 'Zoë' })]), []);
    const german = [contact(1, { first_name: 'Jörg' })];
    assert.deepEqual(changes('id,first_name\nc1,Jürg\n', german), [[2, { first_name: 'Jürg' }]]);
  });

  it('takes off the apostrophe of a number that was edited since', () => {
    const people = [contact(1, { telephone: '07700 900123' }), contact(2, { first_name: "'t" })];
    const own = exported(people, 'semicolon');
    for (const number of ['07700 900123 ext 12', '020 7946 0000 (Ada)'])
      assert.deepEqual(changes(own.replace("'07700 900123", `'${number}`), people), [
        [2, { telephone: number }],
      ]);
    assert.deepEqual(changes("id,first_name\nc2,'s Gravenhage\n", people), [
      [2, { first_name: "'s Gravenhage" }],
    ]);
  });

  it('never puts the text of another row into a value', () => {
    const people = [contact(1), contact(2)];
    const read = (text: string) => {
      const rows = readTable(Buffer.from(text), detectForm(Buffer.from(text)));
      return typeof rows === 'string' ? rows : changes(text, people);
    };
    assert.equal(read('id,first_name,last_name\nc1,"Ada,Byron\nc2,"Zoë,King\n'), 'openQuote');
    for (const [first, next] of [
      ['\n', '\r\n'],
      ['\r\n', '\n'],
    ])
      assert.deepEqual(
        read(`"id","telephone"${first}"c1","+44 7700 900123"${next}"c2","+44 7700 900123"${next}`),
        [],
      );
    assert.deepEqual(read('id,first_name\nc1,Ada "Countess" B\n'), [[2, { first_name: 'Ada "Countess" B' }]]);
  });

  it('leaves what the user typed and did not save', () => {
    const typed = contact(1, {}, { telephone: '07700 900999', email: 'new@example.org' });
    // The file has the values of Ctrl Hub, or what the user typed.
    for (const text of ['id,telephone\nc1,+44 7700 900123\n', 'id,telephone\nc1,07700 900999\n'])
      assert.deepEqual([changes(text, [typed]), reasons(update(text, [typed]))], [[], []]);
    const other = update('id,telephone,first_name\nc1,07700 900555,Zoë\n', [typed]);
    assert.deepEqual(
      other.matched.map(({ values }) => values),
      [{ first_name: 'Zoë' }],
    );
    assert.deepEqual(
      other.left.map(({ row, reason, field, value }) => [row, reason, field, value]),
      [[2, 'typed', 'telephone', '07700 900555']],
    );
    for (const email of ['1@example.org', 'new@example.org'])
      assert.deepEqual(changes(`email,first_name\n${email},Zoë\n`, [typed]), [[2, { first_name: 'Zoë' }]]);
  });

  it('lists rows of another organisation, and takes the ones of those that were chosen', () => {
    const people = [contact(1), { ...contact(2), ref: { organisationId: 'p', contactId: 'c1' } }];
    const text = 'organisation_id,id,first_name\nO,c1,A\np,c1,B\nq,c1,C\n';
    const { matched, left } = update(text, people, { organisationIds: ['o', 'p'] });
    assert.deepEqual(
      matched.map(({ ref, values }) => [ref.organisationId, values.first_name]),
      [
        ['o', 'A'],
        ['p', 'B'],
      ],
    );
    assert.deepEqual(
      left.map(({ row, reason }) => [row, reason]),
      [[4, 'otherOrganisation']],
    );
  });

  it('never guesses between columns with like names', () => {
    const usesOf = (header: string) => columnsOf(header.split(',')).map(({ use, couldBe }) => couldBe ?? use);
    const sure = (header: string) => columnsOf(header.split(',')).map(({ use }) => use);
    assert.deepEqual(sure('id,telephone,Phone'), ['id', 'telephone', 'ignored']);
    assert.deepEqual(sure('id,Phone,Telefon'), ['id', 'ignored', 'ignored']);
    assert.deepEqual(sure('id,email,email'), ['id', 'ignored', 'ignored']);
    assert.deepEqual(sure('Contact ID,Surname,E-mail address,Vorname,PHONE'), [
      'id',
      'last_name',
      'email',
      'first_name',
      'telephone',
    ]);
    assert.deepEqual(usesOf('id,Phone,Telefon'), ['id', 'telephone', 'telephone']);
    assert.deepEqual(usesOf('id,telephone,Phone'), ['id', 'telephone', 'ignored']);
    const columns = columnsOf(['id', 'Phone', 'Telefon']);
    assert.deepEqual(withUse(columns, 2, 'telephone'), [
      { header: 'id', use: 'id' },
      { header: 'Phone', use: 'ignored' },
      { header: 'Telefon', use: 'telephone' },
    ]);
    assert.equal(withUse(columnsOf(['email', 'mobile']), 1, 'email')[0]?.use, 'ignored');
  });

  it('takes rows whose unused cells are missing, and empty cells beyond the last column', () => {
    const people = [contact(1)];
    assert.deepEqual(changes('id,first_name,status\nc1,Zoë\n', people), [[2, { first_name: 'Zoë' }]]);
    assert.deepEqual(changes('id,first_name\nc1,Zoë,,\n', people), [[2, { first_name: 'Zoë' }]]);
    assert.deepEqual(reasons(update('id,first_name,last_name\nc1,Zoë\n', people)), [[2, 'unreadable']]);
    assert.deepEqual(reasons(update('id,first_name\nc1,Zoë,x\n', people)), [[2, 'unreadable']]);
  });
});

/** Writes rows as spreadsheets of several countries do. */
const saved = (rows: readonly (readonly string[])[], delimiter: Delimiter, eol: string) =>
  rows
    .map((row) =>
      row
        .map((cell) =>
          /["\r\n]/.test(cell) || cell.includes(delimiter) ? `"${cell.replace(/"/g, '""')}"` : cell,
        )
        .join(delimiter),
    )
    .join(eol) + eol;
const bytesOf: Readonly<Record<string, (text: string) => Uint8Array>> = {
  'UTF-8 with a mark': (text) => Buffer.from(`\uFEFF${text}`),
  'UTF-8': (text) => Buffer.from(text),
  'UTF-16': (text) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
  'Windows-1252': (text) => toCodePage(text, 'windows-1252') ?? assert.fail(),
};

describe('an export that comes back from a spreadsheet', () => {
  it('changes what was changed in it, whatever the spreadsheet did to the file', () => {
    const name = fc.constantFrom(
      'Zoë',
      'Anne; Marie',
      'O"Neil',
      'Jörg, Jr',
      'O’Brien',
      'Šimon',
      "'t Hooft",
      'two\r\nlines',
      '',
    );
    const number = fc.constantFrom('+447700900123', '07700900123', '+44 20 7946 0000', '');
    const person = fc.record({ first_name: name, last_name: name, telephone: number });
    const trip = fc.record({
      people: fc.array(person, { minLength: 1, maxLength: 6 }),
      form: fc.constantFrom<CsvForm>('raw', 'comma', 'semicolon'),
      delimiter: fc.constantFrom<Delimiter>(',', ';', '\t'),
      encoding: fc.constantFrom(...Object.keys(bytesOf)),
      eol: fc.constantFrom('\n', '\r\n'),
      order: fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7], { minLength: 8 }),
      changed: fc.nat(),
      isDamaged: fc.boolean(),
    });
    fc.assert(
      fc.property(trip, ({ people, form, delimiter, encoding, eol, order, changed, isDamaged }) => {
        const all = people.map((one, n) => contact(n, one));
        const text = exported(all, form);
        const table = readRows(text, form === 'semicolon' ? ';' : ',').map((row) => [...row]);
        const at = changed % people.length;
        const header = table[0] ?? [];
        const [telephoneAt, nameAt] = [header.indexOf('telephone'), header.indexOf('last_name')];
        for (const [n, row] of table.entries()) {
          if (n === at + 1) row[nameAt] = 'Geändert';
          const cell = row[telephoneAt] ?? '';
          // The text becomes a number when somebody edits it.
          if (isDamaged && n > 0) row[telephoneAt] = cell.replace(/^'?(\+|0)(?=\d+$)/, '');
        }
        // In another order, with line endings of the spreadsheet, and with a column of its own.
        const written = table.map((row, n) => [
          ...order.map((column) => (row[column] ?? '').replace(/\r\n/g, '\n')),
          n === 0 ? 'Notes' : 'ö',
        ]);
        const bytes = bytesOf[encoding]?.(saved(written, delimiter, eol)) ?? assert.fail();
        const detected = detectForm(bytes);
        assert.equal(detected.delimiter, delimiter);
        assert.equal(problemOf(bytes, detected), undefined);
        const rows = readTable(bytes, detected);
        assert.ok(typeof rows !== 'string');
        const { matched, left, damages } = updateFromFile(rows, columnsOf(rows[0] ?? []), all, plain);
        assert.deepEqual(
          matched.map(({ ref, values }) => [ref.contactId, values]),
          [[`c${at}`, { last_name: 'Geändert' }]],
        );
        assert.deepEqual(damages, []);
        assert.ok(left.every(({ reason }) => reason === 'same' && isDamaged));
      }),
    );
  });

  it('tells a table from every other file', () => {
    const look = (bytes: Uint8Array) => {
      const form = detectForm(bytes);
      const rows = problemOf(bytes, form) ?? readTable(bytes, form);
      return typeof rows === 'string' ? rows : rows.length;
    };
    assert.equal(look(new Uint8Array()), 'empty');
    assert.equal(look(Buffer.from('\uFEFF \r\n')), 'empty');
    assert.equal(look(Buffer.from('PK\x03\x04\x14\0\x06\0', 'latin1')), 'workbook');
    assert.equal(look(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0])), 'workbook');
    assert.equal(look(Buffer.from('%PDF-1.7\n')), 'binary');
    assert.equal(
      look(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d])),
      'binary',
    );
    assert.equal(look(Buffer.from('id,email\r\n')), 'noRows');
    assert.equal(look(Buffer.from('id,email\r\n,\r\n')), 'noRows');
    assert.equal(look(Buffer.from('id,email\nc1,"a@x.org\nc2,b@x.org\n')), 'openQuote');
    for (const bytes of Object.values(bytesOf)) assert.equal(look(bytes('id;first_name\nc1;Zoë\n')), 2);
  });
});
