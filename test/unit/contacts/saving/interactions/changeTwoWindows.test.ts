/** Tests a change of an interaction with a second window, a crash, and refusals. */
import assert from 'node:assert/strict';
import { systemClock } from '../../../../../src/base/clock';
import { runtimeWith } from '../../../../../src/base/runtime';
import { interactionValues } from '../../../../../src/contacts/drafts/interactionDraft';
import { InteractionDraftStore } from '../../../../../src/contacts/drafts/interactionDraftStore';
import { ContactStore } from '../../../../../src/contacts/lists/contactStore';
import { RelatedStore } from '../../../../../src/contacts/related/relatedStore';
import { InteractionSaves } from '../../../../../src/contacts/saving/interactions/interactionSaves';
import { DraftFiles } from '../../../../../src/platform/storage/draftFiles';
import { clientOf } from '../../../../support/apiClient';
import { type ApiServer, startApiServer } from '../../../../support/apiServer';
import { newGate } from '../../../../support/gate';
import { MemoryDisk } from '../../../../support/memoryDisk';
import { silentLog } from '../../../../support/silentLog';
import { until } from '../../../../support/until';

const ref = { organisationId: 'o', contactId: 'c' };
const interactionId = '7';

interface Sent {
  readonly data: { readonly attributes: Record<string, unknown> };
}

describe('a change of an interaction', () => {
  let server: ApiServer;
  let attributes: Record<string, unknown>;
  let disk: MemoryDisk;
  let closing: (() => void)[];

  before(async () => {
    server = await startApiServer({
      handler: async (request) => {
        if (request.method === 'PUT') {
          const sent = (JSON.parse(await request.text()) as Sent).data.attributes;
          attributes = { ...sent, notes: String(sent.notes).replace(/ +/g, ' ') };
        }
        return Response.json({ data: { id: interactionId, type: 'interactions', attributes } });
      },
    });
  });
  after(() => server.stop());
  beforeEach(() => {
    server.fault = undefined;
    server.hold = undefined;
    server.requests.length = 0;
    attributes = { date_time: '2026-03-03T10:00:00Z', contacted: true, notes: 'old', status: 'completed' };
    disk = new MemoryDisk();
    closing = [];
  });
  afterEach(() => {
    for (const close of closing) close();
  });

  /** @param watched false for a window that notices others only when it writes */
  async function open(watched = true) {
    const runtime = runtimeWith(silentLog, systemClock);
    const files = new DraftFiles('/storage', 'interactions', disk.window(undefined, watched));
    const drafts = new InteractionDraftStore(files, runtime);
    closing.push(() => drafts.dispose());
    await drafts.ready();
    const client = clientOf(server);
    const related = new RelatedStore(client, runtime);
    const saves = new InteractionSaves(server.url, new ContactStore(client), related, drafts, runtime);
    const key = { origin: server.url, ...ref, interactionId };
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
    server.fault = ({ method }) => {
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
        assert.equal(attributes.notes, `${tidied.replace('  ', ' ')}, and on`);
      });

  it('that was typed on while it was saved is nobody else’s in another window that typed on, too', async () => {
    const one = await open(false);
    await one.begin();
    one.type('called');
    await one.drafts.flush();
    const two = await open(false);
    two.type('called, says B');
    const gate = newGate();
    server.hold = ({ method }) => (method === 'PUT' ? gate.opened : undefined);
    const saving = one.save();
    await until('the PUT', () => server.requests.some(({ method }) => method === 'PUT'));
    one.type('called, says A');
    gate.open();
    await saving;
    server.hold = undefined;
    await one.drafts.flush();
    await two.drafts.flush();
    assert.deepEqual(
      two.drafts.lost(two.key).map(({ notes }) => notes),
      ['called, says A'],
    );
    await two.save();
    assert.equal(two.state(), 'done');
    assert.equal(attributes.notes, 'called, says B');
  });

  it('is known after a crash between the PUT and its answer', async () => {
    const one = await open();
    await one.begin();
    one.type('called  twice');
    loseAll('after');
    await one.save();
    await one.drafts.flush();
    server.fault = undefined;
    assert.equal(one.state(), 'unknown');
    const two = await open();
    two.type('called  twice, and on');
    await two.save();
    assert.equal(two.state(), 'done');
    assert.equal(attributes.notes, 'called twice, and on');
  });

  it('that was typed back after its answer was lost is put back', async () => {
    const one = await open();
    await one.begin();
    one.type('called');
    loseAll('after');
    await one.save();
    server.fault = undefined;
    one.type('old');
    await one.save();
    assert.equal(one.state(), 'done');
    assert.equal(attributes.notes, 'old');
    assert.equal(one.draft(), undefined);
  });

  it('whose answers are lost again and again is never a colleague’s', async () => {
    const one = await open();
    await one.begin();
    one.type('called  twice');
    loseAll('after');
    await one.save();
    server.fault = undefined;
    one.type('called  twice, and on');
    loseAll('before');
    await one.save();
    server.fault = undefined;
    assert.equal(one.state(), 'unknown');
    await one.save();
    assert.equal(one.state(), 'done');
    assert.equal(attributes.notes, 'called twice, and on');
  });

  it('that was refused is not taken for ours where a colleague makes the same', async () => {
    const one = await open();
    await one.begin();
    one.type('called');
    server.fault = ({ method }) => (method === 'PUT' ? { status: 422, body: {} } : undefined);
    await one.save();
    server.fault = undefined;
    assert.equal(one.state(), 'failed');
    assert.equal(one.draft()?.sent, undefined);
    attributes = { ...attributes, notes: 'called' };
    one.type('called, and on');
    await one.save();
    assert.equal(one.state(), 'conflict');
    assert.equal(attributes.notes, 'called');
  });
});
