import assert from 'node:assert/strict';
import type { JournalItem } from '../../../../src/changes/apply/journalRecord';
import { resultCsv } from '../../../../src/changes/apply/resultCsv';
import { joined } from '../../../../src/changes/review/saveResult';

const contact = { ref: { organisationId: 'o', contactId: 'c' }, title: 'A' };
const batch = (id: string, item: Omit<JournalItem, 'ref' | 'title'>) => ({
  id: id.repeat(32),
  origin: 'https://x.test',
  at: '2026-01-01T00:00:00Z',
  source: 'text' as const,
  items: [{ ...contact, ...item }],
});

describe('the result of two Applies', () => {
  it('has the field of a contact that the first one saved', () => {
    const [email, telephone] = [{ email: { text: 'a@x' } }, { telephone: { text: '12345' } }];
    const first = batch('1', {
      before: { ...email, ...telephone },
      after: { email: 'b@x', telephone: '23456' },
      outcome: {
        kind: 'refused',
        reason: 'ignored',
        words: [],
        arrived: { replaced: email, now: { email: 'b@x' } },
      },
    });
    const second = batch('2', {
      before: telephone,
      after: { telephone: '23456' },
      outcome: { kind: 'saved', arrived: { replaced: telephone, now: { telephone: '23456' } } },
    });
    const csv = resultCsv(joined([first, second]) ?? assert.fail());
    assert.match(csv, /"email","a@x","b@x","saved"/);
    assert.match(csv, /"telephone","12345","23456","saved"/);
  });
});
