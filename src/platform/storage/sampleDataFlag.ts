import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { parseWith } from '../../base/parseWith';

const key = 'ctrlHub.sampleData';
const flag = z.lazy(() => z.boolean());

/**
 * Whether this window shows sample data. `npm start` begins with it, by an environment variable that
 * counts for an extension under development only.
 */
export function sampleDataFlag(context: vscode.ExtensionContext) {
  const development = context.extensionMode === vscode.ExtensionMode.Development;
  const first = development && process.env.CTRL_HUB_SAMPLE_DATA === '1';
  return {
    get: () => parseWith(flag, context.workspaceState.get<unknown>(key, first)) ?? false,
    set: (on: boolean) => context.workspaceState.update(key, on),
  };
}
