import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseHttpDate } from '../../../src/base/httpDate';

const now = Date.UTC(2026, 0, 15);

describe('a date of HTTP', () => {
  const same = Date.UTC(1994, 10, 6, 8, 49, 37);
  for (const text of [
    'Sun, 06 Nov 1994 08:49:37 GMT',
    'Sunday, 06-Nov-94 08:49:37 GMT',
    'Sun Nov  6 08:49:37 1994',
  ])
    it(`is read as UTC: ${text}`, () => assert.equal(parseHttpDate(text, now), same));

  it('has a year with two digits within 50 years', () => {
    assert.equal(parseHttpDate('Friday, 01-Jan-76 00:00:00 GMT', now), Date.UTC(2076, 0, 1));
    assert.equal(parseHttpDate('Saturday, 01-Jan-77 00:00:00 GMT', now), Date.UTC(1977, 0, 1));
  });

  it('may hold a leap second, and the last day of a leap year', () => {
    assert.equal(parseHttpDate('Sat, 31 Dec 2016 23:59:60 GMT', now), Date.UTC(2017, 0, 1));
    assert.equal(parseHttpDate('Thu, 29 Feb 2024 00:00:00 GMT', now), Date.UTC(2024, 1, 29));
  });

  it('is what any date becomes, and nothing that is only like one', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }), (date) => {
        const whole = Math.floor(date.getTime() / 1000) * 1000;
        assert.equal(parseHttpDate(date.toUTCString(), now), whole);
        assert.equal(parseHttpDate(date.toISOString(), now), undefined);
      }),
    );
  });

  for (const text of [
    '',
    '-5',
    '1.5',
    '2026',
    'tomorrow',
    'Fri, 30 Feb 2024 00:00:00 GMT',
    'Fri, 31 Apr 2026 00:00:00 GMT',
    'Fri, 00 Jan 2026 00:00:00 GMT',
    'Fri, 01 Jan 2026 24:00:00 GMT',
    'Fri, 01 Jan 2026 00:60:00 GMT',
    'Fri, 01 Jan 2026 00:00:00 CET',
    'Fri, 01 Jan 2026 00:00:00 +0100',
    'Fri, 1 Jan 2026 00:00:00 GMT',
    '01 Jan 2026 00:00:00 GMT',
    'fri, 01 jan 2026 00:00:00 gmt',
    'Sun Nov 6 08:49:37 1994',
    ' Sun, 06 Nov 1994 08:49:37 GMT',
  ])
    it(`is none: "${text}"`, () => assert.equal(parseHttpDate(text, now), undefined));
});
