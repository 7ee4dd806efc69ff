import assert from 'node:assert/strict';
import type { Sender } from '../../../../src/changes/apply/sender';
import { verifyItems } from '../../../../src/changes/apply/verify';
import { PatientReads } from '../../../../src/contacts/saving/patientReads';
import { silentRuntime } from '../../../support/silentLog';

describe('verifying an item whose answer was lost', () => {
  it('names nobody else’s change if the API saved one field and left the other as it was', async () => {
    const item = {
      ref: { organisationId: 'o', contactId: 'c' },
      title: 'A',
      before: { email: { text: 'a@x' }, telephone: { text: '1' } },
      after: { email: 'b@x', telephone: '2' },
      outcome: { kind: 'unknown' } as const,
    };
    const now = { first_name: '', last_name: '', email: 'b@x', telephone: '1' };
    const sender = Object.assign({} as Sender, { verify: async () => now });
    const { clock } = silentRuntime;
    const reads = new PatientReads({ clock, signal: new AbortController().signal });
    const outcome = (await verifyItems([item], sender, reads)).get(0);
    assert.deepEqual(outcome, {
      kind: 'refused',
      reason: 'ignored',
      words: [],
      arrived: { replaced: { email: { text: 'a@x' } }, now: { email: 'b@x' } },
    });
  });
});
