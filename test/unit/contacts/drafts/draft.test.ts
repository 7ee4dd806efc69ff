import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  afterInterruptedSave,
  afterReading,
  afterSave,
  type Draft,
  isEmpty,
  newDraft,
  proposedFields,
  withChoice,
  withEdit,
  withoutUnchanged,
  withProposed,
  withSent,
} from '../../../../src/contacts/drafts/draft';
import { formatDraft, parseDraft } from '../../../../src/contacts/drafts/draftRecord';
import type { Values } from '../../../../src/contacts/model/contact';
import { merge } from '../../../../src/contacts/saving/merge';

const text = fc.constantFrom('', 'a', 'b', 'c');
const holding = (first_name: string): Values => ({ first_name, last_name: '', email: '', telephone: '' });
const typed = (value: string, base: string): Draft => withEdit(newDraft(), 'first_name', value, base);
/** Returns the field's value after saving the draft over `now`, or the value in conflict. */
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
    assert.ok(isEmpty(withoutUnchanged(typed('b', 'a'), holding('b'), 'first_name')));
    assert.deepEqual(withoutUnchanged(typed('b', 'a'), holding('c')).edits, { first_name: 'b' });
  });
});

describe('a draft over readings, colleagues, typing and saves that nobody saw the end of', () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('type' as const), value: text }),
    fc.record({ kind: fc.constant('colleague' as const), value: text }),
    fc.record({ kind: fc.constantFrom('look' as const, 'restore' as const) }),
    // `done` is true if the PUT was carried out although its response was lost.
    fc.record({ kind: fc.constant('unknown' as const), done: fc.boolean() }),
    fc.record({ kind: fc.constant('refused' as const) }),
    fc.record({ kind: fc.constantFrom('mine' as const, 'theirs' as const) }),
  );

  /** One field as seen by the user, the API and a colleague. */
  class World {
    server = 'a';
    shown = 'a';
    draft: Draft = newDraft();
    /** The value that the user wants, until it is on the server or the user chooses the other one. */
    wanted: string | undefined;
    /** A colleague's value that the user has neither seen nor been asked about. */
    unseen: string | undefined;

    type(value: string) {
      this.draft = withEdit(this.draft, 'first_name', value, this.shown);
      this.wanted = value;
    }
    look() {
      this.shown = this.server;
      this.draft = afterReading(this.draft, holding(this.server));
      this.unseen = undefined;
    }
    merged() {
      return merge(this.draft.base, this.draft.edits, holding(this.server), this.draft.sent);
    }
    send(carriedOut: boolean, known: boolean) {
      const { edits, conflicts } = this.merged();
      const { first_name: sent } = edits;
      if (conflicts.length > 0 || sent === undefined) return;
      assert.equal(sent, this.wanted, 'nothing is sent that nobody wants');
      if (carriedOut) this.server = sent;
      if (!known) this.draft = withSent(this.draft, edits);
    }
    choose(choice: 'mine' | 'theirs') {
      const [conflict] = this.merged().conflicts;
      if (conflict === undefined) return;
      const { mine, theirs } = conflict;
      this.draft = withChoice(this.draft, 'first_name', { mine, theirs }[choice], theirs);
      this.shown = theirs;
      this.unseen = undefined;
      if (choice === 'theirs') this.wanted = theirs;
    }
  }

  it('lets no change of either side vanish without being told', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const world = new World();
        for (const one of steps) {
          if (one.kind === 'type') world.type(one.value);
          else if (one.kind === 'colleague') {
            // A colleague may write the value that we sent, which is indistinguishable.
            if (one.value === world.draft.sent?.first_name) continue;
            world.server = one.value;
            // A return to the value on screen, or to the draft's base, need not be shown.
            const isKnown = [world.shown, world.draft.base.first_name].includes(one.value);
            world.unseen = isKnown ? undefined : one.value;
          } else if (one.kind === 'look') world.look();
          else if (one.kind === 'restore') {
            const key = { origin: 'o', organisationId: 'o', contactId: 'c' };
            if (!isEmpty(world.draft))
              world.draft = parseDraft(formatDraft(key, world.draft))?.draft ?? assert.fail();
            world.look();
          } else if (one.kind === 'unknown') world.send(one.done, false);
          else if (one.kind === 'refused') world.send(false, true);
          else world.choose(one.kind);

          const { edits, conflicts } = world.merged();
          const after = edits.first_name ?? world.server;
          if (conflicts.length > 0) continue;
          if (world.wanted !== undefined && !isEmpty(world.draft))
            assert.equal(after, world.wanted, 'what was typed is what a save leaves there');
          if (world.unseen !== undefined && after !== world.unseen) assert.fail('a colleague is asked about');
        }
      }),
      { numRuns: 5000 },
    );
  });
});

