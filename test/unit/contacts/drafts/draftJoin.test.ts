import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  type Draft,
  newDraft,
  proposedFields,
  withEdit,
  withProposed,
} from '../../../../src/contacts/drafts/draft';
import { isSameDraft, joinDrafts } from '../../../../src/contacts/drafts/draftJoin';
import type { InteractionDraft } from '../../../../src/contacts/drafts/interactionDraft';
import { joinInteractionDrafts } from '../../../../src/contacts/drafts/interactionDraftJoin';
import { merge } from '../../../../src/contacts/saving/merge';

const fields = ['first_name', 'last_name'] as const;
const text = fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined });
const edits = fc.record({ first_name: text, last_name: text });
const draft = edits.map((all): Draft => {
  const typed = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  const base = Object.fromEntries(Object.keys(typed).map((field) => [field, '']));
  return { ...newDraft(), edits: typed, base, choices: {} };
});
const marked = fc.tuple(draft, fc.subarray([...fields])).map(([one, proposed]) => ({ ...one, proposed }));

describe('drafts of two windows', () => {
  it('are joined so that no text that is newer than what both had goes', () => {
    fc.assert(
      fc.property(draft, draft, draft, (common, mine, theirs) => {
        const joined = joinDrafts(common, mine, theirs);
        const kept = (field: (typeof fields)[number]) => [
          joined.edits[field],
          ...(joined.others ?? []).filter((one) => one.field === field).map((one) => one.text),
        ];
        for (const field of fields)
          for (const one of [mine, theirs])
            if (one.edits[field] !== undefined && one.edits[field] !== common.edits[field])
              assert.ok(kept(field).includes(one.edits[field]), field);
      }),
    );
  });

  it('keep the mark of a value that one sends while the other writes another field', () => {
    const common: Draft = {
      ...withEdit(newDraft(), 'first_name', 'Ada', 'Eva'),
      sent: { first_name: 'Eva' },
    };
    const sending = { ...common, sent: { first_name: 'Ada' } };
    const theirs = withEdit(common, 'last_name', 'Lovelace', 'Byron');
    assert.deepEqual(joinDrafts(common, sending, theirs).sent, { first_name: 'Ada' });
  });

  it('keep a text that may have been saved by a window that began anew, and know it as their own', () => {
    const mine = { ...newDraft(), edits: { first_name: 'Ada' }, base: { first_name: 'ada' } };
    const ended: Draft = { ...newDraft(), saved: ['first_name'] };
    const joined = joinDrafts(undefined, mine, ended);
    assert.deepEqual(joined.edits, { first_name: 'Ada' });
    const now = { first_name: 'Ada ', last_name: '', email: '', telephone: '' };
    assert.deepEqual(merge(joined.base, joined.edits, now, joined.sent), { edits: {}, conflicts: [] });
  });

  it('come to the same in both windows once each has taken in the other', () => {
    fc.assert(
      fc.property(marked, marked, marked, (common, mine, theirs) => {
        const joined = joinDrafts(common, mine, theirs);
        assert.ok(isSameDraft(joinDrafts(theirs, theirs, joined), joined));
      }),
    );
  });

  it('keep the mark of a proposal with its text, in both windows, until one of them types over it', () => {
    const proposed = withProposed(withEdit(newDraft(), 'first_name', 'a', ''), 'first_name');
    assert.ok(!isSameDraft(proposed, withEdit(newDraft(), 'first_name', 'a', '')));
    const joined = joinDrafts(undefined, withEdit(newDraft(), 'last_name', 'b', ''), proposed);
    assert.deepEqual(joined.edits, { first_name: 'a', last_name: 'b' });
    assert.deepEqual(proposedFields(joined), ['first_name']);
    const typed = withEdit(proposed, 'first_name', 'ab', '');
    assert.deepEqual(proposedFields(joinDrafts(proposed, typed, proposed)), []);
    assert.deepEqual(proposedFields(joinDrafts(proposed, proposed, typed)), []);
  });

  it('keep a third value that was typed in a conflict where another window reverts the field', () => {
    const both: Draft = { ...newDraft(), edits: { first_name: 'a' }, base: { first_name: '' } };
    const choice = { field: 'first_name', theirs: 'b', choice: 'other', value: 'third' } as const;
    const mine = { ...both, choices: { first_name: choice } };
    assert.deepEqual(joinDrafts(both, mine, newDraft()).choices, { first_name: choice });
    const emptied = joinDrafts(both, { ...newDraft(), choices: {} }, mine);
    assert.deepEqual(emptied.choices, { first_name: choice });
  });

  it('forget that a field was saved once another window types into it again', () => {
    const mine: Draft = { ...newDraft(), saved: ['first_name'] };
    const theirs: Draft = { ...newDraft(), edits: { first_name: 'a' }, base: { first_name: '' } };
    assert.deepEqual(joinDrafts(newDraft(), mine, theirs).saved, []);
  });

  it('know a value that one of them saved also as the API tidied it', () => {
    const both: Draft = { ...newDraft(), edits: { email: 'Ada@X.org' }, base: { email: 'old@x.org' } };
    const typedOn = { ...both, edits: { email: 'Ada@X.org.uk' } };
    const saved: Draft = { ...newDraft(), saved: ['email'] };
    const now = { first_name: '', last_name: '', email: 'ada@x.org', telephone: '' };
    for (const joined of [joinDrafts(both, typedOn, saved), joinDrafts(both, saved, typedOn)]) {
      assert.equal(joined.edits.email, 'Ada@X.org.uk');
      assert.deepEqual(merge(joined.base, joined.edits, now, joined.sent).conflicts, []);
    }
  });

  it('are each field of both forms of an interaction, whoever emptied, dropped or began one', () => {
    const value = fc.constantFrom('', 'a', 'b', 'c');
    const base = { method: '', status: '', notes: '' };
    const drafts = fc.option(
      fc
        .record({ method: value, status: value, notes: value })
        .map((values): InteractionDraft => ({ values, base, form: 'f' })),
      { nil: undefined },
    );
    fc.assert(
      fc.property(drafts, drafts, drafts, (common, mine, theirs) => {
        const joined = joinInteractionDrafts(common, mine, theirs);
        for (const field of ['method', 'status', 'notes'] as const) {
          const kept = [joined?.values[field], ...(joined?.others ?? []).map((other) => other[field])];
          for (const one of [mine, theirs])
            if (one?.values[field] && one.values[field] !== common?.values[field])
              assert.ok(kept.includes(one.values[field]), field);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('are notes of both, whoever emptied, dropped or began a form', () => {
    const values = fc.option(
      text.map((typed) => ({ values: { notes: typed ?? '' }, base: { notes: '' } })),
      { nil: undefined },
    );
    fc.assert(
      fc.property(values, values, values, (common, mine, theirs) => {
        const joined = joinInteractionDrafts(common, mine, theirs);
        const kept = [joined?.values.notes, ...(joined?.others ?? []).map(({ notes }) => notes)];
        for (const one of [mine, theirs])
          if (one?.values.notes && one.values.notes !== common?.values.notes)
            assert.ok(kept.includes(one.values.notes));
      }),
    );
  });
});
