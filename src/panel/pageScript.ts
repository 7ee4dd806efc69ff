/** The scripts of the pages, which are put into their documents. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as vscode from 'vscode';

const known = new Map<string, string>();

/**
 * Reads a page's script once. A page that had to ask for its script would wait for VS Code to fetch it from the
 * extension host.
 */
export function pageScript(extensionUri: vscode.Uri, name: 'panel' | 'review'): string {
  const file = join(extensionUri.fsPath, 'dist', 'webview', `${name}.js`);
  const before = known.get(file);
  if (before !== undefined) return before;
  const script = readFileSync(file, 'utf8');
  known.set(file, script);
  return script;
}
