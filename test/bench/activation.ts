/**
 * Runs in a fresh extension host and measures, in milliseconds, loading each extension's entry file, the time
 * until `activate` resolves, and loading this extension's main bundle. VS Code's own work is the same for all
 * extensions.
 */
import { appendFileSync } from 'node:fs';
import Module from 'node:module';
import { join } from 'node:path';
import * as vscode from 'vscode';

const own = 'ctrl-hub-community.contacts';
const ids = ['vscode.references-view', own, 'vscode.github-authentication'];

interface Times {
  readonly loaded: number;
  readonly activated?: number;
}

interface Entry {
  readonly activate?: (...args: unknown[]) => unknown;
}
const loader: { _load: (request: string, ...rest: unknown[]) => unknown } = Object(Module);

export async function run(): Promise<void> {
  const times: Record<string, Times> = {};
  for (const id of ids) {
    const extension = vscode.extensions.getExtension(id);
    if (extension === undefined || extension.isActive) continue;
    times[id] = await timed(extension);
    if (id === own) times.main = { loaded: mainLoadOf(extension) };
  }
  appendFileSync(process.env.CTRL_HUB_REPORT ?? '', `${JSON.stringify(times)}\n`);
}

/** The entry file has not loaded the main bundle yet. */
function mainLoadOf({ extensionPath }: vscode.Extension<unknown>): number {
  const begun = performance.now();
  loader._load.call(Module, join(extensionPath, 'dist', 'app.js'));
  return performance.now() - begun;
}

async function timed(extension: vscode.Extension<unknown>): Promise<Times> {
  const { _load: load } = loader;
  const main: unknown = extension.packageJSON.main;
  const file = join(extension.extensionPath, String(main)).replace(/(\.js)?$/, '.js');
  let loaded = Number.NaN;
  let activated = Number.NaN;
  loader._load = (request, ...rest) => {
    if (request.replace(/(\.js)?$/, '.js') !== file) return load.call(Module, request, ...rest);
    const begun = performance.now();
    const entry = load.call(Module, request, ...rest) as Entry;
    loaded = performance.now() - begun;
    const activate = async (...args: unknown[]) => {
      const called = performance.now();
      const result = await entry.activate?.(...args);
      activated = loaded + performance.now() - called;
      return result;
    };
    return { ...entry, activate };
  };
  try {
    await extension.activate();
  } finally {
    loader._load = load;
  }
  if (Number.isNaN(activated)) throw new Error(`${extension.id} was not seen to load`);
  return { loaded, activated };
}
