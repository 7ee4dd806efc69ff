import assert from 'node:assert/strict';
import { fromCodePage } from '../../../../src/base/codePages';
import { asSpreadsheetText } from '../../../../src/base/spreadsheetText';
import { columnsOf } from '../../../../src/changes/file/columns';
import { detectForm, readRows } from '../../../../src/changes/file/decode';
import { toCodePage } from '../../../../src/changes/file/toCodePage';
import { type FileContact, updateFromFile } from '../../../../src/changes/file/updateFromFile';
import type { Values } from '../../../../src/contacts/model/contact';

const contact = (values: Partial<Values>): FileContact => ({
  ref: { organisationId: 'o', contactId: 'c1' },
  title: 'Ada',
  edits: {},
  values: { first_name: '', last_name: '', email: '', telephone: '', ...values },
});
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
/** What a file with this cell does to a contact with this value. */
function of(field: keyof Values, now: string, cell: string) {
  const rows = readRows(`id,${field}\nc1,${quoted(cell)}\n`, ',');
  const { matched, left } = updateFromFile(rows, columnsOf(rows[0] ?? []), [contact({ [field]: now })], {
    emptyMeansEmpty: false,
    repaired: new Set(),
    organisationIds: ['o'],
  });
  return [matched.map(({ values }) => values[field]), left.map(({ reason }) => reason)];
}

