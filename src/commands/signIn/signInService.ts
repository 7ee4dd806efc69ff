import * as vscode from 'vscode';
import { askText } from '../../platform/dialogs/steps';
import type { Access } from '../../session/credentials';
import { authRefusal, keepChecked, type SignInTarget, signInTitle, type WayOutcome } from './signInWay';

/** Signs in as a service account, with client ID and secret. */
export async function serviceSignIn(target: SignInTarget): Promise<WayOutcome> {
  const { authUrl } = target;
  if (authUrl === undefined) return 'back';
  let clientId = '';
  for (;;) {
    const left = await askId(clientId, (value) => {
      clientId = value;
    });
    if (left !== 'accepted') return left;
    const next = await askSecret({ ...target, authUrl }, clientId);
    if (next !== 'back') return next === 'accepted' ? 'done' : next;
  }
}

function askId(value: string, take: (value: string) => void) {
  const { t } = vscode.l10n;
  return askText({
    title: signInTitle(),
    step: 2,
    totalSteps: 3,
    canGoBack: true,
    prompt: t('Client ID of the service account, from Ctrl Hub under Admin, IAM, Service Accounts.'),
    placeholder: t('Client ID'),
    value,
    async accept(typed) {
      take(typed.trim());
      return typed.trim() === '' ? t('Type the client ID.') : undefined;
    },
  });
}

function askSecret(target: SignInTarget & { readonly authUrl: string }, clientId: string) {
  const { t } = vscode.l10n;
  const { authUrl, session } = target;
  return askText({
    title: signInTitle(),
    step: 3,
    totalSteps: 3,
    canGoBack: true,
    prompt: t('Client secret. It is sent to {0} and kept in the secret storage of this computer.', authUrl),
    placeholder: t('Client secret'),
    password: true,
    async accept(typed, signal) {
      const clientSecret = typed.trim();
      if (clientSecret === '') return t('Type the client secret.');
      const account = { clientId, clientSecret, authUrl };
      const wrong = t('The client ID or secret is wrong, or the key was removed. Check both and try again.');
      let access: Access;
      try {
        access = await session.signingIn.access(account, signal);
      } catch (error) {
        // A refusal of the input; other errors of the server are described as such.
        return authRefusal(error, authUrl, wrong);
      }
      const refused = t('Ctrl Hub denied access to this service account. Ask an administrator.');
      return keepChecked(target, { kind: 'serviceAccount', ...account, access }, signal, refused);
    },
  });
}
