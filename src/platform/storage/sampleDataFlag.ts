import * as vscode from 'vscode';

const key = 'ctrlHub.sampleData';

/**
 * Whether this window shows sample data. `npm start` begins with it, by an environment variable that
 * counts for an extension under development only.
 */
export function sampleDataFlag(context: vscode.ExtensionContext) {
  const development = context.extensionMode === vscode.ExtensionMode.Development;
  const first = development && process.env.CTRL_HUB_SAMPLE_DATA === '1';
  return {
    get: () => context.workspaceState.get<unknown>(key, first) === true,
    set: (on: boolean) => context.workspaceState.update(key, on),
  };
}
