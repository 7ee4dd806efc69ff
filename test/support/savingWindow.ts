/** One user's window on the contact of a `recordServer`: its stores, and what a person does there. */
import assert from 'node:assert/strict';
import type { Runtime } from '../../src/base/runtime';
import { DraftStore } from '../../src/contacts/drafts/draftStore';
import { ContactStore } from '../../src/contacts/lists/contactStore';
import { valuesOf } from '../../src/contacts/model/contact';
import { ContactSaves } from '../../src/contacts/saving/contactSaves';
import { typeInto } from '../../src/contacts/saving/typeInto';
import type { FieldName } from '../../src/protocol/fields';
import { clientOf } from './apiClient';
import type { ApiServer } from './apiServer';
import { memoryStorage } from './memoryStorage';
import { silentRuntime } from './silentLog';

export const ref = { organisationId: 'o', contactId: 'c' };

/** Reads the contact. @param drafts those of a window with a disk of its own, unless they are given */
export async function savingWindow(
  server: ApiServer,
  drafts = new DraftStore(memoryStorage(), silentRuntime),
  runtime: Runtime = silentRuntime,
) {
  const store = new ContactStore(clientOf(server));
  await drafts.ready();
  const saves = new ContactSaves(server.url, store, drafts, runtime);
  const key = { origin: server.url, ...ref };
  await store.load(ref);
  const shown = () => valuesOf(store.document(ref)?.resource ?? assert.fail());
  return {
    store,
    drafts,
    saves,
    shown,
    draft: () => drafts.get(key),
    edits: () => drafts.get(key)?.edits ?? {},
    lost: () => drafts.lost(key),
    /** Types as the panel does. */
    type(field: FieldName, value: string, base = shown()[field]) {
      typeInto(drafts, saves, key, { field, value, base }, '', '');
    },
    save: () => saves.save(ref),
    state: () => saves.state(ref).kind,
  };
}
