/**
 * Runs in a fresh extension host and measures the milliseconds from loading each extension's entry file until
 * `activate` resolves. VS Code's own work is the same for all extensions.
 */
import { appendFileSync } from 'node:fs';
import Module from 'node:module';
import { join } from 'node:path';
import * as vscode from 'vscode';

const ids = ['vscode.references-view', 'ctrl-hub-community.contacts', 'vscode.github-authentication'];

interface Entry {
  readonly activate?: (...args: unknown[]) => unknown;
}
const loader: { _load: (request: string, ...rest: unknown[]) => unknown } = Object(Module);

export async function run(): Promise<void> {
  const times: Record<string, number> = {};
  for (const id of ids) {
    const extension = vscode.extensions.getExtension(id);
    if (extension === undefined || extension.isActive) continue;
    times[id] = await timed(extension);
  }
  appendFileSync(process.env.CTRL_HUB_REPORT ?? '', `${JSON.stringify(times)}\n`);
}

async function timed(extension: vscode.Extension<unknown>): Promise<number> {
  const { _load: load } = loader;
  const main: unknown = extension.packageJSON.main;
  const file = join(extension.extensionPath, String(main)).replace(/(\.js)?$/, '.js');
  let took = Number.NaN;
  loader._load = (request, ...rest) => {
    if (request.replace(/(\.js)?$/, '.js') !== file) return load.call(Module, request, ...rest);
    const begun = performance.now();
    const entry = load.call(Module, request, ...rest) as Entry;
    const loaded = performance.now() - begun;
    const activate = async (...args: unknown[]) => {
      const called = performance.now();
      const result = await entry.activate?.(...args);
      took = loaded + performance.now() - called;
      return result;
    };
    return { ...entry, activate };
  };
  try {
    await extension.activate();
  } finally {
    loader._load = load;
  }
  if (Number.isNaN(took)) throw new Error(`${extension.id} was not seen to load`);
  return took;
}
