import assert from 'node:assert/strict';
import { OpenNodes } from '../../../src/tree/openNodes';

describe('the rows of a list after a reload of the window', () => {
  const view = {
    onDidExpandElement: () => ({ dispose() {} }),
    onDidCollapseElement: () => ({ dispose() {} }),
    onDidChangeSelection: () => ({ dispose() {} }),
  };
  const remembered = (rows: Record<string, number>) =>
    new OpenNodes(view, { get: () => ({ expanded: {}, rows }), set: () => {} });

  it('are read, also where the list was empty', () => {
    assert.equal(remembered({ o: 0 }).takeRows('o'), 1);
    assert.equal(remembered({ o: 200 }).takeRows('o'), 200);
    assert.equal(remembered({ o: 90_000 }).takeRows('o'), 1000);
  });
});
