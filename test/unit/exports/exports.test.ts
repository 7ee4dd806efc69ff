import assert from 'node:assert/strict';
import { parse as parseCsv } from 'csv-parse/sync';
import fc from 'fast-check';
import * as z from 'zod/mini';
import { type Resource, resourceSchema } from '../../../src/api/http/document';
import { displayName } from '../../../src/contacts/model/contact';
import { type Exported, type ExportFormat, exportFormats } from '../../../src/exports/exported';
import { exportContacts } from '../../../src/exports/exports';
import { readVcards } from '../../support/vcardReader';

const contact = (attributes: object, id = 'c1', meta?: object): Exported => ({
  resource: z.parse(resourceSchema, { id, type: 'contacts', attributes, ...(meta && { meta }) }),
  organisationId: 'o1',
  organisation: 'Smith, Jones; & "Co"',
});

async function written(format: ExportFormat, contacts: readonly Exported[]): Promise<string> {
  let all = '';
  for await (const part of exportContacts(format, contacts, new AbortController().signal)) all += part;
  // The text as it is on the disk.
  return Buffer.from(all).toString();
}

const tricky = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: fc.constantFrom(...`,;:"'\\\n\r\t =+-@|ab${'😀é漢'}`), maxLength: 200 }),
  fc.constantFrom(
    'Łukasz 漢字 עברית',
    '👩🏽‍💻'.repeat(30),
    'a,b;c\\n\\,"d"',
    '=cmd|calc!A1',
    '\u2028x',
    '+44 20 7946',
  ),
);
const contacts = fc.array(
  fc
    .record({ first_name: tricky, last_name: tricky, email: tricky, telephone: tricky, note: tricky })
    .map((attributes) => contact(attributes)),
  { maxLength: 4 },
);
const text = ({ attributes }: Resource, name: string) => String(attributes?.[name] ?? '');

describe('an export', () => {
  it('of nothing is a file all the same', async () => {
    for (const format of exportFormats) {
      const file = await written(format, []);
      if (format === 'json') assert.deepEqual(JSON.parse(file), []);
      else if (format.startsWith('vcard')) assert.equal(file, '');
      else
        assert.equal(
          parseCsv(file, { bom: true, delimiter: format === 'semicolonCsv' ? ';' : ',' }).length,
          1,
        );
    }
  });

  it('to JSON keeps everything, in parts as in one', async () => {
    const many = Array.from({ length: 1201 }, (_, n) =>
      contact({ first_name: `\u2028${n}`, deep: { list: [1, null] } }, `c${n}`, { created_at: 'x' }),
    );
    const read = JSON.parse(await written('json', many));
    assert.equal(read.length, many.length);
    assert.deepEqual(read[1200], {
      type: 'contacts',
      id: 'c1200',
      attributes: { first_name: '\u20281200', deep: { list: [1, null] } },
      meta: { created_at: 'x' },
    });
  });

  it('to JSON tells of which organisation a row of a list is, where Ctrl Hub said what that is', async () => {
    const row = contact({ first_name: 'Ada' });
    const known = { id: 'c1', type: 'contacts', attributes: { first_name: 'Ada' } };
    const read = async (given: Exported) => JSON.parse(await written('json', [given]));
    assert.deepEqual(await read(row), [known], 'nothing is made up');
    const relationships = { organisation: { data: { type: 'orgs', id: 'o1' } } };
    assert.deepEqual(await read({ ...row, organisationType: 'orgs' }), [{ ...known, relationships }]);
  });

  it('to JSON gives the relationships that the API gave', async () => {
    const relationships = { organisation: { data: { type: 'orgs', id: 'o1' } }, properties: { data: [] } };
    const one = contact({});
    const [read] = JSON.parse(
      await written('json', [{ ...one, resource: { ...one.resource, relationships } }]),
    );
    assert.deepEqual(read.relationships, relationships);
  });

  it('stops when somebody gives up', async () => {
    const abort = new AbortController();
    const many = Array.from({ length: 2_000 }, (_, n) => contact({}, `c${n}`));
    let parts = 0;
    await assert.rejects(
      async () => {
        for await (const _ of exportContacts('csv', many, abort.signal)) if (++parts === 2) abort.abort();
      },
      { name: 'AbortError' },
    );
    assert.equal(parts, 2);
  });
});

