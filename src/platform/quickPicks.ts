import * as vscode from 'vscode';
import { isolated, toLine } from '../base/text';

/** A QuickPick draws `$(name)` as an icon; a server's text must stay text. */
export function plain(text: string): string {
  return isolated(toLine(text).replaceAll('$(', '\\$('));
}

/** Shows the view's progress bar, with a way out where VS Code offers one. */
export function withViewProgress<T>(viewId: string, task: () => Promise<T>): Thenable<T> {
  return vscode.window.withProgress({ location: { viewId } }, task);
}

/** A QuickPick that shows that it is waiting, and can be closed meanwhile. */
export async function whileBusy<T>(title: string, work: Promise<T>): Promise<T> {
  const waiting = vscode.window.createQuickPick();
  waiting.title = title;
  waiting.placeholder = vscode.l10n.t('Loading…');
  waiting.busy = true;
  const closed = new Promise<never>((_, reject) => {
    waiting.onDidHide(() => reject(new vscode.CancellationError()));
  });
  waiting.show();
  try {
    return await Promise.race([work, closed]);
  } finally {
    closed.catch(() => undefined);
    waiting.dispose();
  }
}
