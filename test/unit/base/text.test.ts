import assert from 'node:assert/strict';
import { clip } from '../../../src/base/text';

describe('a long text', () => {
  it('is cut between characters', () => {
    assert.equal(clip('😀'.repeat(200), 3), '😀…');
    assert.equal(clip('abc', 3), 'abc');
  });
});
