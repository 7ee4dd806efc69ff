import assert from 'node:assert/strict';
import {
  type InteractionDraft,
  interactionValues,
} from '../../../../../src/contacts/drafts/interactionDraft';
import { RelatedStore } from '../../../../../src/contacts/related/relatedStore';
import { changeInteraction } from '../../../../../src/contacts/saving/interactions/changeInteraction';
import { clientOf } from '../../../../support/apiClient';
import { recordServer } from '../../../../support/recordServer';
import { silentLog, silentRuntime } from '../../../../support/silentLog';

describe('notes that are no text', () => {
  const api = recordServer({ id: 'i', type: 'customer-interactions' }, () => ({
    method: 'email',
    date_time: '2026-03-03T10:32:00Z',
    contacted: true,
    notes: 'Plain',
  }));
  const change = async (base: InteractionDraft['base'], notes: string) => {
    const related = new RelatedStore(clientOf(api.server), silentRuntime);
    let draft: InteractionDraft = { values: { ...base, notes }, base };
    const apply = (next: (now: InteractionDraft) => InteractionDraft) => {
      draft = next(draft);
    };
    return changeInteraction(related, 'o', 'i', draft, apply, silentLog);
  };
  for (const notes of [{ html: '<p>Called twice</p>' }, ['Called', 'twice'], 1234, true])
    it(`are not replaced unseen: ${JSON.stringify(notes)}`, async () => {
      api.attributes.notes = notes;
      const resource = { id: 'i', type: 'customer-interactions', attributes: api.attributes };
      const base = interactionValues(resource);
      assert.notEqual(base.notes, '', 'the form shows that something is there');
    });

  it('are asked about where a colleague made them so meanwhile from empty ones', async () => {
    const base = interactionValues({ id: 'i', type: 't', attributes: { ...api.attributes, notes: '' } });
    api.attributes.notes = { html: '<p>Called twice</p>' };
    const outcome = await change(base, 'Typed');
    assert.deepEqual(api.attributes.notes, { html: '<p>Called twice</p>' });
    assert.equal(outcome.kind, 'conflict');
  });
});