describe('a cell that a spreadsheet damaged', () => {
  it('with a replacement character is no value', () => {
    assert.deepEqual(of('first_name', 'José', 'Jos\uFFFD'), [[], ['letters']]);
  });
  it('is unchanged where only the first apostrophe was taken off', () => {
    for (const now of ['+44 20 7946 0000, +44 7700 900123', '020 7946 0000; +44 7700 900123']) {
      const cell = asSpreadsheetText(now).replace(/^'/, '');
      assert.deepEqual(of('telephone', now, cell), [[], []], cell);
    }
  });
  for (const page of [
    'macintosh',
    'windows-1250',
    'windows-1251',
    'windows-1254',
    'windows-1257',
    'windows-1253',
  ] as const)
    it(`is no value where UTF-8 was read as ${page}`, () => {
      for (const now of ['José', 'Zoë', 'Müller', 'Dvořák']) {
        const cell = fromCodePage(Buffer.from(now), page);
        assert.deepEqual(of('first_name', now, cell), [[], ['letters']], cell);
      }
    });
  it('is no value where the file is in a code page of MS-DOS, of Hebrew or of Arabic', () => {
    for (const [page, name] of [
      ['ibm850', 'José'],
      ['ibm850', 'Weiß'],
      ['ibm437', 'Núñez'],
      ['ibm852', 'Dvořák'],
      ['windows-1255', 'שרה'],
      ['windows-1256', 'فاطمة'],
    ] as const) {
      const cell = fromCodePage(toCodePage(name, page) ?? assert.fail(), 'windows-1252');
      assert.deepEqual(of('first_name', name, cell), [[], ['letters']], cell);
    }
  });
  it('is no value where UTF-8 was misread twice', () => {
    const twice = fromCodePage(
      Buffer.from(fromCodePage(Buffer.from('José'), 'windows-1252')),
      'windows-1252',
    );
    assert.deepEqual(of('first_name', 'José', twice), [[], ['letters']], twice);
  });
  it('is no value where a misread letter at the end was trimmed', () => {
    assert.deepEqual(of('last_name', 'Laganà', fromCodePage(Buffer.from('Laganà'), 'windows-1252')), [
      [],
      ['letters'],
    ]);
  });
  it('is no value where LibreOffice read a byte that its code page does not have', () => {
    for (const cell of ['Å\uF181ukasz', 'Ĺ\uF181ukasz'])
      assert.deepEqual(of('first_name', 'Łukasz', cell), [[], ['letters']], cell);
    assert.deepEqual(of('first_name', 'Иван', 'Р\uF198РІР°РЅ'), [[], ['letters']]);
  });
  it('is no value where a space that does not break became a letter', () => {
    for (const page of ['windows-1252', 'windows-1250', 'macintosh'] as const) {
      const cell = fromCodePage(Buffer.from('Smith\xa0'), page);
      assert.deepEqual(of('last_name', 'Smith\xa0', cell), [[], ['letters']], cell);
    }
    assert.deepEqual(of('last_name', 'Smith\xa0', 'SmithÊ'), [[], ['letters']]);
    assert.deepEqual(of('last_name', 'Smith\xa0', 'Smithé'), [['Smithé'], []]);
  });
  it('is no value where a letter was lost and another one read in another code page', () => {
    for (const page of ['macintosh', 'windows-1251'] as const) {
      const known = page === 'macintosh' ? ['Dvořák', 'Dvo?ák'] : ['Иван Ё Ø', 'Иван Ё ?'];
      const bytes = toCodePage(known[1] ?? '', page) ?? assert.fail();
      const cell = fromCodePage(bytes, 'windows-1252');
      assert.deepEqual(of('first_name', known[0] ?? '', cell), [[], ['letters']], cell);
    }
  });
  it('is offered for repair where a number was calculated', () => {
    assert.deepEqual(of('telephone', '+44-7700-900123', String(44 - 7700 - 900123)), [[], ['same']]);
  });
  it('is the same where a number was divided, and shown in a narrow column', () => {
    for (const [now, cell] of [
      ['+49/30/123456', '1.32301E-05'],
      ['+49/30/123456', '1,3E-05'],
      ['+4930/123456', '0.039933256'],
      ['+4930/123456', '0,04'],
      ['+49-89/1234', '48.92788'],
    ] as const)
      assert.deepEqual(of('telephone', now, cell), [[], ['same']], cell);
    assert.deepEqual(of('telephone', '+4930/123456', '030 654321'), [['030 654321'], []]);
    assert.deepEqual(of('telephone', '+44 7700 900123', '1.3E-05'), [[], ['lost']]);
  });
  it('is the same where its column is shown with thousands separators', () => {
    const forms = ['447,700,900,123', '447.700.900.123,00', '447’700’900’123', "447'700'900'123.0"];
    for (const cell of [...forms, '447\u202f700\u202f900\u202f123', '4,47,70,09,00,123'])
      for (const now of ['+447700900123', '+44 7700 900123', '447700900123', '00447700900123'])
        assert.deepEqual(of('telephone', now, cell), [[], ['same']], `${now}: ${cell}`);
    for (const cell of ['7,700,900,123', '7.700.900.123,0'])
      assert.deepEqual(of('telephone', '07700900123', cell), [[], ['same']], cell);
    for (const cell of ['447.700.900.000', '447.700.900.000,00'])
      assert.deepEqual(of('telephone', '+447700900000', cell), [[], ['same']], cell);
    // Another number than the contact's is offered for repair, as without separators.
    assert.deepEqual(of('telephone', '07700900123', '7,700,900,999'), [[], ['damaged']]);
    assert.deepEqual(of('telephone', '+447700900123', '612 345 678'), [['612 345 678'], []]);
    assert.deepEqual(of('telephone', '555.010.123', '555.010.124'), [['555.010.124'], []]);
  });
  it('is the same where LibreOffice wrote three digits of an exponent', () => {
    assert.deepEqual(of('telephone', '0770090012307700', '7.7009001230770E+014'), [[], ['same']]);
    assert.deepEqual(of('telephone', '12345678901234567890', '1.23456789012346E+019'), [[], ['same']]);
    assert.deepEqual(of('telephone', '', '1.23456789012346E+019'), [[], ['lost']]);
  });
  it('is offered for repair where a short number lost its sign or zero', () => {
    assert.deepEqual(of('telephone', '01234', '1234'), [[], ['same']]);
    assert.deepEqual(of('telephone', '+4512', '4512'), [[], ['same']]);
  });
  it('is in an encoding to be confirmed, if the file may come from an old Mac', () => {
    for (const name of ['Müller', 'König', 'Bärbel', 'Weiß', 'José', 'Núñez'])
      assert.deepEqual(
        [name, detectForm(toCodePage(`id,first_name\nc1,${name}\n`, 'macintosh') ?? assert.fail()).doubtful],
        [name, ['encoding']],
      );
    for (const name of ['Šimon', 'O’Brien', 'Žižek', 'ŒUVRE', 'L’Œuvre', '“Bob”', 'Zoë – x'])
      assert.deepEqual(
        detectForm(toCodePage(`id,first_name\nc1,${name}\n`, 'windows-1252') ?? assert.fail()).doubtful,
        [],
        name,
      );
  });
  it('is no number where its column was too narrow', () => {
    for (const cell of ['########', '#NA'])
      assert.deepEqual(of('telephone', '+44 7700 900123', cell), [[], ['lost']], cell);
  });
  it('is no value of any field where a formula failed, in the language of the spreadsheet', () => {
    // As LibreOffice 7.4 writes them in English, German, French, Spanish and Welsh, and Excel in some.
    const english = ['#N/A', '#NAME?', '#VALUE!', '#REF!', '#DIV/0!', '#ERROR!', 'Err:502'];
    const german = ['#NV', '#WERT!', '#BEZUG!', 'Fehler:522'];
    const french = ['#N/D', '#NOM\xa0?', '#NOM?', '#RÉF\xa0!', '#DIV/0\xa0!', 'Err\xa0:522'];
    const others = ['#¿NOMBRE?', '#¡DIV/0!', '#¡VALOR!', 'Gw:502', '#ДЕЛ/0!', '#Н/Д'];
    for (const cell of [...english, ...german, ...french, ...others])
      for (const field of ['telephone', 'email', 'first_name', 'last_name'] as const)
        assert.deepEqual(of(field, 'before', cell), [[], ['error']], `${field}: ${cell}`);
    for (const cell of ['#205', '#1 Ltd', 'N/A', 'Err', '#vip'])
      assert.deepEqual(of('last_name', 'before', cell), [[cell], []], cell);
  });
  it('is no number where it became a date', () => {
    for (const cell of ['Jan-67', '01/01/4567', '1.1.4567', 'janv.-67', '1 Jan 4567'])
      assert.deepEqual(of('telephone', '01-4567', cell), [[], ['lost']], cell);
    assert.deepEqual(of('telephone', '01-4567', '01-4567'), [[], []]);
    assert.deepEqual(of('telephone', '01-4567', '01-4568'), [['01-4568'], []]);
    assert.deepEqual(of('telephone', '01-4567', '01-4568 900'), [['01-4568 900'], []]);
  });
  it('is no value where a question mark stands for an emoji or an accent', () => {
    assert.deepEqual(of('first_name', 'Zo 🙂', 'Zo ?'), [[], ['letters']]);
    assert.deepEqual(of('first_name', 'Jose\u0301', 'Jose?'), [[], ['letters']]);
    assert.deepEqual(of('first_name', 'José', 'Jos?'), [[], ['letters']]);
  });

  it('is no value as it is where a program wrote a formula of a text', () => {
    assert.deepEqual(of('telephone', '07700900123', '="07700900123"'), [[], []]);
    assert.deepEqual(of('telephone', '+447700900123', '="07700 900999"'), [['07700 900999'], []]);
    assert.deepEqual(of('first_name', 'Ada', '="Ada ""A"""'), [['Ada "A"'], []]);
    assert.deepEqual(of('first_name', '="Ada"', '="Ada"'), [[], []]);
    // The apostrophe of our export says that it is a text.
    assert.deepEqual(of('first_name', 'Ada', `'="Zoë"`), [['="Zoë"'], []]);
    const rows = readRows('id,first_name\n="c1",="Zoë"\n', ',');
    const { matched } = updateFromFile(rows, columnsOf(rows[0] ?? []), [contact({})], {
      emptyMeansEmpty: false,
      repaired: new Set(),
      organisationIds: ['o'],
    });
    assert.deepEqual(
      matched.map(({ values }) => values),
      [{ first_name: 'Zoë' }],
    );
  });

  it('may be an internal number', () => {
    assert.deepEqual(of('telephone', '01234 5', '#205'), [['#205'], []]);
  });
});
