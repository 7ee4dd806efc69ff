/** Run in a fresh extension host: how long each extension takes to load and activate, in milliseconds. */
import { appendFileSync } from 'node:fs';
import * as vscode from 'vscode';

const ids = ['vscode.references-view', 'ctrl-hub-community.contacts', 'vscode.github-authentication'];

export async function run(): Promise<void> {
  const times: Record<string, number> = {};
  for (const id of ids) {
    const extension = vscode.extensions.getExtension(id);
    if (extension === undefined || extension.isActive) continue;
    const started = performance.now();
    await extension.activate();
    times[id] = performance.now() - started;
  }
  appendFileSync(process.env.CTRL_HUB_REPORT ?? '', `${JSON.stringify(times)}\n`);
}
