import * as vscode from 'vscode';
import { askPick } from '../../platform/dialogs/steps';
import type { CommandHandler, Services } from '../common/services';
import { emailSignIn } from './signInEmail';
import { serviceSignIn } from './signInService';
import { tokenSignIn } from './signInToken';
import type { SignInTarget, WayOutcome } from './signInWay';

interface WayRow extends vscode.QuickPickItem {
  readonly way?: (target: SignInTarget) => Promise<WayOutcome>;
  /** True for a method that needs the URL of the sign-in server. */
  readonly needsAuth?: boolean;
}

/** Asks for the sign-in method and then for its input; Back returns to the choice of methods. */
export const signIn: CommandHandler = async (services) => {
  const { session } = services;
  await session.ready();
  let message: string | undefined;
  for (;;) {
    const environment = session.environment();
    const { rows, sample } = waysOf(services);
    const chosen = await askPick({
      title: vscode.l10n.t('Sign in to Ctrl Hub'),
      canGoBack: false,
      placeholder: message ?? vscode.l10n.t('How do you want to sign in?'),
      items:
        typeof environment === 'string' ? [sample] : message === undefined ? rows : withNote(rows, message),
    });
    if (typeof chosen === 'string') return;
    if (chosen === sample) return session.useSampleData();
    if (chosen.needsAuth) {
      await vscode.commands.executeCommand('workbench.action.openSettings', 'ctrlHub.authUrl');
      return;
    }
    if (typeof environment === 'string' || chosen.way === undefined) continue;
    const outcome = await chosen.way({ session, environment, authUrl: authUrlOf(services) });
    if (outcome === 'done' || outcome === 'cancelled') return;
    message = outcome === 'back' ? undefined : outcome.message;
  }
};

const authUrlOf = ({ session }: Services): string | undefined => {
  const auth = session.authServer();
  return typeof auth === 'object' ? auth.baseUrl : undefined;
};

function waysOf(services: Services): { readonly rows: readonly WayRow[]; readonly sample: WayRow } {
  const { t } = vscode.l10n;
  const missing =
    authUrlOf(services) === undefined
      ? t('Not available: set "ctrlHub.authUrl" to the sign-in address')
      : undefined;
  const needsAuth = missing !== undefined;
  const sample = {
    label: t('Sample data'),
    detail: t('Look around without an account; nothing is sent anywhere'),
  };
  const rows: readonly WayRow[] = [
    {
      label: t('Email and password'),
      detail: missing ?? t('Your Ctrl Hub account. The password is not stored'),
      way: emailSignIn,
      needsAuth,
    },
    { label: t('Session token'), detail: t('Paste the token of a Ctrl Hub session'), way: tokenSignIn },
    {
      label: t('Service account'),
      detail: missing ?? t('For integrations: a client ID and its secret'),
      way: serviceSignIn,
      needsAuth,
    },
    sample,
  ];
  return { rows, sample };
}

/** Shows the reason for the return in the first method's row, which moves to the end. */
function withNote(rows: readonly WayRow[], message: string): readonly WayRow[] {
  const [first, ...others] = rows;
  return first === undefined ? others : [...others, { ...first, detail: message }];
}
