import assert from 'node:assert/strict';
import { newDraft, withEdit } from '../../../src/contacts/drafts/draft';
import { DraftStore } from '../../../src/contacts/drafts/draftStore';
import { ContactStore } from '../../../src/contacts/lists/contactStore';
import { isFieldName, valuesOf } from '../../../src/contacts/model/contact';
import { ContactSaves } from '../../../src/contacts/saving/contactSaves';
import { Reading } from '../../../src/panel/reading';
import type { FieldName } from '../../../src/protocol/fields';
import { clientOf } from '../../support/apiClient';
import { type ApiServer, type Fault, startApiServer } from '../../support/apiServer';
import { colleague } from '../../support/colleague';
import { newGate } from '../../support/gate';
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
  afterEach(() => {
    server.fault = undefined;
  });

  /** Loads a contact long enough ago for another check, whose response is slow while later ones are fast. */
  async function reopened() {
    const other = colleague(server);
    const organisationId = (await other.organisations())[0]?.id ?? assert.fail();
    const { id: contactId, attributes } = (await other.contacts(organisationId))[0] ?? assert.fail();
    const ref = { organisationId, contactId };
    const contacts = new ContactStore(clientOf(server));
    const drafts = new DraftStore(noDisk, silentRuntime);
    const saves = new ContactSaves(server.url, contacts, drafts, silentRuntime);
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
    const answer = newGate();
    server.fault = () => (looks++ === 0 ? { held: answer.opened } : undefined);
    let looking: Promise<unknown> | undefined;
    const load = contacts.load.bind(contacts);
    contacts.load = (...which) => {
      const loaded = load(...which);
      looking ??= loaded;
      return loaded;
    };
    reading.checkForChanges();
    await until('the look', () => looks === 1);
    const address = `/v3/orgs/${organisationId}/customers/contacts/${contactId}`;
    const type = (value: string) =>
      drafts.set(
        { origin: server.url, ...ref },
        withEdit(newDraft(), 'email', value, String(attributes.email ?? '')),
      );
    const lookEnds = async () => {
      answer.open();
      // One that a save overtook is cancelled.
      await looking?.catch(() => undefined);
      await new Promise((resolve) => setImmediate(resolve));
    };
    return { other, ref, saves, reading, address, type, lookEnds };
  }

  it('calls nothing a colleague’s that was saved meanwhile', async () => {
    const { ref, saves, reading, type, lookEnds } = await reopened();
    type('mine@example.org');
    await saves.save(ref);
    assert.equal(saves.state(ref).kind, 'saved');
    await lookEnds();
    assert.deepEqual(reading.changed, []);
  });

  it('tells what a colleague changed, also where Save was asked for with nothing to be saved', async () => {
    const { other, ref, saves, reading, address, lookEnds } = await reopened();
    await other.change(address, { telephone: '+44 20 7946 0000' });
    await saves.save(ref);
    await lookEnds();
    assert.deepEqual(reading.changed, ['telephone']);
  });

  /** A contact whose row is known, and that is being opened. */
  async function opened(at: number, fault?: (path: string) => Fault | undefined) {
    const other = colleague(server);
    const organisationId = (await other.organisations())[0]?.id ?? assert.fail();
    const contacts = new ContactStore(clientOf(server));
    const list = await contacts.ensureList(organisationId);
    const ref = { organisationId, contactId: list.ids[at] ?? assert.fail() };
    const drafts = new DraftStore(noDisk, silentRuntime);
    const saves = new ContactSaves(server.url, contacts, drafts, silentRuntime);
    const reading = new Reading(
      { log: silentLog, clock: new SteppedClock(), data: () => ({ contacts }), changed() {}, loaded() {} },
      ref,
    );
    let before: string | undefined;
    saves.onDidChange(() => {
      const saving = saves.state(ref);
      if (saving.kind === 'saving') reading.saving();
      else if (before === 'saving') reading.saved(saving.kind === 'failed' ? saving.error : undefined);
      before = saving.kind;
    });
    const address = `/v3/orgs/${organisationId}/customers/contacts/${ref.contactId}`;
    server.requests.length = 0;
    server.fault = ({ path }) => (path.startsWith(address) ? fault?.(path) : undefined);
    const shown = () => valuesOf(reading.shown?.resource ?? assert.fail('nothing is shown'));
    const type = (field: FieldName, value: string) =>
      drafts.set({ origin: server.url, ...ref }, withEdit(newDraft(), field, value, shown()[field]));
    return { other, ref, contacts, drafts, saves, reading, address, shown, type };
  }

  it('shows the row until the reading has come, and tells what that changed', async () => {
    const { other, contacts, ref, reading, address, shown } = await opened(3);
    const row = valuesOf(contacts.summary(ref) ?? assert.fail());
    await other.change(address, { first_name: 'Meanwhile' });
    reading.load();
    assert.deepEqual(shown(), row);
    assert.equal(reading.document, undefined, 'a row has no related records');
    await until('the reading', () => reading.loading.kind === 'loaded');
    assert.deepEqual(shown(), { ...row, first_name: 'Meanwhile' });
    assert.deepEqual(reading.changed, ['first_name']);
  });

  it('tells nothing of what a row leaves out, and of a field that looked empty for that reason', async () => {
    const { other, contacts, ref, reading, address } = await opened(4);
    await other.change(address, { telephone: '+44 20 7946 0001' });
    const row = contacts.summary(ref) ?? assert.fail();
    Object.assign(row, { attributes: { first_name: row.attributes?.first_name } });
    reading.load();
    await until('the reading', () => reading.loading.kind === 'loaded');
    assert.ok(reading.changed.includes('telephone'));
    assert.deepEqual(
      reading.changed.filter((name) => !isFieldName(name)),
      [],
    );
  });

  it('makes a conflict of what was typed over the row, if a colleague changed it', async () => {
    const { other, saves, reading, ref, address, type } = await opened(5, () => ({ delay: 200 }));
    await other.change(address, { last_name: 'Newer' });
    reading.load();
    type('last_name', 'Mine');
    await saves.save(ref);
    assert.equal(saves.state(ref).kind, 'conflict');
    assert.equal(saves.conflicts(ref)[0]?.theirs, 'Newer');
    assert.equal(server.requests.filter(({ method }) => method === 'PUT').length, 1, 'the colleague’s');
  });

  it('takes the reading of a save for its own, and asks for nothing twice', async () => {
    let asked = 0;
    const { saves, reading, ref, shown, type } = await opened(6, () =>
      asked++ === 0 ? { delay: 60_000 } : undefined,
    );
    reading.load();
    await until('the request', () => asked === 1);
    type('last_name', 'Saved');
    await saves.save(ref);
    assert.equal(saves.state(ref).kind, 'saved');
    assert.equal(reading.loading.kind, 'loaded');
    assert.equal(shown().last_name, 'Saved');
    assert.deepEqual(reading.changed, []);
    const since = server.requests.slice(1).map(({ method }) => method);
    assert.deepEqual(since, ['GET', 'PUT']);
  });

  it('goes on showing the row when the reading fails, and tells since when', async () => {
    const begun = Date.now();
    const { contacts, ref, saves, reading, shown, type } = await opened(7, () => ({ drop: 'before' }));
    const row = shown();
    reading.load();
    await until('the failure', () => reading.loading.kind === 'failed');
    assert.deepEqual(shown(), row);
    const since = contacts.knownSince(ref) ?? assert.fail('no time');
    assert.ok(since >= begun - 30_000 && since <= Date.now());
    type('last_name', 'Typed');
    await saves.save(ref);
    assert.equal(saves.state(ref).kind, 'failed');
    assert.equal(reading.loading.kind, 'failed');
    server.fault = undefined;
    await saves.save(ref);
    assert.equal(saves.state(ref).kind, 'saved');
    assert.equal(reading.loading.kind, 'loaded');
    assert.equal(shown().last_name, 'Typed');
  });

  it('shows no row of a contact that Ctrl Hub does not have any more', async () => {
    const { drafts, ref, reading, type } = await opened(8, () => ({ status: 404, body: { errors: [] } }));
    reading.load();
    type('last_name', 'Typed');
    await until('the failure', () => reading.loading.kind === 'failed');
    assert.equal(reading.shown, undefined);
    assert.equal(drafts.get({ origin: server.url, ...ref })?.edits.last_name, 'Typed');
    reading.load();
    assert.equal(reading.shown, undefined, 'nor while it is asked again');
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
