import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commandIds } from '../../src/manifest';
import { type ApiServer, startApiServer } from '../support/apiServer';
import { reset } from '../support/cleanWindow';
import { colleague } from '../support/colleague';
import { hands } from '../support/hands';
import { enterToken, run, setUrl } from '../support/host';
import { until } from '../support/until';

/** This file runs first, because the window is new only once. */
describe('a link in a window where nothing of ours runs, in a real VS Code', () => {
  let server: ApiServer;
  before(async () => {
    server = await startApiServer({ contacts: 10 });
    await setUrl(server.url);
  });
  after(async () => {
    await reset();
    await server.stop();
  });

  it('asks to sign in, and opens the contact', async () => {
    const other = colleague(server);
    const [organisation] = await other.organisations();
    const [contact] = await other.contacts(organisation?.id ?? '');
    const extension = vscode.extensions.getExtension('ctrl-hub-community.contacts');
    assert.equal(extension?.isActive, false, 'woken before its time');
    const link = (id = '') =>
      vscode.Uri.parse(
        `${vscode.env.uriScheme}://ctrl-hub-community.contacts/open?organisation=${organisation?.id}&contact=${id}`,
      );
    void run('vscode.open', link(contact?.id.toUpperCase()));
    await enterToken(server.token);
    await until('the form', async () => (await hands.value('Email')) === contact?.attributes.email);

    await hands.fill('Last name', 'Once');
    await run('vscode.open', link(contact?.id));
    await until('the one form', async () => (await hands.value('Last name')) === 'Once');
    assert.equal(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length, 1, 'one panel, one draft');
    await run(commandIds.revert);
  });
});
