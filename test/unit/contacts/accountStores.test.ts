import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Emitter } from '../../../src/base/event';
import { CurrentAccount } from '../../../src/contacts/accountStores';
import { DraftStore } from '../../../src/contacts/drafts/draftStore';
import { Drafts } from '../../../src/contacts/drafts/drafts';
import { InteractionDraftStore } from '../../../src/contacts/drafts/interactionDraftStore';
import { createSandbox } from '../../../src/sandbox/sandbox';
import { sampleAccount } from '../../../src/session/accounts';
import type { Session } from '../../../src/session/session';
import { noDisk } from '../../support/noDisk';
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
});
