import assert from 'node:assert/strict';
import { Keystrokes } from '../../../src/panel/keystrokes';

const page = 'a'.repeat(32);
const other = 'b'.repeat(32);

describe('the keystrokes that the host has taken', () => {
  it('takes each once, page by page', () => {
    const keystrokes = new Keystrokes();
    assert.equal(keystrokes.isNew({ page, revision: 1 }), true);
    assert.deepEqual(keystrokes.take({ page, revision: 5 }), { page, revision: 5 });
    assert.equal(keystrokes.isNew({ page, revision: 5 }), false);
    assert.equal(keystrokes.isNew({ page, revision: 6 }), true);
    assert.equal(keystrokes.isNew({ page: other, revision: 1 }), true, 'another page counts for itself');
  });

  it('names the last one when an earlier one is repeated', () => {
    const keystrokes = new Keystrokes();
    keystrokes.take({ page, revision: 5 });
    assert.deepEqual(keystrokes.take({ page, revision: 2 }), { page, revision: 5 });
  });

  it('forgets the page that was typed into the longest time ago', () => {
    const keystrokes = new Keystrokes();
    keystrokes.take({ page, revision: 5 });
    for (let n = 0; n < 998; n++) keystrokes.take({ page: String(n), revision: 1 });
    keystrokes.take({ page: other, revision: 5 });
    keystrokes.take({ page, revision: 6 });
    keystrokes.take({ page: 'one more', revision: 1 });
    assert.equal(keystrokes.isNew({ page: '0', revision: 1 }), true);
    assert.equal(keystrokes.isNew({ page, revision: 6 }), false);
  });
});
