/** A window in which the form of a new interaction is filled in and sent: real stores, and a clock of its own. */
import type { ContactRef } from '../../src/api/contacts';
import type { ApiClient } from '../../src/api/http/client';
import { newInteractionId } from '../../src/contacts/drafts/interactionDraft';
import type { InteractionDraftStore } from '../../src/contacts/drafts/interactionDraftStore';
import { ContactStore } from '../../src/contacts/lists/contactStore';
import { RelatedStore } from '../../src/contacts/related/relatedStore';
import { InteractionSaves } from '../../src/contacts/saving/interactions/interactionSaves';
import { emptyForm } from './interactionForm';
import { silentLog } from './silentLog';
import type { SteppedClock } from './steppedClock';

/** @param drafts the store of the window, on a disk that windows may share */
export async function openFormWindow(
  client: ApiClient,
  origin: string,
  ref: ContactRef,
  drafts: InteractionDraftStore,
  clock: SteppedClock,
) {
  const runtime = { clock, log: silentLog };
  await drafts.ready();
  const store = new ContactStore(client);
  const saves = new InteractionSaves(origin, store, new RelatedStore(client, runtime), drafts, runtime);
  const key = { origin, ...ref, interactionId: newInteractionId };
  await store.load(ref);
  return {
    clock,
    drafts,
    store,
    saves,
    ref,
    key,
    begin(notes: string) {
      saves.start(ref, newInteractionId, emptyForm);
      drafts.type(key, 'notes', notes);
    },
    type: (notes: string) => drafts.type(key, 'notes', notes),
    send: () => saves.send(ref, newInteractionId),
    look: () => saves.search(ref),
    drop: () => saves.drop(ref, newInteractionId),
    kind: () => saves.state(ref, newInteractionId).kind,
    notes: () => saves.draft(ref, newInteractionId)?.values.notes,
  };
}

export type FormWindow = Awaited<ReturnType<typeof openFormWindow>>;
