/** Sets the context keys that `when` clauses in the manifest use. */
import * as vscode from 'vscode';
import type { ContextKey } from '../manifest';

/** The values that VS Code has. It evaluates its menus again after each message, so an unchanged value is not sent. */
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
