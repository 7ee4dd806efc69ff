import type { ApiClient } from '../api/http/client';
import type { FirstOrganisations } from '../api/organisations';
import type { Environment, UrlProblem } from './environment';

/** Who is asking, and the client that asks. A new object at each sign-in: compare by identity. */
export interface Account {
  readonly kind: 'sessionToken' | 'serviceAccount' | 'sampleData';
  readonly origin: string;
  readonly baseUrl: string;
  readonly client: ApiClient;
  /** How a person knows the account: an e-mail address, a client id. */
  readonly label?: string | undefined;
  /** When the session ends, in milliseconds since 1970, where that is known. */
  readonly expiresAt?: number | undefined;
  /** The answer that let the account in: what it says need not be asked for again. */
  readonly organisations?: FirstOrganisations | undefined;
}

export type Session =
  /** SecretStorage has not been read yet. */
  | { readonly kind: 'starting' }
  /** `ctrlHub.apiUrl` is not usable; nothing is sent. */
  | { readonly kind: 'misconfigured'; readonly problem: UrlProblem }
  /** `lost`: somebody was signed in, and the secret storage of this computer does not have the secret any more. */
  | { readonly kind: 'signedOut'; readonly environment: Environment; readonly lost: boolean }
  | { readonly kind: 'signedIn'; readonly account: Account; readonly endsSoon?: boolean }
  /** The session has ended. What was loaded may stay on screen. */
  | { readonly kind: 'expired'; readonly account: Account };

/** The account whose data is on screen, also while its session has ended. */
export function accountOf(session: Session): Account | undefined {
  return session.kind === 'signedIn' || session.kind === 'expired' ? session.account : undefined;
}
