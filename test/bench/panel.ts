/**
 * From a click on a row to a form that can be typed into, against a webview of ten lines, as somebody sees it. The
 * network is slow, and nobody should have to wait for it.
 */
import { appendFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { commandIds } from '../../src/manifest';
import { startApiServer } from '../support/apiServer';
import { colleague } from '../support/colleague';
import { hands } from '../support/hands';
import { rowWith, setUrl, showOrganisation, signInWith } from '../support/host';
import { until } from '../support/until';

const rounds = 15;
/** Milliseconds that are added to each request. */
const slow = 300;
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
  const server = await startApiServer({ contacts: 80 });
  const other = colleague(server);
  const organisation = (await other.organisations())[1];
  const organisationId = organisation?.id ?? '';
  const contacts = await other.contacts(organisationId);
  await setUrl(server.url);
  await signInWith(server.token);
  const name = String(organisation?.attributes.name);
  await showOrganisation(name);
  await hands.clickRow(name);
  await until('the rows', () => rowWith(String(contacts[0]?.attributes.email)));
  server.fault = () => ({ delay: slow });
  const floor: number[] = [];
  const ours: number[] = [];
  for (const { id: contactId } of contacts.slice(0, rounds)) {
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
  await vscode.commands.executeCommand(commandIds.signOut);
  await setUrl(undefined);
  await server.stop();
  appendFileSync(process.env.CTRL_HUB_REPORT ?? '', `${JSON.stringify({ floor, ours })}\n`);
}
