/** Shows the environment of this window in the status bar while the extension is in use. */
import * as vscode from 'vscode';
import type { Event } from '../base/event';
import { warnOnProduction } from '../platform/settings';
import { environmentName, signedInAs } from '../platform/text/environmentNames';
import { knownEnvironment } from '../session/environment';
import { accountOf, type Session } from '../session/session';

interface Sessions {
  readonly current: Session;
  readonly onDidChange: Event<Session>;
}

export function showEnvironment(session: Sessions, command: string): vscode.Disposable {
  const { t } = vscode.l10n;
  // A low priority puts the item at the right end of the left side.
  const item = vscode.window.createStatusBarItem('ctrlHub.environment', vscode.StatusBarAlignment.Left, -100);
  item.name = t('Ctrl Hub environment');
  item.command = command;
  const show = () => {
    const account = accountOf(session.current);
    if (account === undefined) return item.hide();
    const sample = account.kind === 'sampleData';
    item.text = `$(${sample ? 'beaker' : 'account'}) Ctrl Hub: ${environmentName(account.origin)}`;
    item.tooltip = sample
      ? t('Made-up data, kept in this window only. Select to switch to an environment.')
      : t('{0}, {1}. Select to switch.', account.origin, signedInAs(account.label));
    const warn = knownEnvironment(account.origin)?.name === 'production' && warnOnProduction.get();
    item.backgroundColor = warn ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    item.show();
  };
  show();
  return vscode.Disposable.from(item, session.onDidChange(show), warnOnProduction.onDidChange(show));
}
