/**
 * Identifies a contact among those of all APIs: drafts and panels outlive the account, and another API may
 * have another contact with the same ID.
 */
export interface ContactKey {
  readonly origin: string;
  readonly organisationId: string;
  readonly contactId: string;
}

/** A text for maps and names, quoted as JSON, because IDs are server text and may hold any separator. */
export function keyText({ origin, organisationId, contactId }: ContactKey): string {
  return JSON.stringify([origin, organisationId, contactId]);
}

/** @param ref a contact of the API at `origin` */
export function keyAt(origin: string, { organisationId, contactId }: Omit<ContactKey, 'origin'>): ContactKey {
  return { origin, organisationId, contactId };
}
