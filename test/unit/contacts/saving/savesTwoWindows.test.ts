/** Tests saving a contact in one window while another one has the same draft. */

import assert from 'node:assert/strict';
import { DraftStore } from '../../../../src/contacts/drafts/draftStore';
import { ContactStore } from '../../../../src/contacts/lists/contactStore';
import { valuesOf } from '../../../../src/contacts/model/contact';
import { ContactSaves } from '../../../../src/contacts/saving/contactSaves';
import { typeInto } from '../../../../src/contacts/saving/typeInto';
import type { FieldName } from '../../../../src/protocol/fields';
import { clientOf } from '../../../support/apiClient';
import { memoryWindows } from '../../../support/memoryWindows';
import { recordServer } from '../../../support/recordServer';
import { silentLog } from '../../../support/silentLog';
import { SteppedClock } from '../../../support/steppedClock';
import { until } from '../../../support/until';

const ref = { organisationId: 'o', contactId: 'c' };

describe('a contact’s save beside another window', () => {
  const api = recordServer(
    { id: 'c', type: 'contacts' },
    () => ({ first_name: 'Ada', last_name: 'Byron', email: 'old@x.org', telephone: null }),
    (sent) => ({ ...sent, email: String(sent.email).toLowerCase() }),
  );
  const { puts } = api;
  const windows = memoryWindows('drafts', DraftStore);

  const lose = (when: 'before' | 'after') => {
    let lost = false;
    api.server.fault = ({ method }) => {
      if (method === 'PUT') {
        lost = true;
        return { drop: when, carriedOut: when === 'after' };
      }
      return lost ? { drop: 'before' } : undefined;
    };
  };

  async function open(watched = true) {
    const clock = new SteppedClock();
    const drafts = await windows.open(undefined, watched);
    const store = new ContactStore(clientOf(api.server));
    const saves = new ContactSaves(api.server.url, store, drafts, { clock, log: silentLog });
    const key = { origin: api.server.url, ...ref };
    await store.load(ref);
    const shown = () => valuesOf(store.document(ref)?.resource ?? assert.fail());
    return {
      clock,
      drafts,
      store,
      saves,
      key,
      draft: () => drafts.get(key),
      edits: () => drafts.get(key)?.edits ?? {},
      type(field: FieldName, value: string) {
        typeInto(drafts, saves, key, { field, value, base: shown()[field] }, '', '');
      },
      async look() {
        await store.load(ref);
        saves.settle(ref);
      },
      shown,
      conflicts: () => saves.conflicts(ref),
      save: () => saves.save(ref),
      state: () => saves.state(ref).kind,
    };
  }

  it('is no colleague’s change to newer text there, as the API tidied what was saved', async () => {
    const one = await open();
    one.type('email', 'Ada@X.org');
    await one.drafts.flush();
    const two = await open(false);
    await one.save();
    await one.drafts.flush();
    two.type('email', 'Ada@X.org.uk');
    await two.drafts.flush();
    await two.look();
    assert.deepEqual(two.conflicts(), []);
    await two.save();
    assert.equal(two.state(), 'saved');
    assert.equal(api.attributes.email, 'ada@x.org.uk');
  });

  it('is no colleague’s change to newer text there, where only a reading showed that it arrived', async () => {
    const one = await open();
    one.type('email', 'Ada@X.org');
    await one.drafts.flush();
    const two = await open(false);
    lose('after');
    await one.save();
    assert.equal(one.state(), 'unknown');
    api.server.fault = undefined;
    await one.look();
    assert.deepEqual(one.edits(), {});
    await one.drafts.flush();
    two.type('email', 'Ada@X.org.uk');
    await two.drafts.flush();
    await two.look();
    assert.deepEqual(two.conflicts(), []);
    assert.equal(two.edits().email, 'Ada@X.org.uk');
  });

  for (const ending of ['saved', 'reverted'] as const)
    it(`is no colleague’s change to newer text there, where the rest was ${ending} later`, async () => {
      const one = await open();
      one.type('email', 'ada@x.org');
      one.type('first_name', 'Bea');
      await one.drafts.flush();
      const two = await open(false);
      // The server accepts the email address only.
      api.server.fault = ({ method }) => {
        if (method !== 'PUT') return undefined;
        api.attributes = { ...api.attributes, email: 'ada@x.org' };
        return { body: { data: { id: 'c', type: 'contacts', attributes: api.attributes } } };
      };
      await one.save();
      api.server.fault = undefined;
      assert.deepEqual([one.state(), one.edits()], ['ignored', { first_name: 'Bea' }]);
      if (ending === 'saved') await one.save();
      else one.drafts.revert(one.key);
      assert.deepEqual(one.edits(), {});
      await one.drafts.flush();
      two.type('email', 'ada@x.org.uk');
      await two.drafts.flush();
      await two.look();
      assert.deepEqual(two.conflicts(), []);
    });

  it('is no colleague’s change to what is typed next there, over a form that is older', async () => {
    const one = await open();
    one.type('email', 'Ada@X.org');
    await one.drafts.flush();
    const two = await open();
    await one.save();
    await one.drafts.flush();
    await until('the end there', () => two.edits().email === undefined);
    assert.equal(two.shown().email, 'old@x.org');
    two.type('email', 'new@x.org');
    await two.save();
    assert.equal(two.state(), 'saved');
    assert.equal(api.attributes.email, 'new@x.org');
    // A colleague's change is still a conflict.
    two.type('email', 'newer@x.org');
    api.attributes = { ...api.attributes, email: 'theirs@x.org' };
    await two.save();
    assert.equal(two.state(), 'conflict');
  });

  it('is no colleague’s change to what was typed over an older form while it was saved', async () => {
    const [one, two] = [await open(), await open()];
    one.type('email', 'Ada@X.org');
    await one.save();
    assert.equal(one.state(), 'saved');
    two.type('email', 'new@x.org');
    await two.drafts.flush();
    await until('the mark', () => two.draft()?.sent?.email !== undefined);
    await two.save();
    assert.equal(two.state(), 'saved');
    assert.equal(api.attributes.email, 'new@x.org');
  });

  it('leaves no edit where somebody types what was saved once more', async () => {
    const one = await open();
    one.type('email', 'Ada@X.org');
    await one.save();
    one.type('email', 'ada@x.or');
    one.type('email', 'ada@x.org');
    assert.deepEqual(one.edits(), {});
  });

  it('that is refused takes no mark of what the other one has on its way', async () => {
    const one = await open();
    one.type('first_name', 'Bea');
    api.server.fault = ({ method }) => (method === 'PUT' ? { status: 422, body: {}, delay: 50 } : undefined);
    const saving = one.save();
    await until('the PUT', () => puts().length === 1);
    const draft = one.draft() ?? assert.fail();
    // The draft as joined with that of another window.
    const [edits, base] = [
      { ...draft.edits, email: 'Ada@X.org' },
      { ...draft.base, email: 'old@x.org' },
    ];
    one.drafts.set(one.key, { ...draft, edits, base, sent: { ...draft.sent, email: 'Ada@X.org' } });
    await saving;
    assert.equal(one.state(), 'failed');
    assert.deepEqual(one.draft()?.sent, { email: 'Ada@X.org' });
  });

  it('whose answers are lost again and again is never a colleague’s change', async () => {
    const one = await open();
    one.type('email', 'Ada@X.org');
    lose('after');
    await one.save();
    assert.equal(one.state(), 'unknown');
    api.server.fault = undefined;
    one.type('email', 'Ada@X.org.uk');
    lose('before');
    await one.save();
    assert.equal(one.state(), 'unknown');
    api.server.fault = undefined;
    await one.look();
    assert.deepEqual(one.conflicts(), []);
    await one.save();
    assert.equal(one.state(), 'saved');
    assert.equal(api.attributes.email, 'ada@x.org.uk');
  });

  it('is no colleague’s change where the contact was read while it was on its way', async () => {
    const one = await open();
    one.type('email', 'Ada@X.org');
    api.server.fault = ({ method }) =>
      method === 'PUT' ? { delay: 200, drop: 'after', carriedOut: true } : undefined;
    const saving = one.save();
    await until('the PUT', () => puts().length === 1);
    one.type('email', 'Ada@X.org.uk');
    await one.look();
    const { fault } = api.server;
    api.server.fault = (request) => (request.method === 'GET' ? { drop: 'before' } : fault?.(request));
    await saving;
    assert.equal(one.state(), 'unknown');
    api.server.fault = undefined;
    await one.look();
    assert.deepEqual(one.conflicts(), []);
  });

  it('that had to wait does not send what another window took back meanwhile', async () => {
    const [one, two] = [await open(), await open()];
    one.type('first_name', 'Bea');
    one.type('email', 'ada@x.org');
    await one.drafts.flush();
    api.server.fault = ({ method }) => (method === 'PUT' ? { status: 429 } : undefined);
    await one.save();
    assert.equal(one.state(), 'waiting');
    await one.drafts.flush();
    const isKnown = () => two.edits().email !== undefined && two.draft()?.sent?.email === undefined;
    await until('the other window knows that it was refused', isKnown);
    api.server.fault = undefined;
    two.type('email', 'old@x.org');
    await two.drafts.flush();
    await until('it is gone', () => one.edits().email === undefined);
    await one.clock.elapse(400_000);
    await until('the save', () => one.state() === 'saved');
    assert.deepEqual([api.attributes.first_name, api.attributes.email], ['Bea', 'old@x.org']);
  });

  for (const watched of [true, false])
    it(`asks about a colleague’s value that equals one saved here before another window put it back (watched: ${watched})`, async () => {
      const [one, two] = [await open(watched), await open(watched)];
      one.type('first_name', 'Eva');
      await one.saves.save(ref);
      await one.drafts.flush();
      await two.look();
      two.type('first_name', 'Ada');
      await two.saves.save(ref);
      await two.drafts.flush();
      assert.equal(api.attributes.first_name, 'Ada');
      two.type('first_name', 'Dora');
      await two.drafts.flush();
      // The first window reads the draft of the second one before it writes its own.
      one.type('last_name', 'Lovelace');
      await one.drafts.flush();
      assert.deepEqual(one.edits(), { first_name: 'Dora', last_name: 'Lovelace' });
      api.attributes = { ...api.attributes, first_name: 'Eva' };
      await one.saves.save(ref);
      assert.equal(api.attributes.first_name, 'Eva');
      assert.equal(one.saves.state(ref).kind, 'conflict');
    });

  for (const watched of [true, false])
    it(`is no colleague’s change to newer text there, where the field was saved before (watched: ${watched})`, async () => {
      const one = await open(watched);
      one.type('first_name', 'Eva');
      await one.save();
      one.type('first_name', 'Bea');
      await one.drafts.flush();
      const two = await open(watched);
      assert.deepEqual(two.draft()?.sent, { first_name: 'Eva' });
      two.type('first_name', 'Cleo');
      await one.save();
      await one.drafts.flush();
      await two.drafts.flush();
      await two.save();
      assert.equal(two.state(), 'saved');
      assert.equal(api.attributes.first_name, 'Cleo');
    });

  it('asks there about a colleague’s value that the newer text began with', async () => {
    const one = await open();
    one.type('first_name', 'Eva');
    await one.save();
    one.type('first_name', 'Bea');
    await one.drafts.flush();
    const two = await open(false);
    two.type('first_name', 'Cleo');
    await one.save();
    await one.drafts.flush();
    await two.drafts.flush();
    api.attributes = { ...api.attributes, first_name: 'Eva' };
    await two.save();
    assert.equal(two.state(), 'conflict');
    assert.equal(api.attributes.first_name, 'Eva');
  });
});
