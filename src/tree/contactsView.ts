/** What the view says as a whole: which welcome it shows, its description, what its commands may do. */
import type { ApiErrorReason } from '../api/http/errors';
import type { AccountStores } from '../contacts/accountStores';
import type { Session } from '../session/session';

/**
 * The value of the context key `ctrlHub.view`, by which package.json chooses the welcome. A failure is in
 * it only while there are no rows; with rows it is a row.
 */
export type ViewState =
  | 'starting'
  | 'signedOut'
  | 'lost'
  | 'expired'
  | `misconfigured.${'notAUrl' | 'notHttps' | 'hasExtras'}`
  | 'loading'
  | 'noOrganisations'
  | `failed.${ApiErrorReason}`
  | 'ready';

export function viewState(session: Session, data: AccountStores | undefined): ViewState {
  if (session.kind === 'misconfigured') return `misconfigured.${session.problem}`;
  if (session.kind === 'starting') return session.kind;
  if (session.kind === 'signedOut') return session.lost ? 'lost' : session.kind;
  const { organisations, loaded, load } = data?.organisations.list ?? {};
  if (organisations && organisations.length > 0) return 'ready';
  if (session.kind === 'expired') return 'expired';
  if (load?.kind === 'failed') return `failed.${load.error.reason}`;
  return loaded ? 'noOrganisations' : 'loading';
}
