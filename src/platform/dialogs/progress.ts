/** Shows the progress of long work, with a button that cancels it. */
import * as vscode from 'vscode';

/** Shows the view's progress bar, with a button to cancel if VS Code offers one. */
export function withViewProgress<T>(viewId: string, task: () => Promise<T>): Thenable<T> {
  return vscode.window.withProgress({ location: { viewId } }, task);
}

/** Shows the progress of work in a notification, whose button aborts `signal`. */
export function withCancellableProgress<T>(
  title: string,
  work: (signal: AbortSignal, say: (message: string) => void) => Promise<T>,
): Thenable<T> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, (progress, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    return work(abort.signal, (message) => progress.report({ message }));
  });
}
