import assert from 'node:assert/strict';
import type { ItemOutcome } from '../../../../src/changes/apply/outcome';
import type { FieldChange } from '../../../../src/changes/plan/plan';
import { ReviewModel } from '../../../../src/changes/review/reviewModel';
import { headOf } from '../../../../src/changes/review/reviewState';
import { resultOf, timeText } from '../../../../src/changes/review/reviewTexts';
import type { Edits } from '../../../../src/contacts/model/update';

describe('the texts of a review', () => {
  const textOf = (after: Edits, now: Edits) => {
    const changes = Object.entries(after).map(
      ([field, value]) => ({ field, before: '', after: value, isEmptied: false }) as FieldChange,
    );
    const outcome: ItemOutcome = { kind: 'saved', arrived: { replaced: {}, now } };
    return resultOf(outcome, changes).text;
  };

  it('tell what Ctrl Hub has where it changed a value by more than the panel would mention', () => {
    const email = 'Ann@Example.org';
    assert.equal(textOf({ email }, { email }), 'Saved');
    assert.equal(textOf({ email }, { email: 'ann@example.org' }), 'Saved');
    assert.equal(textOf({ email }, { email: 'b@x.org' }), 'Saved, but Ctrl Hub has Email: b@x.org');
    assert.equal(
      textOf({ email, telephone: '07700 900123' }, { email: '', telephone: '1' }),
      'Saved, but Ctrl Hub has Email: (empty) · Telephone: 1',
    );
  });

  it('name the Apply that an Undo takes back', () => {
    const at = '2026-11-28T12:00:00.000Z';
    const whereOf = (undoes?: { id: string; at: string }) =>
      headOf(ReviewModel.of('https://api.test', [], { undoes }), { name: () => 'Moorland Water' }).where;
    assert.equal(whereOf({ id: 'b', at }), `${whereOf()} · Undo of ${timeText(at)}`);
  });
});
