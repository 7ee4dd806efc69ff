import assert from 'node:assert/strict';
import fc from 'fast-check';
import { asSpreadsheetText } from '../../../src/base/spreadsheetText';

describe('a text in a cell', () => {
  for (const text of [
    '07700900123',
    '0012345678901234567',
    '447700900123',
    '1-2',
    '1/2',
    '1E5',
    '1e-5',
    '12.5',
    '1,000',
    '10 %',
    '£5',
    '12:30',
    '5 Mar',
    'Mai 5',
    '3. Juni 2024',
    '1 janvier',
    '2024-01-05',
    '2024-01-05T10:00:00Z',
    '020 7946 0000',
    '(0)20 7946 0000',
    '٠١٢٣',
    '０１２',
    'TRUE',
    'wahr',
    ' 007 ',
    '１２３',
    ' 7',
    '²',
    '=1+1',
  ])
    it(`stays text behind an apostrophe: ${text}`, () => assert.equal(asSpreadsheetText(text), `'${text}`));

  for (const text of [
    '',
    'Ada Byron',
    'ada.byron2@example.org',
    'Flat 3',
    'B12',
    '7',
    '12345678901',
    'Route 66 GmbH',
    'May',
    '12345678-1e34-1234-1234-123456789012',
    'x'.repeat(1000),
  ])
    it(`stays as it is: ${text.slice(0, 40)}`, () => assert.equal(asSpreadsheetText(text), text));

  it('is never shorter, and loses nothing but an apostrophe in front', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const cell = asSpreadsheetText(text);
        assert.equal(cell.replaceAll("'", ''), text.replaceAll("'", ''));
      }),
    );
  });
});
