import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Backoff } from '../../../src/base/backoff';
import { SteppedClock } from '../../support/steppedClock';

describe('a backoff', () => {
  const make = (patience: Partial<{ min: number; max: number; tries: number }> = {}) => {
    const clock = new SteppedClock();
    return { clock, backoff: new Backoff({ min: 1_000, max: 8_000, tries: 5, ...patience }, clock) };
  };
  /** Returns the waits of consecutive refusals. */
  const waits = (asked: number | undefined, count: number, { clock, backoff } = make()) =>
    Array.from({ length: count }, () => {
      const ms = backoff.refused(asked);
      clock.advance(ms ?? 0);
      return ms;
    });

  it('has a least wait that grows, a most, and an end, also where the server asks for none', () => {
    for (const asked of [undefined, 0, 0.5])
      assert.deepEqual(waits(asked, 7), [1_000, 2_000, 4_000, 8_000, 8_000, undefined, undefined]);
  });

  it('waits as long as the server asks, and ends where that is too long', () => {
    assert.deepEqual(waits(3, 3), [3_000, 3_000, 4_000]);
    assert.deepEqual(waits(9, 2), [undefined, undefined]);
    assert.deepEqual(waits(Number.POSITIVE_INFINITY, 1), [undefined]);
  });

  it('counts requests that are refused together as one', () => {
    const { backoff, clock } = make();
    assert.equal(backoff.refused(), 1_000);
    assert.equal(backoff.refused(5), 5_000);
    assert.equal(backoff.refused(), 5_000);
    clock.advance(5_000);
    assert.equal(backoff.refused(), 2_000);
  });

  it('begins anew after a success, but not after one that was sent before the wait', () => {
    const { backoff, clock } = make();
    backoff.refused();
    backoff.accepted();
    clock.advance(1_000);
    assert.equal(backoff.refused(), 2_000);
    clock.advance(2_000);
    backoff.accepted();
    assert.equal(backoff.refused(), 1_000);
  });

  it('measures by a clock that nobody sets', () => {
    const { backoff, clock } = make();
    backoff.refused();
    clock.jump(-3_600_000);
    assert.equal(backoff.left, 1_000);
    clock.jump(7_200_000);
    assert.equal(backoff.left, 1_000);
  });

  it('never lets more through than it says, whatever is asked', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.double({ min: 0, noNaN: true }), { nil: undefined })), (all) => {
        const { backoff, clock } = make();
        let requests = 0;
        for (const asked of all) {
          const ms = backoff.refused(asked);
          if (ms === undefined) continue;
          assert.ok(ms >= 1_000 && ms <= 8_000, String(ms));
          clock.advance(ms);
          requests++;
        }
        assert.ok(requests <= 5);
      }),
    );
  });
});
