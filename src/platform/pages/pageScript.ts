import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as vscode from 'vscode';

/**
 * Reads the script of a page, which is put into its document. A page that had to ask for its script would wait
 * for VS Code to fetch it from the extension host.
 */
export const readPageScript = (extensionUri: vscode.Uri, name: 'panel' | 'review') =>
  readFileSync(join(extensionUri.fsPath, 'dist', 'webview', `${name}.js`), 'utf8');
