import assert from 'node:assert/strict';
import { ContactIndex } from '../../../../src/contacts/lists/contactIndex';

describe('the punctuation of a query', () => {
  for (const [query, first_name, last_name] of [
    ['j. smith', 'J', 'Smith'],
    ['st. john', 'St', 'John'],
    ['Smith.', 'Jo', 'Smith'],
    ['Smith: Jo', 'Jo', 'Smith'],
    ['jo smith!', 'Jo', 'Smith'],
    ['jo smith?', 'Jo', 'Smith'],
  ] as const)
    it(`does not matter: ${query}`, () => {
      const index = new ContactIndex(['x']);
      index.add({ type: 'contacts', id: 'x', attributes: { first_name, last_name } });
      assert.deepEqual(index.all(query), ['x']);
      assert.equal(index.find(query, 10).hits.length, 1);
    });
});
