import assert from 'node:assert/strict';
import fc from 'fast-check';
import { groupsOf } from '../../../src/tree/groups';

describe('groups of a long list', () => {
  const made = async (names: readonly string[]) => {
    const groups = await groupsOf(
      names.map((_, n) => String(n)),
      (id) => names[Number(id)] ?? '',
    );
    return groups ?? assert.fail('no groups');
  };
  const run = (name: string, count: number) => Array.from({ length: count }, () => name);

  it('have keys of their own where the order comes back to an initial', async () => {
    const groups = await made([
      ...run('Zed', 2),
      ...run('Adams', 1200),
      ...run('Zed', 900),
      ...run('adams', 9),
    ]);
    assert.equal(new Set(groups.map(({ key }) => key)).size, groups.length);
    assert.deepEqual(
      groups.map(({ initial, from, to }) => [initial, from, to]),
      [
        ['Z', 1, 2],
        ['A', 3, 1002],
        ['A', 1003, 1202],
        ['Z', 1203, 2102],
        ['A', 2103, 2111],
      ],
    );
  });

  it('go by position where the order goes to and fro between initials', async () => {
    const groups = await made(Array.from({ length: 2500 }, (_, n) => (n % 2 ? 'Adams' : 'Zed')));
    assert.deepEqual(
      groups.map(({ initial, from, to }) => [initial, from, to]),
      [
        [undefined, 1, 1000],
        [undefined, 1001, 2000],
        [undefined, 2001, 2500],
      ],
    );
  });

  it('hold each contact once, in order, by keys that are unique, whatever the order', async () => {
    const names = fc.array(
      fc.tuple(
        fc.oneof(fc.string({ unit: 'grapheme', maxLength: 2 }), fc.constantFrom('', ' ', 'ß', 'No 7', 'ŉ')),
        fc.integer({ min: 1, max: 1500 }),
      ),
      { maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(names, async (runs) => {
        const all = [...runs, ['x', 1001] as const].flatMap(([name, count]) => run(name, count));
        const groups = await made(all);
        assert.equal(new Set(groups.map(({ key }) => key)).size, groups.length);
        assert.deepEqual(
          groups.flatMap(({ ids }) => ids),
          all.map((_, n) => String(n)),
        );
        assert.ok(groups.every(({ ids }) => ids.length <= 1000));
      }),
      { numRuns: 50 },
    );
  });
});
