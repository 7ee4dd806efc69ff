import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  afterSave,
  type Draft,
  isEmpty,
  withEdit,
  withSent,
  withoutUnchanged,
} from '../../../src/contacts/draft';
import { merge, type Values } from '../../../src/contacts/merge';
import { newDraft } from '../../../src/contacts/saves';

const text = fc.constantFrom('', 'a', 'b', 'c');
const holding = (first_name: string): Values => ({ first_name, last_name: '', email: '', telephone: '' });
const typed = (value: string, base: string): Draft => withEdit(newDraft(), 'first_name', value, base);
/** What the field holds once the draft is saved over `now`, or what is asked about. */
const wanted = (draft: Draft, now: string) => {
  const { edits, conflicts } = merge(draft.base, draft.edits, holding(now), draft.sent);
  return conflicts[0]?.mine ?? edits.first_name ?? now;
};

describe('a draft while its save is under way', () => {
  it('keeps what is typed meanwhile, whatever it is, once the save is made', () => {
    fc.assert(
      fc.property(text, text, text, (saved, sent, meanwhile) => {
        fc.pre(sent !== saved);
        const before = typed(sent, saved);
        const during = withEdit(before, 'first_name', meanwhile, saved, { first_name: sent });
        const after = afterSave(during, { first_name: sent }, holding(sent));
        assert.equal(wanted(after, sent), meanwhile);
      }),
    );
  });

  it('keeps it too when nobody knows what became of the save', () => {
    fc.assert(
      fc.property(text, text, text, fc.boolean(), (saved, sent, meanwhile, done) => {
        fc.pre(sent !== saved);
        const before = typed(sent, saved);
        const during = withEdit(before, 'first_name', meanwhile, saved, { first_name: sent });
        const after = withSent(during, { first_name: sent });
        assert.equal(wanted(after, done ? sent : saved), meanwhile);
      }),
    );
  });

  it('typing back what is on screen is no edit', () => {
    const draft = withEdit(typed('b', 'a'), 'first_name', 'a', 'a');
    assert.ok(isEmpty(draft));
  });

  it('drops what the API has by now', () => {
    assert.ok(isEmpty(withoutUnchanged(typed('b', 'a'), holding('b'))));
    assert.deepEqual(withoutUnchanged(typed('b', 'a'), holding('c')).edits, { first_name: 'b' });
  });
});
