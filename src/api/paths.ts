/**
 * All paths of the API. The API is moving resources from organisations to flat paths (`/v3/<resource>`); the
 * customers' records have not moved yet. Source: https://docs.ctrl-hub.com.
 */
export const paths = {
  organisations: () => '/v3/orgs',
  contacts: (organisationId: string) => `/v3/orgs/${segment(organisationId)}/customers/contacts`,
  contact: (organisationId: string, contactId: string) =>
    `/v3/orgs/${segment(organisationId)}/customers/contacts/${segment(contactId)}`,
  account: (organisationId: string, id: string) =>
    `/v3/orgs/${segment(organisationId)}/customers/accounts/${segment(id)}`,
  accountContacts: (organisationId: string, id: string) =>
    `${paths.account(organisationId, id)}/relationships/contacts`,
  interactions: (organisationId: string) => `/v3/orgs/${segment(organisationId)}/customers/interactions`,
  interaction: (organisationId: string, id: string) => `${paths.interactions(organisationId)}/${segment(id)}`,
  members: (organisationId: string) => `/v3/orgs/${segment(organisationId)}/iam/members`,
  auditEvents: () => '/v3/audit-events',
} as const;

/** Encodes an ID, which comes from a server and may hold anything. "." and ".." would change the path. */
function segment(id: string): string {
  const encoded = encodeURIComponent(id);
  if (encoded === '' || encoded === '.' || encoded === '..') throw new RangeError('An id is not usable');
  return encoded;
}
