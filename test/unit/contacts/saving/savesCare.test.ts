import assert from 'node:assert/strict';
import { parseDraft } from '../../../../src/contacts/drafts/draftRecord';
import { DraftStore } from '../../../../src/contacts/drafts/draftStore';
import { memoryStorage } from '../../../support/memoryStorage';
import { recordServer } from '../../../support/recordServer';
import { ref, savingWindow } from '../../../support/savingWindow';
import { silentLog, silentRuntime } from '../../../support/silentLog';
import { until } from '../../../support/until';

describe('care with a contact’s save', () => {
  const api = recordServer({ id: 'c', type: 'contacts' }, () => ({
    first_name: 'Ada',
    last_name: 'Byron',
    email: 'old@x.org',
    telephone: null,
  }));
  const { puts } = api;

  const lose = (when: 'before' | 'after', reading = false) => {
    let lost = false;
    api.server.fault = ({ method }) => {
      if (method === 'PUT') {
        lost = true;
        return { drop: when, carriedOut: when === 'after' };
      }
      return lost && reading ? { drop: 'before' } : undefined;
    };
  };

  /** Opens the window of one user. */
  async function open(disk = memoryStorage(), log = silentLog) {
    const runtime = { ...silentRuntime, log };
    return { ...(await savingWindow(api.server, new DraftStore(disk, runtime), runtime)), disk };
  }

  it('A value typed back to what a draft began with, over a colleague’s newer one, is an edit', async () => {
    const one = await open();
    one.type('first_name', 'Cleo');
    api.attributes = { ...api.attributes, first_name: 'Bea' };
    await one.store.load(ref);
    one.saves.settle(ref);
    one.type('first_name', 'Ada');
    one.saves.settle(ref);
    assert.equal(one.draft()?.edits.first_name, 'Ada');
    await one.save();
    assert.equal(one.state(), 'conflict', 'it is asked about');
    assert.equal(api.attributes.first_name, 'Bea');
    await one.saves.resolve(ref, [{ field: 'first_name', theirs: 'Bea', choice: 'mine' }]);
    assert.equal(api.attributes.first_name, 'Ada');
  });

  it('a lost PUT that changes only the case is not reported as saved', async () => {
    api.attributes.email = 'Ada@Example.org';
    const one = await open();
    one.type('email', 'ada@example.org');
    lose('before');
    await one.save();
    assert.equal(one.state(), 'notSaved');
    assert.equal(one.draft()?.edits.email, 'ada@example.org');
    api.server.fault = undefined;
    await one.save();
    assert.equal(one.state(), 'saved');
    assert.equal(api.attributes.email, 'ada@example.org');
  });

  describe('a value of another attribute that the API refuses', () => {
    const refuse = (status: number, detail: string, name: string) => {
      api.server.fault = ({ method, body }) =>
        method === 'PUT' && body.includes(`"${name}"`)
          ? { status, body: { errors: [{ detail, source: { pointer: `/data/attributes/${name}` } }] } }
          : undefined;
    };

    for (const [status, detail] of [
      [400, 'association must be one of occupier, owner'],
      [422, 'association is too long'],
    ] as const)
      it(`stays (${status})`, async () => {
        api.attributes.association = 'landlord';
        const one = await open();
        one.type('first_name', 'Bea');
        refuse(status, detail, 'association');
        await one.save();
        const state = one.saves.state(ref);
        assert.ok(state.kind === 'failed' && state.refused === undefined);
        await one.saves.saveWithout(ref);
        assert.equal(puts().length, 1, 'nothing more is sent');
        assert.equal(api.attributes.association, 'landlord');
      });

    it('goes where its name is refused and the person agrees, for this save of this contact', async () => {
      api.attributes.flags = ['a'];
      const one = await open();
      one.type('first_name', 'Bea');
      refuse(400, 'flags is not allowed', 'flags');
      await one.save();
      assert.equal(one.state(), 'failed');
      assert.deepEqual(api.attributes.flags, ['a']);
      await one.saves.saveWithout(ref);
      const state = one.saves.state(ref);
      assert.deepEqual(state.kind === 'saved' && state.outcome.leftOut, ['flags']);
      assert.equal(api.attributes.first_name, 'Bea');
      api.attributes.flags = ['a'];
      one.type('first_name', 'Cleo');
      await one.save();
      assert.equal(one.state(), 'failed', 'it is asked again');
      assert.ok('flags' in (puts().at(-1) ?? {}));
    });

    it('is left out with the others that were agreed to before in the same save', async () => {
      api.attributes = { ...api.attributes, flags: 1, marks: 2 };
      const one = await open();
      one.type('first_name', 'Bea');
      refuse(400, 'flags is not allowed', 'flags');
      await one.save();
      refuse(400, 'marks is not allowed', 'marks');
      await one.saves.saveWithout(ref);
      const state = one.saves.state(ref);
      assert.deepEqual(state.kind === 'failed' && state.refused?.map(({ name }) => name), ['flags', 'marks']);
    });
  });

  describe('a save that had to wait', () => {
    /** Responds to the first PUT with 429. */
    const busy = () => {
      let first = true;
      api.server.fault = ({ method }) => {
        if (method !== 'PUT' || !first) return undefined;
        first = false;
        return { status: 429, headers: { 'retry-after': '1' } };
      };
    };

    it('goes on by itself, also where a server that fails asked for the wait before anything was sent', async () => {
      const one = await open();
      one.type('first_name', 'Bea');
      let isFirst = true;
      api.server.fault = () => {
        if (!isFirst) return undefined;
        isFirst = false;
        return { status: 503, headers: { 'retry-after': '1' } };
      };
      await one.save();
      assert.equal(one.state(), 'waiting');
      await until('the save', () => one.state() === 'saved');
      assert.equal(puts().length, 1);
    });

    it('sends what was there when Save was pressed', async () => {
      const one = await open();
      one.type('first_name', 'Bea');
      busy();
      await one.save();
      assert.equal(one.state(), 'waiting');
      one.type('email', 'half@');
      one.type('first_name', 'Bea C');
      await until('the save', () => one.state() !== 'waiting' && one.state() !== 'saving');
      const sent = puts().at(-1);
      assert.deepEqual([sent?.first_name, sent?.email], ['Bea', 'old@x.org']);
      assert.deepEqual(one.draft()?.edits, { email: 'half@', first_name: 'Bea C' });
      assert.deepEqual(one.saves.conflicts(ref), [], 'what was typed since stands on what was saved');
    });

    it('keeps what was typed back meanwhile as an edit over it', async () => {
      const one = await open();
      one.type('first_name', 'Bea');
      one.type('last_name', 'King');
      busy();
      await one.save();
      one.type('first_name', 'Ada');
      await until('the save', () => one.state() !== 'waiting' && one.state() !== 'saving');
      assert.equal(api.attributes.first_name, 'Bea');
      assert.deepEqual(one.draft()?.edits, { first_name: 'Ada' });
    });

    it('is given up when everything was typed back', async () => {
      const one = await open();
      one.type('first_name', 'Bea');
      busy();
      await one.save();
      one.type('first_name', 'Ada');
      assert.equal(one.state(), 'idle');
      assert.deepEqual(one.draft()?.edits, {});
    });
  });

  describe('Undo', () => {
    for (const [field, old, typed] of [
      ['email', 'n/a', 'ada@x.org'],
      ['email', null, 'ada@x.org'],
      ['email', undefined, 'ada@x.org'],
      ['telephone', 447700900123, '1'],
      ['first_name', ' Ada ', 'Ada'],
      ['first_name', ' Ada ', 'Anna'],
    ] as const)
      it(`puts back ${JSON.stringify(old)} in the place of ${JSON.stringify(typed)}`, async () => {
        const { [field]: _, ...rest } = api.attributes;
        api.attributes = old === undefined ? rest : { ...rest, [field]: old };
        const one = await open();
        one.type(field, typed);
        await one.save();
        assert.equal(api.attributes[field], typed);
        await one.saves.undo(ref);
        assert.equal(one.state(), 'saved');
        assert.deepEqual(api.attributes[field], old);
        assert.equal(Object.hasOwn(api.attributes, field), old !== undefined);
        assert.deepEqual(one.draft()?.edits, {});
      });

    it('puts back every digit of a number', async () => {
      api.server.fault = ({ method }) =>
        method === 'GET'
          ? { raw: `{"data":{"id":"c","type":"contacts","attributes":{"telephone":12345678901234567890}}}` }
          : undefined;
      const one = await open();
      one.type('telephone', '1');
      await one.save();
      api.server.fault = undefined;
      await one.saves.undo(ref);
      const put = api.server.requests.findLast(({ method }) => method === 'PUT');
      assert.match(put?.body ?? '', /"telephone":12345678901234567890}/);
    });

    it('that was refused is tried again as it was', async () => {
      api.attributes.email = null;
      const one = await open();
      one.type('email', 'ada@x.org');
      await one.save();
      api.server.fault = ({ method }) => (method === 'PUT' ? { status: 403, body: {} } : undefined);
      await one.saves.undo(ref);
      assert.equal(one.state(), 'failed');
      api.server.fault = undefined;
      await one.save();
      assert.equal(api.attributes.email, null);
    });

    it('that the API ignores is said to be so', async () => {
      api.attributes.first_name = ' Ada';
      const one = await open();
      one.type('first_name', 'Ada');
      await one.save();
      api.tidy = (sent) => ({ ...sent, first_name: String(sent.first_name).trim() });
      await one.saves.undo(ref);
      assert.equal(one.state(), 'ignored');
    });
  });

  it('with a weak ETag is made as without one', async () => {
    api.etag = 'W/"1"';
    api.server.fault = ({ method, headers }) =>
      method === 'PUT' && headers['if-match'] !== undefined ? { status: 412 } : undefined;
    const one = await open();
    one.type('first_name', 'Bea');
    await one.save();
    assert.equal(one.state(), 'saved');
    assert.equal(puts().length, 1);
  });

  it('answered by an error document at 200 is not made', async () => {
    const one = await open();
    one.type('first_name', 'Bea');
    api.server.fault = ({ method }) =>
      method === 'PUT' ? { body: { errors: [{ title: 'No', detail: 'not today' }] } } : undefined;
    await one.save();
    const state = one.saves.state(ref);
    assert.equal(state.kind, 'notSaved');
    assert.equal(one.draft()?.edits.first_name, 'Bea');
  });

  describe('a value of ours that the API tidied', () => {
    beforeEach(() => {
      api.tidy = (sent) => ({ ...sent, email: String(sent.email).toLowerCase() });
    });

    it('is no colleague’s when nobody saw the answer', async () => {
      const one = await open();
      one.type('email', 'Ada@X.org');
      lose('after', true);
      await one.save();
      assert.equal(one.state(), 'unknown');
      api.server.fault = undefined;
      await one.store.load(ref);
      assert.deepEqual(one.saves.conflicts(ref), []);
      await one.save();
      assert.equal(one.state(), 'saved');
      assert.equal(puts().length, 1);
      assert.deepEqual(one.draft()?.edits, {});
    });

    it('is no colleague’s when more was typed since', async () => {
      const one = await open();
      one.type('email', 'Ada@X.org');
      lose('after', true);
      await one.save();
      one.type('email', 'Ada@X.org.uk');
      // Retry cannot read the contact either.
      api.server.fault = ({ method }) => (method === 'GET' ? { drop: 'before' } : undefined);
      await one.save();
      api.server.fault = undefined;
      await one.save();
      assert.equal(one.state(), 'saved');
      assert.equal(api.attributes.email, 'ada@x.org.uk');
    });

    it('is no colleague’s when what was typed since is refused first', async () => {
      const one = await open();
      one.type('email', 'Ada@X.org');
      lose('after', true);
      await one.save();
      one.type('email', 'Ada@X.org.uk');
      api.server.fault = ({ method }) => (method === 'PUT' ? { status: 403, body: {} } : undefined);
      await one.save();
      assert.equal(one.state(), 'failed');
      api.server.fault = undefined;
      await one.save();
      assert.equal(one.state(), 'saved');
    });

    it('is no colleague’s when the answer to what was typed since is lost, too', async () => {
      const one = await open();
      one.type('email', 'Ada@X.org');
      lose('after', true);
      await one.save();
      one.type('email', 'Ada@X.org.uk');
      lose('before', true);
      await one.save();
      assert.equal(one.state(), 'unknown');
      api.server.fault = undefined;
      await one.store.load(ref);
      assert.deepEqual(one.saves.conflicts(ref), []);
      await one.save();
      assert.equal(api.attributes.email, 'ada@x.org.uk');
    });

    it('is no colleague’s when the window dies before the draft is removed', async () => {
      const texts = new Map<string, string>();
      const one = await open(memoryStorage(texts));
      one.type('email', 'Ada@X.org');
      let atPut = new Map<string, string>();
      api.tidy = (sent) => {
        atPut = new Map(texts);
        return { ...sent, email: String(sent.email).toLowerCase() };
      };
      await one.save();
      assert.equal(parseDraft([...atPut.values()][0] ?? '')?.draft.edits.email, 'Ada@X.org');
      const two = await open(memoryStorage(atPut));
      two.saves.settle(ref);
      assert.deepEqual(two.saves.conflicts(ref), []);
      assert.deepEqual(two.draft()?.edits, {});
    });

    it('is no colleague’s when another field was not taken', async () => {
      api.tidy = (sent) => ({ ...sent, email: String(sent.email).toLowerCase(), telephone: null });
      const one = await open();
      one.type('email', 'Ada@X.org');
      one.type('telephone', '1');
      await one.save();
      assert.equal(one.state(), 'ignored');
      assert.deepEqual(one.draft()?.edits, { telephone: '1' });
      assert.deepEqual(one.saves.conflicts(ref), []);
    });

    it('stays a colleague’s where nothing was sent', async () => {
      const one = await open();
      one.type('email', 'Ada@X.org');
      api.attributes.email = 'ada@x.org';
      await one.save();
      assert.equal(one.state(), 'conflict');
    });
  });

  it('logs an error that nobody foresaw, with its stack', async () => {
    const lines: string[] = [];
    const one = await open(memoryStorage(), { ...silentLog, error: (line) => lines.push(line) });
    one.type('first_name', 'Bea');
    one.store.load = async () => {
      throw new TypeError('unforeseen');
    };
    await one.save();
    assert.equal(one.state(), 'failed');
    assert.match(lines.join('\n'), /save contact · TypeError at /);
  });

  it('tells of no failure where the edit ended, because the contact has the value by now', async () => {
    const { store, saves, type, draft } = await open();
    for (const ends of ['a reading', 'a keystroke'] as const) {
      api.server.fault = ({ method }) => (method === 'PUT' ? { status: 422 } : undefined);
      const before = String(api.attributes.email);
      type('email', `${ends.length}@x.org`);
      await saves.save(ref);
      assert.equal(saves.state(ref).kind, 'failed');
      api.server.fault = undefined;
      api.attributes.email = ends === 'a reading' ? `${ends.length}@x.org` : 'else@x.org';
      await store.load(ref);
      if (ends === 'a reading') saves.settle(ref);
      // The page still shows the older value.
      else type('email', 'else@x.org', before);
      assert.deepEqual(draft()?.edits ?? {}, {});
      assert.equal(saves.state(ref).kind, 'idle');
    }
  });

  it('keeps an edit that a reading with errors does not have', async () => {
    const one = await open();
    api.attributes.telephone = '1';
    await one.store.load(ref);
    one.type('telephone', '');
    const { telephone: _, ...attributes } = api.attributes;
    const body = {
      data: { id: 'c', type: 'contacts', attributes },
      errors: [{ title: 'Not all could be read' }],
    };
    api.server.fault = ({ method }) => (method === 'GET' ? { status: 200, body } : undefined);
    await one.store.load(ref);
    one.saves.settle(ref);
    assert.deepEqual(one.draft()?.edits, { telephone: '' });
  });

  it('ends an edit that a colleague made, too, when the save of another one is refused', async () => {
    const one = await open();
    one.type('email', 'new@x.org');
    one.type('telephone', '2');
    api.attributes = { ...api.attributes, email: 'new@x.org' };
    api.server.fault = ({ method }) => (method === 'PUT' ? { status: 422 } : undefined);
    await one.saves.save(ref);
    assert.deepEqual(one.draft()?.edits, { telephone: '2' });
  });
});
