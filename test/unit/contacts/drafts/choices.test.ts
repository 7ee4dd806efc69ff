import assert from 'node:assert/strict';
import { newDraft, withEdit } from '../../../../src/contacts/drafts/draft';
import { formatDraft, parseDraft } from '../../../../src/contacts/drafts/draftRecord';
import { DraftStore } from '../../../../src/contacts/drafts/draftStore';
import { ContactStore } from '../../../../src/contacts/lists/contactStore';
import { valuesOf } from '../../../../src/contacts/model/contact';
import { ContactSaves } from '../../../../src/contacts/saving/contactSaves';
import { Editing } from '../../../../src/panel/editing';
import type { FieldName } from '../../../../src/protocol/fields';
import { clientOf } from '../../../support/apiClient';
import { type ApiServer, startApiServer } from '../../../support/apiServer';
import { colleague } from '../../../support/colleague';
import { memoryStorage } from '../../../support/memoryStorage';
import { silentRuntime } from '../../../support/silentLog';

describe('what is chosen in a conflict', () => {
  let server: ApiServer;
  let turn = 0;
  before(async () => {
    server = await startApiServer({ contacts: 30 });
  });
  after(() => server.stop());

  /** Makes conflicts in the first name and the email address, which a save has found. */
  async function inConflict() {
    const other = colleague(server);
    const organisationId = (await other.organisations())[0]?.id ?? assert.fail();
    const later = `later${turn}@example.org`;
    const mine = { first_name: `Mine ${++turn}`, email: `mine${turn}@example.org` };
    const theirs = { first_name: `Theirs ${turn}`, email: `theirs${turn}@example.org` };
    const contact = (await other.contacts(organisationId)).at(-1) ?? assert.fail();
    const ref = { organisationId, contactId: contact.id };
    const address = `/v3/orgs/${organisationId}/customers/contacts/${contact.id}`;
    const store = new ContactStore(clientOf(server));
    const drafts = new DraftStore(memoryStorage(), silentRuntime);
    const saves = new ContactSaves(server.url, store, drafts, silentRuntime);
    const started = valuesOf((await store.load(ref)).resource);
    let draft = withEdit(newDraft(), 'first_name', mine.first_name, started.first_name);
    draft = withEdit(draft, 'email', mine.email, started.email);
    const key = { origin: server.url, ...ref };
    drafts.set(key, draft);
    await other.change(address, theirs);
    await saves.save(ref);
    assert.equal(saves.state(ref).kind, 'conflict');
    const now = async () => (await other.read(address)).attributes;
    /** Changes the contact as a colleague, and reads it here. */
    const changeTo = async (fields: Record<string, string>) => {
      await other.change(address, fields);
      await store.load(ref);
    };
    const chosen = (field: FieldName) => drafts.get(key)?.choices?.[field];
    /** Answers a conflict as a user who sees the current values. */
    const choose = (field: FieldName, choice: 'mine' | 'theirs' | { readonly other: string }) => {
      const conflict = saves.conflicts(ref).find((one) => one.field === field) ?? assert.fail();
      const made =
        typeof choice === 'string' ? { choice } : { choice: 'other' as const, value: choice.other };
      assert.ok(saves.choose(ref, { field, theirs: conflict.theirs, ...made }));
    };
    return { ref, key, store, saves, drafts, started, mine, theirs, later, now, changeTo, chosen, choose };
  }

  it('goes with the next save, wherever that is asked for', async () => {
    const { ref, saves, mine, theirs, now, chosen, choose } = await inConflict();
    choose('first_name', 'mine');
    choose('email', 'mine');
    choose('email', 'theirs');
    await saves.save(ref);
    assert.equal(saves.state(ref).kind, 'saved');
    const { first_name, email } = await now();
    assert.deepEqual({ first_name, email }, { first_name: mine.first_name, email: theirs.email });
    assert.equal(chosen('email'), undefined);
  });

  it('is in the request that the next save would send', async () => {
    const { ref, saves, mine, choose } = await inConflict();
    const { signal } = new AbortController();
    choose('email', 'theirs');
    assert.equal((await saves.plan(ref, signal)).kind, 'conflict');
    choose('first_name', 'mine');
    const plan = await saves.plan(ref, signal);
    assert.deepEqual(plan.kind === 'update' && plan.edits, { first_name: mine.first_name });
  });

  it('saves nothing while one is missing, and is kept', async () => {
    const { ref, saves, theirs, now, chosen, choose } = await inConflict();
    choose('email', { other: 'both@example.org' });
    const made = chosen('email') ?? assert.fail();
    await saves.save(ref);
    assert.equal(saves.state(ref).kind, 'conflict');
    assert.deepEqual(chosen('email'), made);
    assert.equal((await now()).first_name, theirs.first_name);
  });

  it('does not hold against what a colleague wrote later', async () => {
    const { ref, saves, mine, now, changeTo, choose, later } = await inConflict();
    choose('first_name', 'mine');
    choose('email', 'mine');
    await changeTo({ email: later });
    await saves.save(ref);
    assert.equal(saves.state(ref).kind, 'conflict');
    assert.equal((await now()).email, later);
    choose('email', 'mine');
    await saves.save(ref);
    const { first_name, email } = await now();
    assert.deepEqual({ first_name, email }, mine);
  });

  it('replaces no value that was not on screen, however late it is clicked', async () => {
    const { ref, saves, mine, theirs, now, changeTo, later } = await inConflict();
    const onScreen = saves.conflicts(ref);
    await changeTo({ email: later });
    const choices = onScreen.map(({ field, theirs: seen }) => ({
      field,
      theirs: seen,
      choice: 'mine' as const,
    }));
    await saves.resolve(ref, choices);
    assert.deepEqual(
      saves.conflicts(ref).map(({ field, theirs: newest }) => [field, newest]),
      [['email', later]],
    );
    assert.equal((await now()).first_name, theirs.first_name, 'nothing is sent');
    await saves.resolve(ref, [{ field: 'email', theirs: later, choice: 'theirs' }]);
    const { first_name, email } = await now();
    assert.deepEqual({ first_name, email }, { first_name: mine.first_name, email: later });
  });

  it('keeps a value that was typed, and saves it against nothing that was not seen', async () => {
    const { ref, saves, now, changeTo, chosen, choose, later } = await inConflict();
    choose('first_name', 'theirs');
    choose('email', { other: 'both@example.org' });
    const made = chosen('email') ?? assert.fail();
    await changeTo({ email: later });
    await saves.save(ref);
    assert.equal(saves.state(ref).kind, 'conflict');
    assert.equal((await now()).email, later);
    assert.deepEqual(chosen('email'), made);
  });

  it('is on the disk with what was typed', async () => {
    const { key, drafts, chosen, choose } = await inConflict();
    choose('first_name', 'theirs');
    choose('email', { other: 'both@example.org' });
    const stored = parseDraft(formatDraft(key, drafts.get(key) ?? assert.fail()));
    assert.deepEqual(stored?.draft.choices, { first_name: chosen('first_name'), email: chosen('email') });
  });

  it('was typed into the field when the conflict is over', async () => {
    const { ref, key, saves, drafts, started, now, changeTo, choose } = await inConflict();
    choose('first_name', 'theirs');
    choose('email', { other: 'both@example.org' });
    // The colleague reverts the change.
    await changeTo({ ...started });
    saves.settle(ref);
    assert.equal(drafts.get(key)?.edits.email, 'both@example.org');
    await saves.save(ref);
    assert.equal(saves.state(ref).kind, 'saved');
    assert.equal((await now()).email, 'both@example.org');
  });

  it('sends the value that was typed last also when nobody looked since the conflict was over', async () => {
    const { ref, saves, started, now, changeTo, choose } = await inConflict();
    choose('email', { other: 'both@example.org' });
    await changeTo({ ...started });
    await saves.save(ref);
    assert.equal((await now()).email, 'both@example.org');
  });

  it('ends where the field itself is typed into later, and the third value is kept beside it', async () => {
    const { ref, key, saves, drafts, theirs, now, chosen, choose } = await inConflict();
    choose('first_name', 'theirs');
    choose('email', { other: 'both@example.org' });
    // After a restart, the form shows the fields until the next save.
    const { organisationId, contactId } = ref;
    const editing = new Editing(drafts, { origin: server.url, organisationId, contactId }, () => saves);
    editing.edit({ field: 'email', value: 'last@example.org', base: theirs.email }, '', '');
    assert.equal(chosen('email'), undefined);
    assert.deepEqual(drafts.lost(key), [{ field: 'email', text: 'both@example.org' }]);
    await saves.save(ref);
    choose('email', 'mine');
    await saves.save(ref);
    assert.equal((await now()).email, 'last@example.org');
  });

  it('ends where the field is typed into, also when the conflict is over by the next save', async () => {
    const { ref, saves, drafts, started, now, changeTo, choose } = await inConflict();
    choose('first_name', 'theirs');
    choose('email', { other: 'both@example.org' });
    const { organisationId, contactId } = ref;
    const editing = new Editing(drafts, { origin: server.url, organisationId, contactId }, () => saves);
    await changeTo({ ...started });
    editing.edit({ field: 'email', value: 'last@example.org', base: started.email }, '', '');
    await saves.save(ref);
    assert.equal((await now()).email, 'last@example.org');
  });

  it('goes with what was typed when that is discarded', async () => {
    const { key, drafts, chosen, choose } = await inConflict();
    choose('email', { other: 'both@example.org' });
    drafts.discard(key);
    assert.equal(chosen('email'), undefined);
  });
});
