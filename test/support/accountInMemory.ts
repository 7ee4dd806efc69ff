/** The stores of an account that is signed in to the sandbox in memory: real ones, without a server and a window. */
import { Emitter } from '../../src/base/event';
import { CurrentAccount } from '../../src/contacts/accountStores';
import { DraftStore } from '../../src/contacts/drafts/draftStore';
import { Drafts } from '../../src/contacts/drafts/drafts';
import { InteractionDraftStore } from '../../src/contacts/drafts/interactionDraftStore';
import type { ListOptions } from '../../src/contacts/lists/listOptions';
import { createSandbox } from '../../src/sandbox/sandbox';
import { sampleAccount } from '../../src/session/accounts';
import type { Session } from '../../src/session/session';
import { memoryStorage } from './memoryStorage';
import { silentRuntime } from './silentLog';

export function accountInMemory(contacts = 30) {
  const account = sampleAccount(async () => createSandbox({ contacts }), silentRuntime);
  const sessions: { current: Session; onDidChange: Emitter<Session>['event'] } = {
    current: { kind: 'signedIn', account },
    onDidChange: new Emitter<Session>().event,
  };
  const drafts = new Drafts(
    new DraftStore(memoryStorage(), silentRuntime),
    new InteractionDraftStore(memoryStorage(), silentRuntime),
  );
  const chosen = new Map<string, ListOptions>();
  const memory = {
    get: (organisationId: string) => chosen.get(organisationId),
    set: (organisationId: string, listOptions: ListOptions | undefined) => {
      if (listOptions) chosen.set(organisationId, listOptions);
      else chosen.delete(organisationId);
    },
  };
  const current = new CurrentAccount(sessions, drafts, () => memory, silentRuntime);
  return { account, sessions, drafts, current };
}
