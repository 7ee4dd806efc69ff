import assert from 'node:assert/strict';
import { ExactNumber } from '../../../../src/base/exactNumbers';
import { sortInSlices, sortValue } from '../../../../src/contacts/lists/listOptions';

describe('sorting by an attribute with numbers', () => {
  for (const [what, numbers] of [
    ['decimals', [1.25, 9, 9.5, 10, 100.1]],
    ['negative numbers', [-10, -5, -3, 0, 3]],
    ['numbers that JavaScript does not hold', [5, new ExactNumber('12345678901234567890')]],
  ] as const)
    it(`orders ${what}`, async () => {
      const ids = numbers.map((_, n) => `${n}`);
      const key = (id: string) =>
        sortValue({ id, type: 't', attributes: { score: numbers[Number(id)] } }, 'score');
      assert.deepEqual(await sortInSlices(ids.toReversed(), key, false), ids);
      assert.deepEqual(await sortInSlices(ids, key, true), ids.toReversed());
    });
});
