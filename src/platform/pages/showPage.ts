/** Fills a webview panel: its options, its icon and its page. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { pageHtml } from './html';

/** A page contains its script and loads no other file. */
export const pageOptions: vscode.WebviewOptions = { enableScripts: true, localResourceRoots: [] };

/**
 * Puts a page into a webview panel.
 * @param loading the text until the script draws the first state
 */
export function showPage(
  window: vscode.WebviewPanel,
  extensionUri: vscode.Uri,
  script: string,
  loading: string,
): void {
  const { webview } = window;
  // The page begins to load before anything else is done.
  webview.html = pageHtml({
    cspSource: webview.cspSource,
    nonce: randomBytes(16).toString('base64'),
    script,
    language: vscode.env.language,
    title: window.title,
    loading,
  });
  const icon = (theme: 'light' | 'dark') =>
    vscode.Uri.joinPath(extensionUri, 'media', `contact-${theme}.svg`);
  window.iconPath = { light: icon('light'), dark: icon('dark') };
}
