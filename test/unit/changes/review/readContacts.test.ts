import assert from 'node:assert/strict';
import type { PlanSource } from '../../../../src/changes/plan/makePlan';
import { byTitle } from '../../../../src/changes/review/readContacts';

describe('the order of a review of all changes', () => {
  const source = (title: string, contactId: string): PlanSource => ({
    ref: { organisationId: 'o', contactId },
    title,
    draft: undefined,
    reading: { kind: 'unread' },
  });
  const all = [source('Zoe', '1'), source('Ada', '3'), source('Émile', '4'), source('Ada', '2')];

  it('is by name, and the same whichever way a window has its drafts', () => {
    const titles = (sources: readonly PlanSource[]) =>
      byTitle(sources).map(({ title, ref }) => `${title} ${ref.contactId}`);
    assert.deepEqual(titles(all), ['Ada 2', 'Ada 3', 'Émile 4', 'Zoe 1']);
    assert.deepEqual(titles(all.toReversed()), titles(all));
  });
});
