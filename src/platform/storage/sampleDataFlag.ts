import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { parseWith } from '../../base/parseWith';

const key = 'ctrlHub.sampleData';
const flag = z.lazy(() => z.boolean());

/**
 * The sample-data mode of this window. `npm start` turns it on with an environment variable, which only an
 * extension under development reads.
 */
export function sampleDataFlag(context: vscode.ExtensionContext) {
  const development = context.extensionMode === vscode.ExtensionMode.Development;
  const first = development && process.env.CTRL_HUB_SAMPLE_DATA === '1';
  return {
    get: () => parseWith(flag, context.workspaceState.get<unknown>(key, first)) ?? false,
    set: (on: boolean) => context.workspaceState.update(key, on),
  };
}
