import * as vscode from 'vscode';
import { toLine } from '../base/text';

/** A QuickPick draws `$(name)` as an icon; a server's text must stay text. */
export function plain(text: string): string {
  return toLine(text).replaceAll('$(', '\\$(');
}

/** Shows the view's progress bar, with a way out where VS Code offers one. */
export function withViewProgress<T>(viewId: string, task: () => Promise<T>): Thenable<T> {
  return vscode.window.withProgress({ location: { viewId } }, task);
}
