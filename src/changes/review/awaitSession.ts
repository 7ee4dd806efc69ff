/** Waits during an Apply until the same person has signed in again. */
import * as vscode from 'vscode';
import { type AccountStores, type CurrentAccount, isSamePerson } from '../../contacts/accountStores';
import { commandIds } from '../../manifest';

/**
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
  const text = vscode.l10n.t('Your session has ended. Sign in again, and applying the changes goes on.');
  void vscode.window.showWarningMessage(text, signIn).then((chosen) => {
    if (chosen === signIn && !signal.aborted && data.current === refused)
      void vscode.commands.executeCommand(commandIds.signIn);
  });
  return new Promise((resolve) => {
    const end = (stores: AccountStores | undefined) => {
      change.dispose();
      signal.removeEventListener('abort', give);
      resolve(stores);
    };
    const give = () => end(undefined);
    const check = () => {
      const now = data.current;
      if (now !== refused) end(now && isSamePerson(account, now.account) ? now : undefined);
    };
    const change = data.onDidChange(check);
    signal.addEventListener('abort', give);
    if (signal.aborted) give();
    else check();
  });
}
