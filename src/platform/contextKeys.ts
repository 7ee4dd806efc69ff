/** Sets the context keys that `when` clauses in the manifest use. */
import * as vscode from 'vscode';
import type { ContextKey } from '../manifest';

/** Sets a context key. `view` names the welcome content; every other key is a boolean. */
export function setContext<K extends ContextKey>(
  key: K,
  value: K extends 'view' ? string : boolean,
): Thenable<void> {
  return vscode.commands.executeCommand('setContext', `ctrlHub.${key}`, value);
}