describe('an export to CSV', () => {
  it('is read back as it was, by another program, when it is raw', async () => {
    await fc.assert(
      fc.asyncProperty(contacts, async (all) => {
        const file = await written('rawCsv', all);
        const rows: Record<string, string>[] = parseCsv(file, { columns: true, record_delimiter: '\r\n' });
        assert.equal(rows.length, all.length);
        for (const [n, { resource }] of all.entries())
          for (const name of ['first_name', 'last_name', 'email', 'telephone', 'note'])
            assert.equal(rows[n]?.[name], text(resource, name), name);
      }),
      { numRuns: 100 },
    );
  });

  it('has no cell that a spreadsheet takes for a formula, whatever divides them', async () => {
    const sign = /^[\s\p{Cf}]*[=+\-@＝＋－＠]/u;
    await fc.assert(
      fc.asyncProperty(contacts, async (all) => {
        const file = await written('csv', all);
        assert.ok(file.startsWith('\uFEFF"organisation_id",'));
        const read = (delimiter: string) =>
          parseCsv(file, { bom: true, delimiter, relax_quotes: true, relax_column_count: true }).flat();
        for (const cell of read(',')) assert.doesNotMatch(cell, sign);
        for (const part of file.slice(1).split(/[;\t\r\n]/)) assert.doesNotMatch(part, sign);
        const divided = await written('semicolonCsv', all);
        for (const part of divided.slice(1).split(/[,;\t\r\n]/)) assert.doesNotMatch(part, sign);
      }),
      { numRuns: 100 },
    );
  });

  it('is divided by semicolons, with decimal commas, where spreadsheets expect that', async () => {
    const one = contact({ first_name: 'a;b', telephone: '07700 900123', share: 1.5, id: 447700900123, n: 7 });
    const [, row] = parseCsv(await written('semicolonCsv', [one]), { bom: true, delimiter: ';' });
    assert.deepEqual(row?.slice(3), ['a;b', '', '', `'07700 900123`, '1,5', `'447700900123`, '7']);
    const [, raw] = parseCsv(await written('rawCsv', [one]));
    assert.deepEqual(raw?.slice(3), ['a;b', '', '', '07700 900123', '1.5', '447700900123', '7']);
  });

  it('leaves a telephone number whole, behind an apostrophe, and harmless text as it is', async () => {
    const one = contact({ first_name: 'A-B', telephone: '+44 20 7946 0000', email: 'a+b@example.org' });
    const [, row] = parseCsv(await written('csv', [one]), { bom: true });
    assert.deepEqual(row?.slice(3), ['A-B', '', 'a+b@example.org', `'+44 20 7946 0000`]);
  });

  for (const start of [
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '＝1',
    '＋1',
    '－1',
    '＠x',
    ' =1',
    '\u200b=1',
    '"=1',
  ])
    it(`puts an apostrophe before ${JSON.stringify(start)}`, async () => {
      const [, row] = parseCsv(await written('csv', [contact({ first_name: start })]), { bom: true });
      assert.ok(row?.[3]?.startsWith("'"), row?.[3]);
    });

  it('has no two columns of one name', async () => {
    const file = await written('rawCsv', [contact({ id: '1', 'attributes.id': '2', 'attributes.x': '3' })]);
    const [header] = parseCsv(file);
    const own = ['attributes.id', 'attributes.attributes.id', 'attributes.attributes.x'];
    assert.deepEqual(header?.slice(7), own);
  });

  it('has other simple attributes as columns, and says where a name of ours is from', async () => {
    const all = [contact({ vip: true, id: 'other', list: [1] }), contact({ age: 7, '=evil': 'x' }, 'c2')];
    const [header, one, two] = parseCsv(await written('csv', all), { bom: true });
    assert.deepEqual(header?.slice(7), ['vip', 'attributes.id', 'age', "'=evil"]);
    assert.deepEqual(one?.slice(7), ['true', 'other', '', '']);
    assert.deepEqual(two?.slice(7), ['', '', '7', 'x']);
  });
});

