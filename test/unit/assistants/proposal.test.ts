import assert from 'node:assert/strict';
import { parseChanges, refusedBy } from '../../../src/assistants/proposal';
import { newDraft, withEdit, withProposed } from '../../../src/contacts/drafts/draft';

const change = { id: 'c', field: 'email', value: 'new@example.org' } as const;
const resource = { type: 'contacts', id: 'c', attributes: { email: 'old@example.org' } };

describe('a change that a language model proposes', () => {
  it('may follow an earlier save of the field, and waits for one that is not known to have arrived', () => {
    const sent = { email: 'old@example.org' };
    const after = { ...newDraft(), saved: ['email'] as const, sent };
    assert.equal(refusedBy(change, { resource, draft: after, isBusy: false }), undefined);
    const during = { ...newDraft(), edits: { email: 'old@example.org' }, sent };
    assert.equal(refusedBy(change, { resource, draft: during, isBusy: false }), 'busy');
  });

  it('names a contact by an ID that can stand in an address', () => {
    const ids = ['.', '..', '\ud800', 'a/b'];
    const refused = parseChanges(ids.map((id) => ({ ...change, id }))).map((one) => 'refused' in one);
    assert.deepEqual(refused, [true, true, true, false]);
  });

  it('does not replace the answer to a conflict that the user typed', () => {
    const proposed = withProposed(
      withEdit(newDraft(), 'email', 'proposed@example.org', 'older@example.org'),
      'email',
    );
    const answer = {
      field: 'email',
      theirs: 'old@example.org',
      choice: 'other',
      value: 'typed@example.org',
    } as const;
    const draft = { ...proposed, choices: { email: answer } };
    assert.equal(refusedBy(change, { resource, draft, isBusy: false }), 'typed');
  });

  it('is not logged as an ID if it is a name or an address', () => {
    const ids = ['morgan.lee@example.com', 'Morgan Lee', 'Zoë'];
    const refused = parseChanges(ids.map((id) => ({ ...change, id }))).map((one) => 'refused' in one);
    assert.deepEqual(refused, [true, true, true]);
  });
});
