import * as vscode from 'vscode';
import { ApiError } from '../api/errors';
import { isAbortError } from '../base/abort';
import { describeError } from '../platform/errorMessages';
import { isSendable } from '../session/credentials';
import type { Environment } from '../session/environment';
import type { SessionStore } from '../session/sessionStore';
import type { CommandHandler } from './services';

/** Asks how to sign in, then for what that way needs. */
export const signIn: CommandHandler = async ({ session }) => {
  await session.ready();
  const { t } = vscode.l10n;
  const environment = session.environment();
  const token = { label: t('Session token'), detail: t('Paste the token of a Ctrl Hub session') };
  const sample = {
    label: t('Sample data'),
    detail: t('Look around without an account; nothing is sent anywhere'),
  };
  const chosen = await vscode.window.showQuickPick(
    typeof environment === 'string' ? [sample] : [token, sample],
    {
      title: t('Sign in to Ctrl Hub'),
      placeHolder: t('How do you want to sign in?'),
      ignoreFocusOut: true,
    },
  );
  if (chosen === sample) await session.useSampleData();
  if (chosen === token && typeof environment === 'object') await askForToken(session, environment);
};

/** The box stays open until the token was accepted or the person gives up. */
function askForToken(session: SessionStore, environment: Environment): Promise<void> {
  const { t } = vscode.l10n;
  const box = vscode.window.createInputBox();
  box.title = t('Sign in to Ctrl Hub');
  box.prompt = t(
    'Session token for {0}. It is kept in the secret storage of this computer.',
    environment.origin,
  );
  box.placeholder = t('Session token');
  box.password = true;
  box.ignoreFocusOut = true;
  return new Promise((resolve, reject) => {
    let attempt = new AbortController();
    box.onDidChangeValue(() => {
      attempt.abort();
      box.busy = false;
      box.validationMessage = undefined;
    });
    box.onDidAccept(async () => {
      attempt.abort();
      attempt = new AbortController();
      const { signal } = attempt;
      const token = box.value.trim();
      const problem = complaint(token);
      box.validationMessage = problem;
      if (problem !== undefined) return;
      box.busy = true;
      try {
        await session.check(environment, token, signal);
        signal.throwIfAborted();
        await session.signIn(environment, token);
        box.hide();
      } catch (error) {
        if (isAbortError(error)) return;
        if (error instanceof ApiError) box.validationMessage = refusal(error, environment);
        else {
          reject(error);
          box.hide();
        }
      } finally {
        if (!signal.aborted) box.busy = false;
      }
    });
    box.onDidHide(() => {
      attempt.abort();
      box.dispose();
      resolve();
    });
    box.show();
  });
}

function complaint(token: string): string | undefined {
  const { t } = vscode.l10n;
  if (token === '') return t('Paste a session token, or press Escape to give up.');
  if (!isSendable(token))
    return t('This is not a valid token: it has spaces or characters that no token has.');
  return undefined;
}

function refusal(error: ApiError, { origin }: Environment): string {
  const { t } = vscode.l10n;
  switch (error.reason) {
    case 'unauthorised':
    case 'forbidden':
      return t('Ctrl Hub refused this token: it is wrong or has expired. Check it and try again.');
    case 'unreachable':
    case 'timedOut':
      return t('{0} could not be reached. Check your connection and try again.', origin);
    case 'notUnderstood':
    case 'notFound':
    case 'redirected':
      return t('{0} is not a Ctrl Hub API. Check the setting "ctrlHub.apiUrl".', origin);
    default:
      return describeError(error);
  }
}
