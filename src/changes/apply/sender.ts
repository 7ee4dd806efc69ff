/** Sends and reads single contacts through the saves of one account, which keep drafts, panels and lists up to date. */
import type { ContactRef } from '../../api/contacts';
import type { AccountStores } from '../../contacts/accountStores';
import { ContactDrafts } from '../../contacts/drafts/contactDrafts';
import { afterInterruptedSave, isGivenUp, withSent } from '../../contacts/drafts/draft';
import type { DraftStore } from '../../contacts/drafts/draftStore';
import { type Values, valuesOf } from '../../contacts/model/contact';
import type { Edits } from '../../contacts/model/update';
import type { Attempt } from '../../contacts/saving/contactSaveState';
import { withAttributes } from '../../contacts/saving/putMerged';
import type { ContactSaveRequest } from '../../contacts/saving/saveContact';

export interface Sender {
  /** @returns undefined while another save of the contact is in progress */
  send(ref: ContactRef, request: ContactSaveRequest): Promise<Attempt | undefined>;
  /** Returns true if the user discarded one of the edits, in this window or another one. */
  isGivenUp(ref: ContactRef, edits: Edits): boolean;
  /**
   * Reads a contact whose answer was lost. Edits that arrived are removed from its draft.
   * @param after the values that may have arrived
   * @throws ApiError
   */
  verify(ref: ContactRef, after: Edits): Promise<Values>;
  /** Ends the edits that an interrupted Apply saved and that are still in the contact's draft. */
  settle(ref: ContactRef, sent: Edits, replaced: Edits): void;
  /** Resolves when the drafts are on the disk. */
  flush(): Promise<void>;
}

export function senderOf(
  { account, contacts, saves }: Pick<AccountStores, 'account' | 'contacts' | 'saves'>,
  store: DraftStore,
): Sender {
  const drafts = new ContactDrafts(account.origin, store);
  return {
    send: async (ref, request) => {
      const attempt = await saves.carryOut(ref, request);
      // Edits that the API already had are not sent, and end here. The last reading does not tell what became of lost ones.
      if (attempt && attempt.kind !== 'unknown') saves.settle(ref);
      return attempt;
    },
    isGivenUp: (ref, edits) => isGivenUp(drafts.get(ref), edits),
    verify: async (ref, after) => {
      // A window may have been killed before it recorded the sent values in the draft.
      drafts.change(ref, (draft) => withSent(draft, after));
      const { resource } = withAttributes(await contacts.load(ref));
      saves.settle(ref);
      return valuesOf(resource);
    },
    settle: (ref, sent, replaced) =>
      drafts.change(ref, (draft) => afterInterruptedSave(draft, sent, replaced)),
    flush: () => drafts.flush(),
  };
}
