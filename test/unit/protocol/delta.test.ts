import assert from 'node:assert/strict';
import fc from 'fast-check';
import { deltaOf, withDelta } from '../../../src/protocol/delta';

/** A message as the page gets it: some values are lost on the way. */
const carried = <T>(value: T): T => (value === undefined ? value : JSON.parse(JSON.stringify(value)));

const part = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('', 'a', 'b', 0, 1, true, null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'in', 'set', 'length', '0', '__proto__'), tie('value'), {
      maxKeys: 4,
    }),
    fc.record({ a: tie('value'), b: fc.constant(undefined) }),
  ),
})).value;

describe('a delta', () => {
  it('makes the later value of the earlier one, whatever they are', () => {
    fc.assert(
      fc.property(part, part, (before, after) => {
        const delta = deltaOf(before, after);
        const made = delta === undefined ? before : withDelta(carried(before), carried(delta));
        assert.deepEqual(carried(made), carried(after));
      }),
      { numRuns: 2_000 },
    );
  });

  it('changes nothing of what it is applied to, and keeps what stays the same', () => {
    const before = { list: [{ id: 1 }, { id: 2 }], other: { deep: [] } };
    const after = { list: [{ id: 1 }, { id: 3 }], other: before.other };
    const delta = deltaOf(before, after) ?? assert.fail();
    assert.deepEqual(delta, { in: { list: { in: { 1: { in: { id: { set: 3 } } } } } } });
    const made = withDelta(before, delta) as typeof before;
    assert.deepEqual(before.list[1], { id: 2 });
    assert.equal(made.other, before.other);
    assert.equal(made.list[0], before.list[0]);
  });

  it('is as small as what changed', () => {
    const rows = Array.from({ length: 200 }, (_, id) => ({ id, label: ['a', 'b'] }));
    const after = rows.map((row, at) => (at === 100 ? { ...row, form: 'typed' } : { ...row }));
    assert.deepEqual(deltaOf(rows, after), { in: { 100: { in: { form: { set: 'typed' } } } } });
    assert.equal(deltaOf(rows, structuredClone(rows)), undefined);
    assert.deepEqual(deltaOf(after, rows), { in: { 100: { in: {}, without: ['form'] } } });
  });
});
