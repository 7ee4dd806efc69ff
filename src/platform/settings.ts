import * as vscode from 'vscode';
import { defaultApiUrl } from '../session/environment';

/** `ctrlHub.refreshAfterMinutes`: 0 for never, and for what is no number. */
export function refreshAfterMinutes(): number {
  const minutes = vscode.workspace.getConfiguration('ctrlHub').get<unknown>('refreshAfterMinutes');
  return typeof minutes === 'number' && minutes > 0 ? minutes : 0;
}

/** `ctrlHub.apiUrl` of the person's own settings: what a workspace says is not even looked at. */
export const apiUrl = {
  get(): string {
    const values = vscode.workspace.getConfiguration('ctrlHub').inspect<unknown>('apiUrl');
    const value = values?.globalValue ?? values?.defaultValue ?? defaultApiUrl;
    return typeof value === 'string' ? value : JSON.stringify(value);
  },
  onDidChange(listener: (value: undefined) => void): vscode.Disposable {
    return vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('ctrlHub.apiUrl')) listener(undefined);
    });
  },
};