describe('a draft after a window that was killed had saved it', () => {
  it('keeps newer text, and takes the saved value below it for nobody else’s', () => {
    const typed = withEdit(newDraft(), 'email', 'newer@x', 'old@x');
    const left = afterInterruptedSave(typed, { email: 'mine@x' }, { email: 'old@x' });
    const now = { first_name: '', last_name: '', email: 'mine@x', telephone: '' };
    const { edits, conflicts } = merge(left.base, left.edits, now, left.sent);
    assert.deepEqual([edits, conflicts], [{ email: 'newer@x' }, []]);
    const colleagues = { ...now, email: 'theirs@x' };
    assert.equal(merge(left.base, left.edits, colleagues, left.sent).conflicts.length, 1);
  });

  it('takes it for nobody else’s, too, where the field had been saved before', () => {
    const saved: Draft = { ...newDraft(), saved: ['email'], sent: { email: 'old@x' } };
    const typed = withEdit(saved, 'email', 'newer@x', 'old@x');
    assert.deepEqual(typed.sent, { email: 'old@x' });
    const left = afterInterruptedSave(typed, { email: 'mine@x' }, { email: 'old@x' });
    const now = { first_name: '', last_name: '', email: 'mine@x', telephone: '' };
    const { edits, conflicts } = merge(left.base, left.edits, now, left.sent);
    assert.deepEqual([edits, conflicts], [{ email: 'newer@x' }, []]);
  });
});

describe('the mark of a proposal', () => {
  const proposed = withProposed(typed('a', ''), 'first_name');
  const key = { origin: 'https://api.example', organisationId: '1', contactId: '2' };
  const restarted = (draft: Draft) => parseDraft(formatDraft(key, draft))?.draft ?? assert.fail();

  it('is stored with the draft', () => {
    assert.deepEqual(proposedFields(proposed), ['first_name']);
    assert.deepEqual(proposedFields(restarted(proposed)), ['first_name']);
    assert.deepEqual(proposedFields(restarted(typed('a', ''))), []);
  });

  it('ends when somebody types into the field, and stays when they type into another one', () => {
    const beside = withEdit(proposed, 'last_name', 'b', '');
    assert.deepEqual(proposedFields(restarted(beside)), ['first_name']);
    assert.deepEqual(proposedFields(restarted(withEdit(beside, 'first_name', 'ab', ''))), []);
  });

  it('ends with the edit: saved, typed back, or decided in a conflict', () => {
    assert.deepEqual(proposedFields(afterSave(proposed, { first_name: 'a' }, holding('a'))), []);
    assert.deepEqual(proposedFields(afterReading(proposed, holding('a'))), []);
    const back = withEdit(proposed, 'first_name', '', '');
    assert.deepEqual(proposedFields(withEdit(back, 'first_name', 'c', '')), []);
    assert.deepEqual(proposedFields(withChoice(proposed, 'first_name', 'a', 'theirs')), []);
  });

  it('needs an edit', () => {
    assert.deepEqual(proposedFields(withProposed(newDraft(), 'first_name')), []);
  });
});
