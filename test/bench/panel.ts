/** Measures the time from a click to a usable form, against a webview of ten lines, on screen. */
import { appendFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { commandIds } from '../../src/manifest';
import { createSandbox } from '../../src/sandbox/sandbox';
import { hands } from '../support/hands';
import { until } from '../support/until';

const rounds = 15;
const tenLines = `<!DOCTYPE html>
<html lang="en">
  <head><meta charset="utf-8"><title>Ten lines</title></head>
  <body>
    <main>
      <form>
        <label>First name <input value="Ada"></label>
      </form>
    </main>
  </body>
</html>`;

/** Returns the milliseconds from the click until the form was painted. */
async function shown(open: () => unknown): Promise<number> {
  const clicked = Date.now();
  await open();
  await until('the form', async () => (await hands.value('First name')) !== null);
  const took = (await hands.painted()) - clicked;
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  return took;
}

export async function run(): Promise<void> {
  const sandbox = createSandbox();
  const ask = async (path: string) => {
    const headers = { 'X-Session-Token': sandbox.token };
    const answer = await sandbox.fetch(new Request(`http://127.0.0.1${path}`, { headers }));
    return ((await answer.json()) as { data: { id: string }[] }).data;
  };
  const organisationId = (await ask('/v3/orgs'))[1]?.id ?? '';
  const contacts = await ask(`/v3/orgs/${organisationId}/customers/contacts`);
  await vscode.commands.executeCommand(commandIds.useSampleData);
  const floor: number[] = [];
  const ours: number[] = [];
  const request: number[] = [];
  for (const { id: contactId } of contacts.slice(0, rounds)) {
    const started = performance.now();
    await ask(`/v3/orgs/${organisationId}/customers/contacts/${contactId}?include=accounts,interactions`);
    request.push(performance.now() - started);
    floor.push(
      await shown(() => {
        const panel = vscode.window.createWebviewPanel('ten', 'Ten lines', vscode.ViewColumn.Active, {
          enableScripts: true,
        });
        panel.webview.html = tenLines;
      }),
    );
    ours.push(
      await shown(() =>
        vscode.commands.executeCommand(commandIds.open, { ref: { organisationId, contactId } }),
      ),
    );
  }
  appendFileSync(process.env.CTRL_HUB_REPORT ?? '', `${JSON.stringify({ floor, ours, request })}\n`);
}
