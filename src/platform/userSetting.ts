import * as vscode from 'vscode';

export const configuration = () => vscode.workspace.getConfiguration('ctrlHub');

type Name = 'apiUrl' | 'authUrl' | 'warnOnProduction' | 'checks' | 'assistants' | 'assistantOrganisations';

/** Reads a setting from the user settings only: a workspace must not change it. */
export function userSetting(name: Name) {
  return {
    value(): unknown {
      const values = configuration().inspect<unknown>(name);
      return values?.globalValue ?? values?.defaultValue;
    },
    onDidChange: (listener: (value: undefined) => void): vscode.Disposable =>
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(`ctrlHub.${name}`)) listener(undefined);
      }),
  };
}
