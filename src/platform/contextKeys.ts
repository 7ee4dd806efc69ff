/** Sets the context keys that `when` clauses in the manifest use. */
import * as vscode from 'vscode';
import type { ContextKey } from '../manifest';

/** The values that VS Code has. Every message makes it look at its menus again. */
const known = new Map<ContextKey, unknown>();

/** Sets a context key. `view` names the welcome content; every other key is a boolean. */
export async function setContext<K extends ContextKey>(
  key: K,
  value: K extends 'view' ? string : boolean,
): Promise<void> {
  if (known.get(key) === value) return;
  known.set(key, value);
  await vscode.commands.executeCommand('setContext', `ctrlHub.${key}`, value);
}
