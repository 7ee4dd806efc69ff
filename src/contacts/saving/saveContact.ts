/** Saves one contact with `putMerged` and the store's read and put, so that the store holds every result. */
import type { ContactRef } from '../../api/contacts';
import type { FieldName } from '../../protocol/fields';
import type { ContactStore } from '../lists/contactStore';
import { contactFields, type Values } from '../model/contact';
import type { Edits } from '../model/update';
import { type SaveRequest, toOutgoing } from './outgoing';
import { type PutOutcome, putMerged, withAttributes } from './putMerged';

/** The values to save, as they were when the user selected Save. */
export type ContactSaveRequest = SaveRequest<FieldName>;

/**
 * Reads, merges and sends a contact.
 * @param sending called before each PUT with the values that may arrive from now on, and with the values read
 * before
 * @throws ApiError if nothing was saved
 */
export async function saveContact(
  contacts: ContactStore,
  ref: ContactRef,
  request: ContactSaveRequest,
  sending?: (edits: Edits, now: Values) => void,
): Promise<PutOutcome<FieldName>> {
  const outcome = await putMerged(
    contactFields,
    {
      read: () => contacts.load(ref),
      put: (update, etag, beforeSending) => contacts.put(ref, update, etag, beforeSending),
      ...(sending && { sending }),
    },
    request,
  );
  contacts.saved(ref, 'document' in outcome ? outcome.document : undefined);
  return outcome;
}

/**
 * Returns the request that a save would send now, after a read of its own; without edits, it sends the
 * contact unchanged.
 */
export async function previewSave(
  contacts: ContactStore,
  ref: ContactRef,
  request: ContactSaveRequest,
  signal: AbortSignal,
) {
  const latest = withAttributes(await contacts.load(ref, signal));
  const outgoing = toOutgoing(contactFields, latest, request);
  if (outgoing.kind === 'conflict') return outgoing;
  return { ...outgoing, request: await contacts.describePut(ref, outgoing.update, latest.etag) };
}
