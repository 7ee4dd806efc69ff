import * as vscode from 'vscode';
import type { Disposable, Event } from '../base/event';
import type { AccountData } from '../contacts/accountData';
import { accountOf, type Session } from '../session/session';
import { viewState } from './contactsView';

interface Source<T> {
  readonly current: T;
  readonly onDidChange: Event<T>;
}

/** Keeps the view's description and the context keys of its welcome and its commands up to date. */
export function followView(
  view: { description?: string; message?: string },
  session: Source<Session>,
  data: Source<AccountData | undefined>,
): Disposable {
  const show = () => {
    const account = accountOf(session.current);
    const sample = account?.kind === 'sampleData';
    view.description = sample ? vscode.l10n.t('Sample data') : '';
    // Alone in its container, a view has no room for its description; the message is always seen.
    view.message = sample ? vscode.l10n.t('Sample data: made up, and kept in this window only.') : '';
    setContext('ctrlHub.view', viewState(session.current, data.current));
    setContext('ctrlHub.signedIn', account !== undefined);
  };
  let organisations: Disposable | undefined;
  const follow = (current: AccountData | undefined) => {
    organisations?.dispose();
    organisations = current?.organisations.onDidChange(show);
    show();
  };
  const subscriptions = [session.onDidChange(show), data.onDidChange(follow)];
  follow(data.current);
  return {
    dispose: () => {
      organisations?.dispose();
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}

function setContext(key: string, value: unknown): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
