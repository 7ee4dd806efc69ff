import type { ApiClient } from '../api/http/client';
import type { FirstOrganisations } from '../api/organisations';
import type { Environment, UrlProblem } from './environment';

/** A signed-in account with its client. Each sign-in makes a new object: compare by identity. */
export interface Account {
  readonly kind: 'sessionToken' | 'serviceAccount' | 'sampleData';
  readonly origin: string;
  readonly baseUrl: string;
  readonly client: ApiClient;
  /** The name of the account for display: an email address or a client ID. */
  readonly label?: string | undefined;
  /** The expiry of the session in milliseconds since 1970, if known. */
  readonly expiresAt?: number | undefined;
  /** The answer that let the account in: what it says need not be asked for again. */
  readonly organisations?: FirstOrganisations | undefined;
}

export type Session =
  /** SecretStorage has not been read yet. */
  | { readonly kind: 'starting' }
  /** `ctrlHub.apiUrl` is invalid; nothing is sent. */
  | { readonly kind: 'misconfigured'; readonly problem: UrlProblem }
  /** `lost`: SecretStorage no longer has the secret, although the user did not sign out. */
  | { readonly kind: 'signedOut'; readonly environment: Environment; readonly lost: boolean }
  | { readonly kind: 'signedIn'; readonly account: Account; readonly endsSoon?: boolean }
  /** The session has ended. Loaded data may stay on screen. */
  | { readonly kind: 'expired'; readonly account: Account };

/** The account whose data is on screen, even after its session has ended. */
export function accountOf(session: Session): Account | undefined {
  return session.kind === 'signedIn' || session.kind === 'expired' ? session.account : undefined;
}
