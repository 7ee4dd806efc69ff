/** Types and functions that all sign-in methods share. */

import * as vscode from 'vscode';
import { ApiError } from '../../api/http/errors';
import type { FirstOrganisations } from '../../api/organisations';
import { describeError } from '../../platform/text/errorMessages';
import type { Credential } from '../../session/credentials';
import type { Environment } from '../../session/environment';
import type { SessionStore } from '../../session/sessionStore';

export interface SignInTarget {
  readonly session: SessionStore;
  readonly environment: Environment;
  /** The URL of the sign-in server, if known. */
  readonly authUrl: string | undefined;
}

/** `message` is the reason why the method cannot continue. */
export type WayOutcome = 'done' | 'back' | 'cancelled' | { readonly message: string };

export const signInTitle = () => vscode.l10n.t('Sign in to Ctrl Hub');

/**
 * Checks a credential at the API, and stores it if the API accepts it.
 * @param refused the message for a refusal
 * @param keep stores the credential
 * @returns an error message
 */
export async function keepChecked(
  { session, environment }: SignInTarget,
  credential: Credential,
  signal: AbortSignal,
  refused: string,
  keep = (checked: FirstOrganisations) => session.signIn(environment, credential, checked),
): Promise<string | undefined> {
  let organisations: FirstOrganisations;
  try {
    organisations = await session.signingIn.check(environment, credential, signal);
  } catch (error) {
    return refusal(error, environment, refused);
  }
  signal.throwIfAborted();
  await keep(organisations);
  return undefined;
}

/** Describes an error of the API or of the sign-in server. Unexpected errors are thrown. */
function refusal(error: unknown, { origin }: Environment, refused: string, isAuth = false): string {
  const { t } = vscode.l10n;
  if (!(error instanceof ApiError)) throw error;
  switch (error.reason) {
    case 'unauthorised':
    case 'forbidden':
    case 'invalid':
      return refused;
    case 'unreachable':
    case 'timedOut':
      return t('{0} could not be reached. Check your connection and try again.', origin);
    case 'badResponse':
    case 'notFound':
    case 'redirected':
      return isAuth
        ? t('{0} is not a sign-in server of Ctrl Hub. Check the setting "ctrlHub.authUrl".', origin)
        : t('{0} is not a Ctrl Hub API. Check the setting "ctrlHub.apiUrl".', origin);
    default:
      return describeError(error);
  }
}

/** Describes an error of the sign-in server. */
export function authRefusal(error: unknown, authUrl: string, refused: string): string {
  return refusal(error, { origin: new URL(authUrl).origin, baseUrl: authUrl }, refused, true);
}
