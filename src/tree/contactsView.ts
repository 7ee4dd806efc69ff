/** Determines the state of the whole view, which selects its welcome content. */
import type { ApiErrorReason } from '../api/http/errors';
import type { AccountStores } from '../contacts/accountStores';
import type { Session } from '../session/session';

/**
 * The value of the context key `ctrlHub.view`; package.json selects the welcome content by it. A failure is
 * part of it only while the view has no rows; otherwise a row shows the failure.
 */
export type ViewState =
  | 'signedOut'
  | 'lost'
  | 'expired'
  | `misconfigured.${'notAUrl' | 'notHttps' | 'hasExtras'}`
  | 'loading'
  | 'noOrganisations'
  | `failed.${ApiErrorReason}`
  | 'ready';

export function viewState(
  session: Exclude<Session, { kind: 'starting' }>,
  data: AccountStores | undefined,
): ViewState {
  if (session.kind === 'misconfigured') return `misconfigured.${session.problem}`;
  if (session.kind === 'signedOut') return session.lost ? 'lost' : session.kind;
  const { organisations, loaded, load } = data?.organisations.list ?? {};
  if (organisations && organisations.length > 0) return 'ready';
  if (session.kind === 'expired') return 'expired';
  if (load?.kind === 'failed') return `failed.${load.error.reason}`;
  return loaded ? 'noOrganisations' : 'loading';
}
