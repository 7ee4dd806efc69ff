import assert from 'node:assert/strict';
import { hasChangedTo, holdsSent } from '../../../../src/contacts/model/sameValue';

describe('a value that was sent', () => {
  it('is there if the API holds it, or holds a tidier form of it that it did not hold before', () => {
    assert.equal(holdsSent('email', 'Ada@example.org', 'old@example.org', 'ada@example.org'), true);
    assert.equal(holdsSent('email', 'Ada@example.org', 'old@example.org', 'old@example.org'), false);
    assert.equal(holdsSent('email', 'Ada@example.org', 'ada@example.org', 'ada@example.org'), false);
    assert.equal(holdsSent('text', 'Ada', 'Ada', 'Ada'), true);
  });

  it('has replaced another one only if the value is not the one before', () => {
    assert.equal(hasChangedTo('telephone', '+44 7700 900123', '', '+447700900123'), true);
    assert.equal(hasChangedTo('telephone', '+44 7700 900123', '+447700900123', '+447700900123'), false);
    assert.equal(hasChangedTo('text', 'Ada', 'Ada', 'Ada'), false);
  });
});
