/**
 * Identifies a contact among those of all APIs, for drafts, panels and files: they outlive the account, and another API
 * may have another contact with the same ID. Within the API of the current account, a `ContactRef` is enough.
 */
export interface ContactKey {
  readonly origin: string;
  readonly organisationId: string;
  readonly contactId: string;
}

/**
 * The text of a `ContactKey`, for maps over all APIs and for names of files. `keyOf` is the same for a `ContactRef`. It
 * is quoted as JSON, because IDs are server text and may hold any separator.
 */
export function keyText({ origin, organisationId, contactId }: ContactKey): string {
  return JSON.stringify([origin, organisationId, contactId]);
}

/** @param ref a contact of the API at `origin` */
export function keyAt(origin: string, { organisationId, contactId }: Omit<ContactKey, 'origin'>): ContactKey {
  return { origin, organisationId, contactId };
}
