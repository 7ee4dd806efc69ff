import * as vscode from 'vscode';
import { askText } from '../../platform/dialogs/steps';
import { isSendable } from '../../session/credentials';
import { knownEnvironment } from '../../session/environment';
import { keepChecked, type SignInTarget, signInTitle, type WayOutcome } from './signInWay';

/** Signs in with the token of an existing session, which is checked before it is stored. */
export async function tokenSignIn(target: SignInTarget): Promise<WayOutcome> {
  const { t } = vscode.l10n;
  const { origin } = target.environment;
  // The setting does not apply, because another program signed in: the session is revoked at the known
  // sign-in server of its API, or nowhere.
  const authUrl = knownEnvironment(origin)?.authUrl;
  const left = await askText({
    title: signInTitle(),
    step: 2,
    totalSteps: 2,
    canGoBack: true,
    prompt: t('Session token for {0}. It is kept in the secret storage of this computer.', origin),
    placeholder: t('Session token'),
    password: true,
    async accept(value, signal) {
      const token = value.trim();
      return (
        complaint(token) ??
        keepChecked(
          target,
          { kind: 'sessionToken', token, authUrl },
          signal,
          t('Ctrl Hub refused this token: it is wrong or has expired. Check it and try again.'),
        )
      );
    },
  });
  return left === 'accepted' ? 'done' : left;
}

function complaint(token: string): string | undefined {
  const { t } = vscode.l10n;
  if (token === '') return t('Paste a session token, or press Escape to cancel.');
  if (!isSendable(token))
    return t('This is not a valid token: it contains spaces or other characters that tokens do not contain.');
  return undefined;
}
