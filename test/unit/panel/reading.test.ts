import assert from 'node:assert/strict';
import { withEdit } from '../../../src/contacts/drafts/draft';
import { DraftStore } from '../../../src/contacts/drafts/draftStore';
import { ContactStore } from '../../../src/contacts/lists/contactStore';
import { newDraft, Saves } from '../../../src/contacts/saving/saves';
import { Reading } from '../../../src/panel/reading';
import { clientOf } from '../../support/apiClient';
import { type ApiServer, startApiServer } from '../../support/apiServer';
import { colleague } from '../../support/colleague';
import { noDisk } from '../../support/noDisk';
import { silentLog, silentRuntime } from '../../support/silentLog';
import { SteppedClock } from '../../support/steppedClock';
import { until } from '../../support/until';

describe('looking again at a contact whose panel is open', () => {
  let server: ApiServer;
  before(async () => {
    server = await startApiServer({ contacts: 30 });
  });
  after(() => server.stop());

  /** Loads a contact long enough ago for another check, whose response is slow while later ones are fast. */
  async function treeRefresh() {
    const other = colleague(server);
    const organisationId = (await other.organisations())[0]?.id ?? assert.fail();
    const { id: contactId, attributes } = (await other.contacts(organisationId))[0] ?? assert.fail();
    const ref = { organisationId, contactId };
    const contacts = new ContactStore(clientOf(server));
    const drafts = new DraftStore(noDisk, silentRuntime);
    const saves = new Saves(server.url, contacts, drafts, silentRuntime);
    let loads = 0;
    const clock = new SteppedClock();
    const host = {
      log: silentLog,
      clock,
      data: () => ({ contacts }),
      changed() {},
      loaded: () => void loads++,
    };
    const reading = new Reading(host, ref);
    saves.onDidChange(() => saves.state(ref).kind === 'saving' && reading.saving());
    reading.load();
    await until('the contact', () => loads === 1);
    // A change of the time of day must not affect an interval.
    clock.jump(-3_600_000);
    clock.advance(1_100);
    let looks = 0;
    server.fault = () => (looks++ === 0 ? { delay: 600 } : undefined);
    reading.look();
    await until('the look', () => looks === 1);
    const address = `/v3/orgs/${organisationId}/customers/contacts/${contactId}`;
    const type = (value: string) =>
      drafts.set(
        { origin: server.url, ...ref },
        withEdit(newDraft(), 'email', value, String(attributes.email ?? '')),
      );
    const lookEnds = () => new Promise((resolve) => setTimeout(resolve, 900));
    return { other, ref, saves, reading, address, type, lookEnds };
  }

  it('calls nothing a colleague’s that was saved meanwhile', async () => {
    const { ref, saves, reading, type, lookEnds } = await treeRefresh();
    type('mine@example.org');
    await saves.save(ref);
    assert.equal(saves.state(ref).kind, 'saved');
    await lookEnds();
    assert.deepEqual(reading.changed, []);
  });

  it('tells what a colleague changed, also where Save was asked for with nothing to be saved', async () => {
    const { other, ref, saves, reading, address, lookEnds } = await treeRefresh();
    await other.change(address, { telephone: '+44 20 7946 0000' });
    await saves.save(ref);
    await lookEnds();
    assert.deepEqual(reading.changed, ['telephone']);
  });

  it('logs an error that nobody foresaw, with its stack', async () => {
    const contacts = new ContactStore(clientOf(server));
    contacts.load = async () => {
      throw new TypeError('unforeseen');
    };
    const lines: string[] = [];
    const log = { ...silentLog, error: (line: string) => lines.push(line) };
    const host = { log, clock: new SteppedClock(), data: () => ({ contacts }), changed() {}, loaded() {} };
    const reading = new Reading(host, { organisationId: 'o', contactId: 'c' });
    reading.load();
    await until('the end', () => reading.loading.kind === 'failed');
    assert.match(lines.join('\n'), /load contact · TypeError at /);
  });
});
