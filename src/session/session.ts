import type { ApiClient } from '../api/client';
import type { Environment, UrlProblem } from './environment';

/** Who is asking, and the client that asks. A new object at each sign-in: compare by identity. */
export interface Account {
  readonly kind: 'sessionToken' | 'sampleData';
  readonly origin: string;
  readonly baseUrl: string;
  readonly client: ApiClient;
}

export type Session =
  /** SecretStorage has not been read yet. */
  | { readonly kind: 'starting' }
  /** `ctrlHub.apiUrl` is not usable; nothing is sent. */
  | { readonly kind: 'misconfigured'; readonly problem: UrlProblem }
  | { readonly kind: 'signedOut'; readonly environment: Environment }
  | { readonly kind: 'signedIn'; readonly account: Account }
  /** The API no longer accepts the token. What was loaded may stay on screen. */
  | { readonly kind: 'expired'; readonly account: Account };

/** The account whose data is on screen, also while its session has ended. */
export function accountOf(session: Session): Account | undefined {
  return session.kind === 'signedIn' || session.kind === 'expired' ? session.account : undefined;
}