describe('an export to vCards', () => {
  for (const [format, version] of [
    ['vcard4', '4.0'],
    ['vcard3', '3.0'],
  ] as const) {
    // Line breaks are normalised, and characters that no vCard may hold are removed.
    const kept = (value: string) => value.replace(/\r\n?/g, '\n').trim();

    it(`${version} is read back as it was, by the letter of its RFC`, async () => {
      await fc.assert(
        fc.asyncProperty(contacts, async (all) => {
          const read = readVcards(await written(format, all));
          assert.equal(read.length, all.length);
          for (const [n, { resource, organisation }] of all.entries()) {
            const card = read[n];
            const field = (name: string) => kept(text(resource, name));
            assert.deepEqual(card?.VERSION, [version]);
            assert.deepEqual(card?.FN, [kept(displayName(resource))]);
            assert.deepEqual(card?.N, [field('last_name'), field('first_name'), '', '', '']);
            assert.equal(card?.EMAIL?.join() ?? '', field('email'));
            assert.equal(card?.TEL?.join() ?? '', field('telephone'));
            assert.deepEqual(card?.ORG, [organisation]);
          }
        }),
        { numRuns: 100 },
      );
    });

    it(`${version} has lines of 75 octets at most, each whole characters`, async () => {
      const names = Array.from({ length: 40 }, (_, n) => `${'a'.repeat(n + 50)}${'ä😀漢'.repeat(n)}`);
      const file = await written(
        format,
        names.map((first_name) => contact({ first_name })),
      );
      for (const line of file.split('\r\n')) {
        assert.ok(Buffer.byteLength(line) <= 75, line);
        assert.ok(!line.includes('\uFFFD') && !line.includes('\n'));
      }
      assert.ok(file.endsWith('END:VCARD\r\n'));
    });
  }

  it('escape what divides values, by the letter of their RFCs', async () => {
    const one = contact({ first_name: 'a\\', last_name: 'b;c,d\ne', telephone: '1,2;3' });
    const four = await written('vcard4', [one]);
    assert.match(four, /\r\nN:b\\;c\\,d\\ne;a\\\\;;;\r\n/);
    assert.match(four, /\r\nTEL:1\\,2\\;3\r\n/);
    assert.match(await written('vcard3', [one]), /\r\nTEL:1\\,2\\;3\r\n/);
  });

  it('have an id that stays, and when it was changed', async () => {
    const id = '3FA85F64-5717-4562-B3FC-2C963F66AFA6';
    const one = contact({ first_name: 'Ada' }, id, { modified_at: '2026-01-02T03:04:05.678+01:00' });
    assert.match(
      await written('vcard4', [one]),
      /\r\nUID;VALUE=URI:urn:uuid:3fa85f64-.*\r\nREV:20260102T020405Z\r\n/,
    );
    assert.match(await written('vcard3', [one]), /\r\nUID:3FA85F64-.*\r\nREV:20260102T020405Z\r\n/);
    assert.match(await written('vcard4', [contact({}, 'a,b')]), /\r\nUID;VALUE=text:a\\,b\r\n/);
  });

  it('take no date from what is none', async () => {
    for (const modified_at of ['contact 7', '2024-02-30T00:00:00Z', '0001-01-01T00:00:00Z', '2024', 7])
      assert.doesNotMatch(await written('vcard4', [contact({}, 'c', { modified_at })]), /REV/);
  });

  it('have no part that cannot be seen, which a program would take for a name', async () => {
    const unseen = contact({
      first_name: '\u200b',
      last_name: '\u2800',
      email: 'a@b.c',
      telephone: '\u3164',
    });
    for (const format of ['vcard3', 'vcard4'] as const) {
      const card = await written(format, [unseen]);
      assert.match(card, /\r\nFN:a@b\.c\r\nN:;;;;\r\nEMAIL:a@b\.c\r\n(?!TEL)/, format);
    }
  });

  it('have the salutation as honorific prefix', async () => {
    const one = contact({ salutation: 'Dr; med', last_name: 'Byron' });
    assert.match(await written('vcard4', [one]), /\r\nN:Byron;;;Dr\\; med;\r\n/);
    assert.match(await written('vcard3', [one]), /\r\nN:Byron;;;Dr\\; med;\r\n/);
    assert.match(await written('vcard4', [contact({ salutation: '\u200b' })]), /\r\nN:;;;;\r\n/);
  });

  it('take no line of their own from a name', async () => {
    const file = await written('vcard4', [contact({ first_name: 'x\r\nEND:VCARD\r\nBEGIN:VCARD' })]);
    assert.equal(file.match(/^END:VCARD/gm)?.length, 1);
  });
});
