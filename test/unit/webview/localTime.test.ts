import assert from 'node:assert/strict';
import { fromLocal, toLocal } from '../../../src/webview/related/localTime';

describe('the time of an interaction in its form', () => {
  const zone = process.env.TZ;
  before(() => {
    process.env.TZ = 'Europe/London';
  });
  after(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });

  it('is local, in summer and in winter', () => {
    assert.equal(toLocal('2024-07-01T10:32:07Z'), '2024-07-01T11:32');
    assert.equal(fromLocal('2024-07-01T11:33', '2024-07-01T10:32:07Z'), '2024-07-01T10:33:00.000Z');
    assert.equal(fromLocal('2024-12-01T11:33', '2024-07-01T10:32:07Z'), '2024-12-01T11:33:00.000Z');
  });

  it('stays in its hour where that comes twice, because summer time ends', () => {
    for (const [before, after] of [
      ['2024-10-27T00:30:07Z', '2024-10-27T00:31:00.000Z'],
      ['2024-10-27T01:30:07Z', '2024-10-27T01:31:00.000Z'],
    ] as const) {
      assert.equal(toLocal(before), '2024-10-27T01:30');
      assert.equal(fromLocal('2024-10-27T01:31', before), after);
    }
  });

  it('is nothing where it is not whole', () => {
    assert.equal(fromLocal('', '2024-10-27T01:30:07Z'), '');
    assert.equal(fromLocal('2024-10-27T01:31', ''), '2024-10-27T00:31:00.000Z');
  });
});
