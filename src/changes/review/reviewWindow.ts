/** The webview panel of a review. */
import * as vscode from 'vscode';
import type { Logger } from '../../base/log';
import { reviewPageType } from '../../manifest';
import { readPageScript } from '../../platform/pages/pageScript';
import { pageOptions, showPage } from '../../platform/pages/showPage';
import type { ReviewIntent, ReviewMessage } from '../../protocol/review';
import { parseReviewIntent } from './messages';

export class ReviewWindow {
  readonly #window: vscode.WebviewPanel;
  readonly onDidDispose: vscode.Event<void>;

  /**
   * @param preserveFocus true if the work began in an input box, which returns the focus when it closes
   * @param restored the panel of an earlier window, after a reload
   */
  constructor(
    extensionUri: vscode.Uri,
    log: Logger,
    receive: (intent: ReviewIntent) => void,
    preserveFocus: boolean,
    restored?: vscode.WebviewPanel,
  ) {
    const title = vscode.l10n.t('Review Changes');
    const options = { ...pageOptions, enableFindWidget: true };
    this.#window =
      restored ??
      vscode.window.createWebviewPanel(
        reviewPageType,
        title,
        { viewColumn: vscode.ViewColumn.Active, preserveFocus },
        options,
      );
    this.#window.webview.options = pageOptions;
    this.onDidDispose = this.#window.onDidDispose;
    const { webview } = this.#window;
    webview.onDidReceiveMessage((message: unknown) => {
      const intent = parseReviewIntent(message);
      if (intent) receive(intent);
      else log.warn('A message of the review was not understood and was ignored');
    });
    showPage(
      this.#window,
      extensionUri,
      readPageScript(extensionUri, 'review'),
      vscode.l10n.t('Reading contacts…'),
    );
  }

  get isVisible(): boolean {
    return this.#window.visible;
  }

  reveal(preserveFocus = false): void {
    if (!preserveFocus || !this.#window.visible) this.#window.reveal(undefined, preserveFocus);
  }

  post(message: ReviewMessage): void {
    void this.#window.webview.postMessage(message);
  }

  dispose(): void {
    this.#window.dispose();
  }
}
