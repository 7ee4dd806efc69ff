import assert from 'node:assert/strict';
import { readRetryAfter } from '../../../../src/api/http/retryAfter';

const now = Date.UTC(2026, 5, 1, 12);
const date = (ms: number) => new Date(now + ms).toUTCString();
const read = (retryAfter: string | undefined, sent?: string) =>
  readRetryAfter(
    new Headers({
      ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
      ...(sent === undefined ? {} : { date: sent }),
    }),
    now,
  );

describe('Retry-After', () => {
  it('is a number of seconds or a date of HTTP, and nothing else', () => {
    assert.deepEqual([read('0'), read('30'), read(' 30 '), read('2147484')], [0, 30, 30, 2147484]);
    assert.equal(read(date(30_000)), 30);
    for (const text of ['', '-5', '1.5', '+5', '1e3', '0x10', '5 s', '5, 6', 'soon', '2026-06-01'])
      assert.equal(read(text), undefined, text);
    assert.equal(read(undefined), undefined);
  });

  it('is counted from the moment at which the server says that it answered', () => {
    const behind = -120_000;
    assert.equal(read(date(behind + 30_000), date(behind)), 30);
    assert.equal(read(date(behind + 30_000)), 0);
    assert.equal(read(date(30_000), 'yesterday'), 30);
  });

  it('is no time zone of this computer', () => {
    const asctime = date(30_000).replace(/^(\w+), (\d+) (\w+) (\d+) ([\d:]+) GMT$/, '$1 $3 $2 $5 $4');
    assert.equal(read(asctime.replace(/ 0(\d) /, '  $1 ')), 30);
  });

  it('is never so far away that it could not be shown', () => {
    for (const text of ['99999999999', '9'.repeat(400), 'Fri, 31 Dec 9999 23:59:59 GMT']) {
      const seconds = read(text) ?? assert.fail();
      assert.ok(Number.isFinite(seconds) && !Number.isNaN(new Date(now + seconds * 1000).getTime()));
      assert.ok(seconds > 3e9);
    }
  });
});
