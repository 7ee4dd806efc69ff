import assert from 'node:assert/strict';
import type { FieldName } from '../../../src/contacts/contact';
import { ContactStore } from '../../../src/contacts/contactStore';
import { withEdit } from '../../../src/contacts/draft';
import { DraftStore } from '../../../src/contacts/draftStore';
import { newDraft, Saves } from '../../../src/contacts/saves';
import { clientOf } from '../../support/apiClient';
import { type ApiServer, startApiServer } from '../../support/apiServer';
import { colleague } from '../../support/colleague';
import { noDisk } from '../../support/noDisk';
import { silentLog } from '../../support/silentLog';

describe('what is chosen in a conflict', () => {
  let server: ApiServer;
  let turn = 0;
  before(async () => {
    server = await startApiServer({ contacts: 30 });
  });
  after(() => server.stop());

  /** Both sides changed the first name and the e-mail address, and a save has found it. */
  async function inConflict() {
    const other = colleague(server);
    const organisationId = (await other.organisations())[0]?.id ?? assert.fail();
    const mine = { first_name: `Mine ${++turn}`, email: `mine${turn}@example.org` };
    const theirs = { first_name: `Theirs ${turn}`, email: `theirs${turn}@example.org` };
    const contact = (await other.contacts(organisationId)).at(-1) ?? assert.fail();
    const ref = { organisationId, contactId: contact.id };
    const address = `/v3/orgs/${organisationId}/customers/contacts/${contact.id}`;
    const store = new ContactStore(clientOf(server));
    const drafts = new DraftStore(noDisk, silentLog);
    const saves = new Saves(server.url, store, drafts);
    const { first_name, email } = (await store.load(ref)).resource.attributes ?? {};
    let draft = withEdit(newDraft(), 'first_name', mine.first_name, String(first_name ?? ''));
    draft = withEdit(draft, 'email', mine.email, String(email ?? ''));
    drafts.set({ origin: server.url, ...ref }, draft);
    await other.change(address, theirs);
    await saves.save(ref);
    assert.equal(saves.state(ref).kind, 'conflict');
    const now = async () => (await other.read(address)).attributes;
    /** A change that a colleague makes meanwhile, and that is read here. */
    const changeTo = async (fields: Record<string, string>) => {
      await other.change(address, fields);
      await store.load(ref);
    };
    const chosen = (field: FieldName) =>
      saves
        .conflicts(ref)
        .flatMap((conflict) => (conflict.field === field ? (saves.choice(ref, conflict) ?? []) : []));
    return { ref, saves, drafts, mine, theirs, now, changeTo, chosen };
  }

  it('goes with the next save, wherever that is asked for', async () => {
    const { ref, saves, mine, theirs, now, chosen } = await inConflict();
    saves.choose(ref, { field: 'first_name', choice: 'mine' });
    saves.choose(ref, { field: 'email', choice: 'mine' });
    saves.choose(ref, { field: 'email', choice: 'theirs' });
    await saves.save(ref);
    assert.equal(saves.state(ref).kind, 'saved');
    const { first_name, email } = await now();
    assert.deepEqual({ first_name, email }, { first_name: mine.first_name, email: theirs.email });
    assert.deepEqual(chosen('email'), []);
  });

  it('saves nothing while one is missing, and is kept', async () => {
    const { ref, saves, theirs, now, chosen } = await inConflict();
    saves.choose(ref, { field: 'email', choice: 'other', value: 'both@example.org' });
    await saves.save(ref);
    assert.equal(saves.state(ref).kind, 'conflict');
    assert.deepEqual(chosen('email'), [{ field: 'email', choice: 'other', value: 'both@example.org' }]);
    assert.equal((await now()).first_name, theirs.first_name);
  });

  it('does not hold against what a colleague wrote later', async () => {
    const { ref, saves, mine, now, changeTo, chosen } = await inConflict();
    saves.choose(ref, { field: 'first_name', choice: 'mine' });
    saves.choose(ref, { field: 'email', choice: 'mine' });
    await changeTo({ email: 'later@example.org' });
    assert.deepEqual(chosen('email'), []);
    await saves.save(ref);
    assert.equal(saves.state(ref).kind, 'conflict');
    assert.equal((await now()).email, 'later@example.org');
    saves.choose(ref, { field: 'email', choice: 'mine' });
    await saves.save(ref);
    const { first_name, email } = await now();
    assert.deepEqual({ first_name, email }, mine);
  });

  it('keeps a value that was typed, and saves it against nothing that was not seen', async () => {
    const { ref, saves, now, changeTo, chosen } = await inConflict();
    const typed = { field: 'email', choice: 'other', value: 'both@example.org' } as const;
    saves.choose(ref, { field: 'first_name', choice: 'theirs' });
    saves.choose(ref, typed);
    await changeTo({ email: 'later@example.org' });
    assert.deepEqual(chosen('email'), [typed]);
    await saves.save(ref);
    assert.equal(saves.state(ref).kind, 'conflict');
    assert.equal((await now()).email, 'later@example.org');
    assert.deepEqual(chosen('email'), [typed]);
  });

  it('goes with what was typed when that is discarded', async () => {
    const { ref, saves, drafts, chosen } = await inConflict();
    saves.choose(ref, { field: 'email', choice: 'mine' });
    assert.equal(chosen('email').length, 1);
    drafts.discard({ origin: server.url, ...ref });
    saves.edited(ref);
    assert.deepEqual(chosen('email'), []);
  });
});
