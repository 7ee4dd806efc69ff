/**
 * Every path of the API that is used, in one place: the API is moving resources from below an
 * organisation to flat paths (`/v3/<resource>`), and customers' records have not moved yet.
 */
export const paths = {
  organisations: () => '/v3/orgs',
  contacts: (organisationId: string) => `/v3/orgs/${segment(organisationId)}/customers/contacts`,
  contact: (organisationId: string, contactId: string) =>
    `/v3/orgs/${segment(organisationId)}/customers/contacts/${segment(contactId)}`,
} as const;

/** An id comes from a server, so it may hold anything; dots alone would climb up the path. */
function segment(id: string): string {
  const encoded = encodeURIComponent(id);
  if (encoded === '' || encoded === '.' || encoded === '..') throw new RangeError('An id is not usable');
  return encoded;
}
