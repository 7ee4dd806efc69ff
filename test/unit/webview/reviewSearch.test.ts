import assert from 'node:assert/strict';
import type { ReviewRow, ReviewState } from '../../../src/protocol/review';
import { receive, shownRows } from '../../../src/webview/review/view';

const row = (name: string, after: string, ...notes: readonly string[]): ReviewRow => ({
  name,
  where: '',
  changes: [{ field: 'Email', before: '', after, notes }],
});

describe('the search in a review', () => {
  const rows = [row('Jörg Müller', 'joerg@example.org'), row('Ada Byron', 'ADA@example', 'May be wrong')];
  const state = Object.assign({} as ReviewState, { rows, marks: [] });
  const found = (query: string) => {
    const view = receive(undefined, { type: 'review', state }, query);
    return view && shownRows(view);
  };

  it('finds names and values without their case and accents, whatever the order of the words', () => {
    assert.deepEqual(found('muller jorg'), [0]);
    assert.deepEqual(found('MÜLLER'), [0]);
    assert.deepEqual(found('ada@'), [1]);
    assert.deepEqual(found('example'), [0, 1]);
    assert.deepEqual(found('müller ada'), []);
    assert.deepEqual(found('may be wrong'), [1]);
  });
});
