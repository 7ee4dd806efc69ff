/** The context keys that the manifest's `when` clauses use. */
import * as vscode from 'vscode';
import type { ContextKey } from '../manifest';

/** `view` names the welcome text that fits, and every other key is true or false. */
export function setContext<K extends ContextKey>(
  key: K,
  value: K extends 'view' ? string : boolean,
): Thenable<void> {
  return vscode.commands.executeCommand('setContext', `ctrlHub.${key}`, value);
}
