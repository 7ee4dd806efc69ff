import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseDay, parseTimestamp, timestampSortKey } from '../../../src/base/timestamp';

describe('a timestamp', () => {
  for (const [text, expected] of [
    ['2024-02-29T12:30:45Z', '2024-02-29T12:30:45.000Z'],
    ['2024-02-29t12:30:45.123456789z', '2024-02-29T12:30:45.123Z'],
    ['2024-01-01 01:50:00+01:00', '2024-01-01T00:50:00.000Z'],
    ['2024-01-01T00:30:00-05:30', '2024-01-01T06:00:00.000Z'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
    ['2015-07-01T01:59:60.5+02:00', '2015-07-01T00:00:00.500Z'],
    ['2024-02-29T12:30:45.1234567890123Z', '2024-02-29T12:30:45.123Z'],
    ['1969-12-31T23:59:59Z', '1969-12-31T23:59:59.000Z'],
  ] as const)
    it(`is read: ${text}`, () => assert.equal(new Date(parseTimestamp(text)).toISOString(), expected));

  for (const value of [
    '0001-01-01T00:00:00Z',
    '0000-12-31T23:59:59Z',
    '2024-02-30T00:00:00Z',
    '2023-02-29T00:00:00Z',
    '2024-04-31T00:00:00Z',
    '2024-00-10T00:00:00Z',
    '2024-13-01T00:00:00Z',
    '2024-01-01T24:00:00Z',
    '2024-01-01T12:60:00Z',
    '2024-01-01T12:00:61Z',
    '2024-01-01T12:34:60Z',
    '2024-01-15T23:59:60Z',
    '1000-01-01T00:00:00+01:00',
    '9999-12-31T23:59:59-01:00',
    `2024-01-01T12:00:00.${'1'.repeat(1000)}Z`,
    '2024-01-01T12:00:00+24:00',
    '2024-01-01T12:00:00',
    '2024-01-01T12:00Z',
    '2024-01-01',
    '+002024-01-01T00:00:00Z',
    ' 2024-01-01T12:00:00Z',
    'contact 7',
    '7',
    '',
    7,
    null,
    undefined,
    new Date(0),
  ])
    it(`is none: ${JSON.stringify(value)}`, () => assert.ok(Number.isNaN(parseTimestamp(value))));

  it('comes back as it was written, for every moment since the year 1000', () => {
    fc.assert(
      fc.property(
        fc.date({
          min: new Date('1000-01-01T00:00:00Z'),
          max: new Date('9999-12-31T00:00:00Z'),
          noInvalidDate: true,
        }),
        (date) => assert.equal(parseTimestamp(date.toISOString()), date.getTime()),
      ),
    );
  });

  it('sorts in time, whatever its offset and digits', () => {
    const inTime = [
      '1960-01-01T00:00:00Z',
      '2024-01-01T01:50:00+01:00',
      '2024-01-01T01:10:00+00:00',
      '2024-01-01T01:10:00.000000001Z',
      '2024-01-01T01:10:00.1Z',
    ];
    const shuffled = inTime.toReversed();
    const keyed = shuffled.map((text) => ({ text, key: timestampSortKey(text) ?? '' }));
    keyed.sort((one, other) => (one.key < other.key ? -1 : 1));
    assert.deepEqual(
      keyed.map(({ text }) => text),
      inTime,
    );
  });
});

describe('a day', () => {
  it('is one that exists', () => {
    assert.equal(parseDay('2024-02-29'), Date.UTC(2024, 1, 29));
    for (const text of ['2024-02-30', '0001-01-01', '2024-2-9', '2024-02-29T00:00:00Z'])
      assert.ok(Number.isNaN(parseDay(text)), text);
  });
});
