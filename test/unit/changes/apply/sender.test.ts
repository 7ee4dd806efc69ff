import assert from 'node:assert/strict';
import { senderOf } from '../../../../src/changes/apply/sender';
import { newDraft, withEdit } from '../../../../src/contacts/drafts/draft';
import { DraftStore } from '../../../../src/contacts/drafts/draftStore';
import { ContactStore } from '../../../../src/contacts/lists/contactStore';
import { ContactSaves } from '../../../../src/contacts/saving/contactSaves';
import type { Account } from '../../../../src/session/session';
import { clientOf } from '../../../support/apiClient';
import { memoryStorage } from '../../../support/memoryStorage';
import { recordServer } from '../../../support/recordServer';
import { silentRuntime } from '../../../support/silentLog';

const ref = { organisationId: 'o', contactId: 'c' };

describe('the sender of an Apply', () => {
  const api = recordServer({ id: 'c', type: 'contacts' }, () => ({
    first_name: 'Ada',
    last_name: 'Byron',
    email: 'old@example.org',
    telephone: null,
  }));

  it('remembers a value that may have arrived, also if the user types another one meanwhile', async () => {
    const contacts = new ContactStore(clientOf(api.server));
    const drafts = new DraftStore(memoryStorage(), silentRuntime);
    await drafts.ready();
    const saves = new ContactSaves(api.server.url, contacts, drafts, silentRuntime);
    const key = { origin: api.server.url, ...ref };
    await contacts.load(ref);
    const [before, mine] = [{ email: 'old@example.org' }, { email: 'mine@example.org' }];
    drafts.set(key, withEdit(newDraft(), 'email', mine.email, before.email));
    let isLost = false;
    api.server.fault = ({ method }) => {
      if (method !== 'PUT') return isLost ? { drop: 'before' } : undefined;
      isLost = true;
      drafts.set(
        key,
        withEdit(drafts.get(key) ?? newDraft(), 'email', 'newer@example.org', before.email, mine),
      );
      return { drop: 'after', carriedOut: true };
    };
    const account = { origin: api.server.url } as Account;
    const sender = senderOf({ account, contacts, saves }, drafts);
    assert.equal((await sender.send(ref, { edits: mine, base: before }))?.kind, 'unknown');
    api.server.fault = undefined;
    await contacts.load(ref);
    saves.settle(ref);
    assert.deepEqual(saves.conflicts(ref), []);
  });
});
