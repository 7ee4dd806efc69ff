/** Tests a change of an interaction with a second window, a crash, and refusals. */
import assert from 'node:assert/strict';
import { systemClock } from '../../../../../src/base/clock';
import { runtimeWith } from '../../../../../src/base/runtime';
import { interactionValues } from '../../../../../src/contacts/drafts/interactionDraft';
import { InteractionDraftStore } from '../../../../../src/contacts/drafts/interactionDraftStore';
import { ContactStore } from '../../../../../src/contacts/lists/contactStore';
import { RelatedStore } from '../../../../../src/contacts/related/relatedStore';
import { InteractionSaves } from '../../../../../src/contacts/saving/interactions/interactionSaves';
import { clientOf } from '../../../../support/apiClient';
import { newGate } from '../../../../support/gate';
import { memoryWindows } from '../../../../support/memoryWindows';
import { recordServer } from '../../../../support/recordServer';
import { silentLog } from '../../../../support/silentLog';
import { until } from '../../../../support/until';

const ref = { organisationId: 'o', contactId: 'c' };
const interactionId = '7';

describe('a change of an interaction', () => {
  const tidy = (sent: Record<string, unknown>) => ({
    ...sent,
    notes: String(sent.notes).replace(/ +/g, ' '),
  });
  const api = recordServer(
    { id: interactionId, type: 'interactions' },
    () => ({ date_time: '2026-03-03T10:00:00Z', contacted: true, notes: 'old', status: 'completed' }),
    tidy,
  );
  const windows = memoryWindows('interactions', InteractionDraftStore);

  /** @param watched false for a window that notices others only when it writes */
  async function open(watched = true) {
    const runtime = runtimeWith(silentLog, systemClock);
    const drafts = await windows.open(undefined, watched);
    const client = clientOf(api.server);
    const related = new RelatedStore(client, runtime);
    const saves = new InteractionSaves(api.server.url, new ContactStore(client), related, drafts, runtime);
    const key = { origin: api.server.url, ...ref, interactionId };
    return {
      drafts,
      saves,
      key,
      async begin() {
        const { resource } = await related.readInteraction(ref.organisationId, interactionId);
        saves.start(ref, interactionId, interactionValues(resource));
      },
      type: (notes: string) => drafts.type(key, 'notes', notes),
      draft: () => saves.draft(ref, interactionId),
      notes: () => saves.draft(ref, interactionId)?.values.notes,
      save: () => saves.send(ref, interactionId),
      state: () => saves.state(ref, interactionId).kind,
    };
  }
  const loseAll = (when: 'before' | 'after') => {
    let lost = false;
    api.server.fault = ({ method }) => {
      if (method === 'PUT') lost = true;
      if (!lost) return undefined;
      return method === 'PUT' ? { drop: when, carriedOut: when === 'after' } : { drop: 'before' };
    };
  };

  for (const watched of [true, false])
    for (const [name, tidied] of [
      ['as it was typed', 'called'],
      ['as the API tidied it', 'called  twice'],
    ] as const)
      it(`that one window saved is nobody else’s in another one, ${name}, ${watched ? 'told' : 'not told'}`, async () => {
        const one = await open();
        await one.begin();
        one.type(tidied);
        await one.drafts.flush();
        const two = await open(watched);
        assert.equal(two.notes(), tidied);
        await one.save();
        assert.equal(one.state(), 'done');
        two.type(`${tidied}, and on`);
        await one.drafts.flush();
        await two.drafts.flush();
        await two.save();
        assert.equal(two.state(), 'done');
        assert.equal(api.attributes.notes, `${tidied.replace('  ', ' ')}, and on`);
      });

  it('that was typed on while it was saved is nobody else’s in another window that typed on, too', async () => {
    const one = await open(false);
    await one.begin();
    one.type('called');
    await one.drafts.flush();
    const two = await open(false);
    two.type('called, says B');
    const gate = newGate();
    api.server.hold = ({ method }) => (method === 'PUT' ? gate.opened : undefined);
    const saving = one.save();
    await until('the PUT', () => api.server.requests.some(({ method }) => method === 'PUT'));
    one.type('called, says A');
    gate.open();
    await saving;
    api.server.hold = undefined;
    await one.drafts.flush();
    await two.drafts.flush();
    assert.deepEqual(
      two.drafts.lost(two.key).map(({ notes }) => notes),
      ['called, says A'],
    );
    await two.save();
    assert.equal(two.state(), 'done');
    assert.equal(api.attributes.notes, 'called, says B');
  });

  it('is known after a crash between the PUT and its answer', async () => {
    const one = await open();
    await one.begin();
    one.type('called  twice');
    loseAll('after');
    await one.save();
    await one.drafts.flush();
    api.server.fault = undefined;
    assert.equal(one.state(), 'unknown');
    const two = await open();
    two.type('called  twice, and on');
    await two.save();
    assert.equal(two.state(), 'done');
    assert.equal(api.attributes.notes, 'called twice, and on');
  });

  it('that was typed back after its answer was lost is put back', async () => {
    const one = await open();
    await one.begin();
    one.type('called');
    loseAll('after');
    await one.save();
    api.server.fault = undefined;
    one.type('old');
    await one.save();
    assert.equal(one.state(), 'done');
    assert.equal(api.attributes.notes, 'old');
    assert.equal(one.draft(), undefined);
  });

  it('whose answers are lost again and again is never a colleague’s', async () => {
    const one = await open();
    await one.begin();
    one.type('called  twice');
    loseAll('after');
    await one.save();
    api.server.fault = undefined;
    one.type('called  twice, and on');
    loseAll('before');
    await one.save();
    api.server.fault = undefined;
    assert.equal(one.state(), 'unknown');
    await one.save();
    assert.equal(one.state(), 'done');
    assert.equal(api.attributes.notes, 'called twice, and on');
  });

  it('that was refused is not taken for ours where a colleague makes the same', async () => {
    const one = await open();
    await one.begin();
    one.type('called');
    api.server.fault = ({ method }) => (method === 'PUT' ? { status: 422, body: {} } : undefined);
    await one.save();
    api.server.fault = undefined;
    assert.equal(one.state(), 'failed');
    assert.equal(one.draft()?.sent, undefined);
    api.attributes = { ...api.attributes, notes: 'called' };
    one.type('called, and on');
    await one.save();
    assert.equal(one.state(), 'conflict');
    assert.equal(api.attributes.notes, 'called');
  });

  it('that was typed on while it was saved is nobody else’s where the API tidied what was sent', async () => {
    const one = await open();
    await one.begin();
    one.type('called  twice');
    const gate = newGate();
    api.server.hold = ({ method }) => (method === 'PUT' ? gate.opened : undefined);
    const saving = one.save();
    await until('the PUT', () => api.server.requests.some(({ method }) => method === 'PUT'));
    one.type('called  twice, and on');
    gate.open();
    await saving;
    api.server.hold = undefined;
    await one.save();
    assert.equal(one.state(), 'done');
    assert.match(String(api.attributes.notes), /, and on$/);
  });
});
