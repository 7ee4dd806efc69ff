import assert from 'node:assert/strict';
import { parseReviewIntent } from '../../../../src/changes/review/messages';

describe('the messages of a review', () => {
  it('are taken as they are', () => {
    for (const message of [
      { type: 'ready' },
      { type: 'setIncluded', revision: 3, rows: [0, 7], isIncluded: false },
      { type: 'apply', revision: 3 },
      { type: 'open', revision: 3, row: 0 },
      { type: 'openSkipped', revision: 3, group: 0, at: 2 },
      { type: 'cancel' },
      { type: 'compare' },
      { type: 'saveResult' },
      { type: 'reviewAgain' },
      { type: 'signIn' },
      { type: 'discard' },
    ])
      assert.deepEqual(parseReviewIntent(message), message);
  });

  it('name no file, no command and no address, and nothing else is understood', () => {
    for (const message of [
      undefined,
      'apply',
      [],
      { type: 'apply' },
      { type: 'apply', revision: 0 },
      { type: 'apply', revision: '1' },
      { type: 'apply', revision: 1, origin: 'https://example.org' },
      { type: 'saveResult', path: '/etc/passwd' },
      { type: 'setIncluded', revision: 1, rows: [-1], isIncluded: true },
      { type: 'setIncluded', revision: 1, rows: [0.5], isIncluded: true },
      { type: 'open', revision: 1, row: 1e9 },
      { type: 'openLink', href: 'command:ctrlHub.changes.apply' },
    ])
      assert.equal(parseReviewIntent(message), undefined, JSON.stringify(message));
  });
});
