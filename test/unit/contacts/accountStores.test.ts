import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Emitter } from '../../../src/base/event';
import { CurrentAccount } from '../../../src/contacts/accountStores';
import { DraftStore } from '../../../src/contacts/drafts/draftStore';
import { Drafts } from '../../../src/contacts/drafts/drafts';
import { InteractionDraftStore } from '../../../src/contacts/drafts/interactionDraftStore';
import { typeInto } from '../../../src/contacts/saving/typeInto';
import { createSandbox } from '../../../src/sandbox/sandbox';
import { sampleAccount } from '../../../src/session/accounts';
import type { Session } from '../../../src/session/session';
import { clientOf } from '../../support/apiClient';
import { noDisk } from '../../support/noDisk';
import { recordServer } from '../../support/recordServer';
import { ref } from '../../support/savingWindow';
import { silentRuntime } from '../../support/silentLog';
import { until } from '../../support/until';

describe('what is known of an account', () => {
  it('is gone from memory after signing out, the index with it', async () => {
    setFlagsFromString('--expose-gc');
    const collect: () => void = runInNewContext('gc');
    const changed = new Emitter<Session>();
    const account = sampleAccount(async () => createSandbox({ contacts: 300 }), silentRuntime);
    const sessions = { current: { kind: 'signedIn', account } as Session, onDidChange: changed.event };
    const drafts = new DraftStore(noDisk, silentRuntime);
    const data = new CurrentAccount(
      sessions,
      new Drafts(drafts, new InteractionDraftStore(noDisk, silentRuntime)),
      () => ({
        get: () => undefined,
        set: () => {},
      }),
      silentRuntime,
    );
    const index = await read();
    assert.ok(index.deref(), 'it is there while signed in');

    sessions.current = {
      kind: 'signedOut',
      lost: false,
      environment: { origin: 'https://a', baseUrl: 'https://a' },
    };
    changed.fire(sessions.current);
    await until('it to be collected', () => {
      collect();
      return index.deref() === undefined;
    });

    /** A separate function, so that the test holds no reference to the data. */
    async function read() {
      const { organisations, contacts } = data.current ?? assert.fail('no data');
      const [first] = (await organisations.ensure()).organisations;
      const id = first?.id ?? assert.fail('no organisation');
      await contacts.loadAll(id, new AbortController().signal);
      return new WeakRef(await contacts.index(id));
    }
  });

  describe('whose session ends during an Undo', () => {
    const attributes = { first_name: 'Ada', email: 'n/a' };
    const api = recordServer({ id: 'c', type: 'contacts' }, () => attributes);

    it('lets the next sign-in restore the exact values, whoever signs in', async () => {
      const changed = new Emitter<Session>();
      const signedIn = (): Session => {
        const client = clientOf(api.server);
        const { url } = api.server;
        return {
          kind: 'signedIn',
          account: { kind: 'sessionToken', origin: url, baseUrl: url, client },
        };
      };
      const sessions = { current: signedIn(), onDidChange: changed.event };
      const drafts = new Drafts(
        new DraftStore(noDisk, silentRuntime),
        new InteractionDraftStore(noDisk, silentRuntime),
      );
      const options = () => ({ get: () => undefined, set: () => undefined });
      const data = new CurrentAccount(sessions, drafts, options, silentRuntime);
      const key = { origin: api.server.url, ...ref };
      const saves = () => data.current?.saves ?? assert.fail();
      await data.current?.contacts.load(ref);
      typeInto(drafts.contacts, saves(), key, { field: 'email', value: 'a@x.org', base: 'n/a' }, '', '');
      typeInto(drafts.contacts, saves(), key, { field: 'telephone', value: '12', base: '' }, '', '');
      await saves().save(ref);
      api.server.fault = () => ({ status: 401 });
      await saves().undo(ref);
      api.server.fault = undefined;
      sessions.current = signedIn();
      changed.fire(sessions.current);
      await saves().save(ref);
      assert.equal(saves().state(ref).kind, 'saved');
      assert.deepEqual(api.attributes, attributes);
      data.dispose();
    });
  });
});
