/**
 * Every answer of a server that fails, at every moment of a save: nothing typed is lost, what is said is true, nothing
 * that was carried out is sent again, and going on ends in a save.
 */
import assert from 'node:assert/strict';
import { runtimeWith } from '../../../../src/base/runtime';
import { newDraft, withEdit } from '../../../../src/contacts/drafts/draft';
import { DraftStore } from '../../../../src/contacts/drafts/draftStore';
import { ContactStore } from '../../../../src/contacts/lists/contactStore';
import { ContactSaves } from '../../../../src/contacts/saving/contactSaves';
import { faults } from '../../../faults/faults';
import { clientOf } from '../../../support/apiClient';
import { type ApiServer, startApiServer } from '../../../support/apiServer';
import { asked, type ContactRecord, colleague } from '../../../support/colleague';
import { memoryStorage } from '../../../support/memoryStorage';
import { silentLog } from '../../../support/silentLog';
import { SteppedClock } from '../../../support/steppedClock';

const moments = ['reading before the save', 'the PUT', 'the answer'] as const;

describe('a save and a server that fails', () => {
  let server: ApiServer;
  let organisationId: string;
  let contacts: readonly ContactRecord[];
  let next = 0;
  before(async () => {
    server = await startApiServer({ contacts: 100 });
    organisationId = (await colleague(server).organisations())[2]?.id ?? assert.fail('no organisation');
    contacts = await colleague(server).contacts(organisationId);
  });
  after(() => server.stop());
  afterEach(() => {
    server.fault = undefined;
  });

  for (const { name, answer } of faults) {
    if (answer === undefined) continue;
    for (const moment of moments)
      it(`${name}, ${moment}`, async () => {
        const contact = contacts[next++] ?? assert.fail('too few contacts');
        const ref = { organisationId, contactId: contact.id };
        const path = `/v3/orgs/${organisationId}/customers/contacts/${contact.id}`;
        const clock = new SteppedClock();
        const runtime = runtimeWith(silentLog, clock);
        const store = new ContactStore(clientOf(server), clock);
        const drafts = new DraftStore(memoryStorage(), runtime);
        const saves = new ContactSaves(server.url, store, drafts, runtime);
        const key = { origin: server.url, ...ref };
        const typed = `Typed ${next}`;
        const start = server.requests.length;
        const puts = () => asked(server, start).filter(({ method }) => method === 'PUT');
        const isSaved = async () => (await colleague(server).read(path)).attributes.first_name === typed;
        await store.load(ref, new AbortController().signal);
        drafts.set(
          key,
          withEdit(newDraft(), 'first_name', typed, String(contact.attributes.first_name ?? '')),
        );

        const carriedOut = moment === 'the answer';
        const method = moment === 'reading before the save' ? 'GET' : 'PUT';
        server.fault = (request) =>
          request.method === method && !request.headers['x-colleague'] ? answer(carriedOut) : undefined;
        await saves.save(ref);
        const { kind } = saves.state(ref);
        const wasSaved = await isSaved();
        const isLie = carriedOut && /^4\d\d$/.test(name);
        if (kind === 'saved') assert.ok(wasSaved, 'says saved, and is not');
        else if (!isLie && kind !== 'unknown') assert.ok(!wasSaved, `says ${kind}, and is saved`);
        if (kind !== 'saved')
          assert.equal(drafts.get(key)?.edits.first_name, typed, 'what was typed is kept');
        assert.ok(puts().length <= 1, `${puts().length} PUTs before the person went on`);

        server.fault = undefined;
        const sent = puts().length;
        if (saves.state(ref).kind === 'waiting') saves.cancelWait(ref);
        if (saves.state(ref).kind !== 'saved') await saves.save(ref);
        assert.ok(await isSaved(), 'saved in the end');
        assert.equal(puts().length, wasSaved ? sent : sent + 1, 'and sent once');
        assert.deepEqual(drafts.get(key)?.edits ?? {}, {}, 'nothing is left unsaved');
        const { first_name: _, ...others } = contact.attributes;
        for (const { json } of puts()) {
          const { first_name, ...rest } = (json as { data: ContactRecord }).data.attributes;
          assert.equal(first_name, typed, 'only what was typed is sent');
          assert.deepEqual(rest, others, 'everything else is as it was');
        }
        saves.dispose();
        drafts.dispose();
      });
  }
});
