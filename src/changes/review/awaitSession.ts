/** Waits during an Apply until the same person has signed in again. */
import * as vscode from 'vscode';
import {
  type AccountStores,
  type CurrentAccount,
  isPersonUnknown,
  isSamePerson,
} from '../../contacts/accountStores';
import { commandIds } from '../../manifest';

/**
 * Asks the user if it cannot be known who has signed in.
 * @param refused the stores whose session has ended
 * @returns undefined if another person signs in, the person signs out, or `signal` aborts
 */
export async function awaitSession(
  data: Pick<CurrentAccount, 'current' | 'onDidChange'>,
  refused: AccountStores,
  signal: AbortSignal,
): Promise<AccountStores | undefined> {
  const { account } = refused;
  const signIn = vscode.l10n.t('Sign In');
  const text = vscode.l10n.t('Your session has ended. Sign in again, and applying the changes continues.');
  void vscode.window.showWarningMessage(text, signIn).then((chosen) => {
    if (chosen === signIn && !signal.aborted && data.current === refused)
      void vscode.commands.executeCommand(commandIds.signIn);
  });
  const now = await otherStores(data, refused, signal);
  if (now === undefined) return undefined;
  if (isSamePerson(account, now.account)) return now;
  if (!isPersonUnknown(account, now.account) || !(await mayGoOn())) return undefined;
  return data.current === now && !signal.aborted ? now : undefined;
}

/** @returns the next stores; undefined if there are none, or if `signal` aborts */
function otherStores(
  data: Pick<CurrentAccount, 'current' | 'onDidChange'>,
  refused: AccountStores,
  signal: AbortSignal,
): Promise<AccountStores | undefined> {
  return new Promise((resolve) => {
    const end = (stores: AccountStores | undefined) => {
      change.dispose();
      signal.removeEventListener('abort', give);
      resolve(stores);
    };
    const give = () => end(undefined);
    const check = () => {
      if (data.current !== refused) end(data.current);
    };
    const change = data.onDidChange(check);
    signal.addEventListener('abort', give);
    if (signal.aborted) give();
    else check();
  });
}

async function mayGoOn(): Promise<boolean> {
  const goOn = vscode.l10n.t('Continue');
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t('Continue applying the changes with the new session token?'),
    {
      modal: true,
      detail: vscode.l10n.t(
        'Ctrl Hub does not tell whose token it is. If it belongs to somebody else, the remaining changes are saved in their name.',
      ),
    },
    goOn,
  );
  return chosen === goOn;
}
