import assert from 'node:assert/strict';
import { ApiClient } from '../../../../../src/api/http/client';
import { interactionValues } from '../../../../../src/contacts/drafts/interactionDraft';
import { InteractionDraftStore } from '../../../../../src/contacts/drafts/interactionDraftStore';
import { ContactStore } from '../../../../../src/contacts/lists/contactStore';
import { RelatedStore } from '../../../../../src/contacts/related/relatedStore';
import { InteractionSaves } from '../../../../../src/contacts/saving/interactions/interactionSaves';
import { newGate } from '../../../../support/gate';
import { memoryStorage } from '../../../../support/memoryStorage';
import { silentLog, silentRuntime } from '../../../../support/silentLog';
import { until } from '../../../../support/until';

const origin = 'https://api.example.org';
const ref = { organisationId: 'o', contactId: 'c' };
const key = { origin, ...ref, interactionId: '7' };

function open(attributes: Record<string, unknown>) {
  const api = {
    attributes,
    puts: [] as Record<string, unknown>[],
    /** The answer to a PUT waits for this. */
    held: undefined as undefined | Promise<void>,
  };
  const fetch = async (url: string, { method = 'GET', body }: RequestInit = {}) => {
    if (method === 'PUT') {
      const sent = JSON.parse(String(body)).data.attributes;
      api.puts.push(sent);
      await api.held;
      api.attributes = sent;
    }
    if (url.includes('/interactions/'))
      return Response.json({ data: { id: '7', type: 'interactions', attributes: api.attributes } });
    return Response.json({
      data: {
        id: 'c',
        type: 'contacts',
        attributes: {},
        relationships: { interactions: { data: [{ id: '7', type: 'interactions' }] } },
      },
    });
  };
  const client = new ApiClient({ baseUrl: origin, fetch, authHeaders: async () => ({}) }, silentLog);
  const contacts = new ContactStore(client);
  const drafts = new InteractionDraftStore(memoryStorage(), silentRuntime);
  const related = new RelatedStore(client, silentRuntime);
  const saves = new InteractionSaves(origin, contacts, related, drafts, silentRuntime);
  return {
    api,
    drafts,
    saves,
    related,
    start: () =>
      saves.start(ref, '7', interactionValues({ id: '7', type: 'interactions', attributes: api.attributes })),
    type: (v: string) => drafts.type(key, 'notes', v),
    send: () => saves.send(ref, '7'),
    state: () => saves.state(ref, '7'),
  };
}

describe('notes that a colleague changes, and changes back', () => {
  const first = {
    method: 'email',
    date_time: '2026-01-02T09:00:00Z',
    contacted: null,
    status: 's',
    notes: 'A',
    extra: 1,
  };
  it('are asked about again after an answer', async () => {
    const one = open(first);
    const gate = newGate();
    one.start();
    one.type('B');
    one.api.held = gate.opened;
    const sending = one.send();
    await until('the PUT', () => one.api.puts.length === 1);
    one.type('B and more');
    gate.open();
    await sending;
    one.api.attributes = { ...one.api.attributes, notes: 'C' };
    await one.send();
    assert.equal(one.state().kind, 'conflict');
    one.api.attributes = { ...one.api.attributes, notes: 'B' };
    await one.saves.resolve(ref, '7', 'mine');
    assert.equal(one.api.attributes.notes, 'B');
    assert.equal(one.state().kind, 'conflict');
  });
});
