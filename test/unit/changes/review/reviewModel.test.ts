import assert from 'node:assert/strict';
import type { Resource } from '../../../../src/api/http/document';
import type { ItemOutcome } from '../../../../src/changes/apply/outcome';
import type { PlanSource } from '../../../../src/changes/plan/makePlan';
import { countOutcomes, ReviewModel } from '../../../../src/changes/review/reviewModel';
import type { Draft } from '../../../../src/contacts/drafts/draft';

const origin = 'https://api.test';
const ref = (n: number) => ({ organisationId: 'o', contactId: `c${n}` });
const resource = (n: number, email = `old${n}@example.org`): Resource => ({
  type: 'contacts',
  id: `c${n}`,
  attributes: { first_name: 'A', last_name: `B${n}`, email, telephone: '' },
});
const draft = (n: number, email = `new${n}@example.org`): Draft => ({
  edits: { email },
  base: { email: `old${n}@example.org` },
  since: '2026-01-01T00:00:00Z',
  title: `A B${n}`,
  organisation: '',
});
const source = (n: number): PlanSource => ({
  ref: ref(n),
  title: `A B${n}`,
  draft: draft(n),
  reading: { kind: 'read', resource: resource(n) },
});
const review = (count: number) =>
  ReviewModel.of(
    origin,
    Array.from({ length: count }, (_, n) => source(n)),
  );
const ids = (model: ReviewModel) => model.plan.items.map(({ ref: { contactId } }) => contactId);
const saved: ItemOutcome = { kind: 'saved', arrived: { replaced: {}, now: {} } };
const refused: ItemOutcome = { kind: 'refused', reason: 'invalid', words: ['No'] };

describe('what a review is about', () => {
  it('applies to the rows that are not excluded, and to nothing else', () => {
    const whole = review(3);
    assert.deepEqual(ids(whole), ['c0', 'c1', 'c2']);
    const less = whole.setIncluded([1, 99, -1], false);
    assert.deepEqual(ids(less), ['c0', 'c2']);
    assert.deepEqual(
      less.rows.map(({ isPlanned, isIncluded }) => [isPlanned, isIncluded]),
      [
        [true, true],
        [true, false],
        [true, true],
      ],
    );
    assert.deepEqual(less.plan.counts, { email: { changed: 2, emptied: 0 } });
    assert.deepEqual(less.skipped, []);
    assert.deepEqual(ids(less.setIncluded([1], true)), ids(whole));
    assert.deepEqual(ids(whole.setIncluded([0, 1, 2], false)), []);
  });

  it('after an Apply is about those that did not arrive, in their places', () => {
    const before = review(4).setIncluded([3], false);
    const { plan } = before;
    const outcomes: readonly ItemOutcome[] = [saved, refused, { kind: 'pending' }];
    assert.deepEqual(before.during(plan, outcomes), [...outcomes, undefined]);
    const after = before.after(plan, outcomes, ({ contactId }) => ({
      draft: contactId === 'c0' ? undefined : draft(Number(contactId.slice(1))),
      resource: undefined,
    }));
    assert.deepEqual(ids(after), ['c1', 'c2']);
    assert.deepEqual(
      after.rows.map(({ isPlanned, isIncluded, outcome }) => [isPlanned, isIncluded, outcome?.kind]),
      [
        [false, false, 'saved'],
        [true, true, 'refused'],
        [true, true, 'pending'],
        [true, false, undefined],
      ],
    );
    assert.deepEqual(countOutcomes(outcomes), { saved: 1, refused: 1, pending: 1 });
  });

  it('after an Apply leaves out what is in conflict or gone, and shows its end', () => {
    const before = review(2);
    const outcomes: readonly ItemOutcome[] = [
      { kind: 'conflict', fields: ['email'] },
      { kind: 'refused', reason: 'notFound', words: [] },
    ];
    const after = before.after(before.plan, outcomes, ({ contactId }) => ({
      draft: draft(Number(contactId.slice(1))),
      resource: resource(0, 'theirs@example.org'),
    }));
    assert.deepEqual(ids(after), []);
    assert.deepEqual(
      after.rows.map(({ isPlanned, outcome }) => [isPlanned, outcome?.kind]),
      [
        [false, 'conflict'],
        [false, 'refused'],
      ],
    );
    assert.deepEqual(after.skipped, []);
  });

  it('knows when drafts are not what it was made from', () => {
    const model = review(2);
    const drafts = [
      { key: ref(1), draft: draft(1) },
      { key: ref(0), draft: { ...draft(0), since: 'later' } },
    ];
    assert.ok(!model.isOutdated(drafts));
    assert.ok(model.isOutdated(drafts.slice(1)));
    assert.ok(model.isOutdated([...drafts, { key: ref(2), draft: draft(2) }]));
    assert.ok(model.isOutdated([drafts[0]!, { key: ref(0), draft: draft(0, 'typed@since.org') }]));
  });
});
