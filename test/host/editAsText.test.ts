import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commandIds, contactsScheme } from '../../src/manifest';
import { type ApiServer, startApiServer } from '../support/apiServer';
import { type ContactRecord, colleague } from '../support/colleague';
import { hands } from '../support/hands';
import { rowWith, run, setUrl, showOrganisation, signInWith } from '../support/host';
import { until } from '../support/until';

describe('contacts as text, in a real VS Code', function () {
  this.timeout(60_000);
  let server: ApiServer;
  let organisationId: string;
  let contacts: ContactRecord[];
  let name: string;

  before(async () => {
    server = await startApiServer({ contacts: 60 });
    const other = colleague(server);
    const [organisation] = await other.organisations();
    organisationId = organisation?.id ?? assert.fail('no organisation');
    name = String(organisation?.attributes.name);
    contacts = (await other.contacts(organisationId)).filter(
      ({ attributes }) => attributes.first_name && attributes.last_name && attributes.email,
    );
    await setUrl(server.url);
    await signInWith(server.token);
    await showOrganisation(name);
  });
  after(async () => {
    await run('workbench.action.revertAndCloseActiveEditor');
    await run('workbench.action.closeAllEditors');
    await setUrl(undefined);
    await server.stop();
  });

  const document = () =>
    vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === contactsScheme) ?? assert.fail('no text');
  async function replace(before: string, after: string): Promise<void> {
    const text = document().getText();
    const at = text.indexOf(before);
    assert.ok(at >= 0, `no ${before}`);
    const range = new vscode.Range(document().positionAt(at), document().positionAt(at + before.length));
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document().uri, range, after);
    assert.ok(await vscode.workspace.applyEdit(edit));
  }
  const puts = () => server.requests.filter(({ method }) => method === 'PUT');
  const email = (n: number) => String(contacts[n]?.attributes.email);
  const diagnostics = () => vscode.languages.getDiagnostics(document().uri);
  const codes = () => diagnostics().map(({ code }) => code);

  beforeEach(async () => {
    await run(commandIds.editAsText, { organisationId });
    await until('the text', () => vscode.window.activeTextEditor?.document.uri.scheme === contactsScheme);
  });

  it('opens an organisation with all its contacts, saves typed text as drafts, and sends nothing', async () => {
    assert.equal(document().languageId, 'ctrlhub-contacts');
    const all = document().getText();
    for (const contact of contacts)
      assert.ok(all.includes(`[${contact.id.slice(0, 8)}`), 'a contact is not in the text');
    await replace(`email: ${email(0)}`, 'email: typed@example.org');
    assert.ok(await document().save());
    await until('the mark', async () => /unsaved/i.test(String(await rowWith(name))));
    assert.ok(document().getText().includes('email: typed@example.org'));
    await replace('email: typed@example.org', `email: ${email(0)}`);
    assert.ok(await document().save());
    await until('no mark', async () => !/unsaved/i.test(String(await rowWith(name))));
    assert.deepEqual(puts(), []);
  });

  it('shows a text that was pasted over the whole from its beginning', async () => {
    const text = document().getText();
    const changed = text.replace(`email: ${email(0)}`, 'email: pasted@example.org');
    const [beginning = ''] = text.split('\n');
    const isAtTop = async () => {
      const lines = await hands.texts('.editor-instance .view-line');
      return lines.some((line) => line.replaceAll('\u00A0', ' ').startsWith(beginning));
    };
    await run('editor.action.selectAll');
    await run('paste', { text: changed });
    await until('the pasted text', () => document().getText() === changed);
    await until('its beginning', isAtTop);
    await run('undo');
    await until('the text as it was', () => document().getText() === text);
    await run('workbench.action.revertAndCloseActiveEditor');
  });

  it('shows one draft in the text and in a panel', async () => {
    const { uri } = document();
    await replace(`email: ${email(0)}`, 'email: typed@example.org');
    assert.ok(await document().save());
    await run(commandIds.open, { ref: { organisationId, contactId: contacts[0]?.id } });
    await until('the draft', async () => (await hands.value('Email')) === 'typed@example.org');
    await hands.fill('Email', 'panel@example.org');
    // Behind the panel, VS Code has closed it.
    await until('the text', async () => {
      const text = await vscode.workspace.openTextDocument(uri);
      return text.getText().includes('email: panel@example.org') && !text.isDirty;
    });
    await run('vscode.open', uri);
    await until(
      'the text in front',
      () => vscode.window.activeTextEditor?.document.uri.scheme === contactsScheme,
    );
    await replace('email: panel@example.org', `email: ${email(0)}`);
    assert.ok(await document().save());
    await until('no mark', async () => !/unsaved/i.test(String(await rowWith(name))));
    assert.deepEqual(puts(), []);
  });

  it('shows problems without values, and corrects them', async () => {
    await replace(`first_name: ${contacts[1]?.attributes.first_name}`, 'first_name: MARGARET');
    await replace(`email: ${email(2)}`, 'email: nonsense');
    await until('the problems', () => codes().includes('capitals') && codes().includes('email'));
    for (const { message } of diagnostics()) assert.doesNotMatch(message, /MARGARET|nonsense|@\w/);
    const { range } = diagnostics().find(({ code }) => code === 'capitals') ?? assert.fail('no problem');
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document().uri,
      range,
    );
    const fix = actions.find(({ isPreferred }) => isPreferred)?.edit ?? assert.fail('no quick fix');
    await vscode.workspace.applyEdit(fix);
    assert.ok(document().getText().includes('first_name: Margaret'));
    await until('one problem less', () => !codes().includes('capitals'));
    const place = diagnostics().find(({ code }) => code === 'email')?.range ?? assert.fail('no problem');
    const [accept] = (
      await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document().uri,
        place,
      )
    ).filter(({ title }) => title === 'Accept as it is');
    const { command, arguments: given = [] } = accept?.command ?? assert.fail('nothing to accept by');
    await run(command, ...given);
    await until('no problem', () => !codes().includes('email'));
  });

  it('keeps a damaged text as it was typed, and makes no change of it', async () => {
    const id = `[${contacts[3]?.id.slice(0, 8)}`;
    await replace(id, '[ffffffff');
    await replace(`email: ${email(3)}`, 'email: damaged@example.org');
    assert.ok(await document().save());
    await until('the problem', () => codes().includes('unknownId'));
    const { uri } = document();
    const text = document().getText();
    await run('workbench.action.closeAllEditors');
    await until('closed', () => vscode.window.tabGroups.all.every(({ tabs }) => tabs.length === 0));
    const again = await vscode.workspace.openTextDocument(uri);
    assert.equal(again.getText(), text);
    await vscode.window.showTextDocument(again);
    await replace('[ffffffff', id);
    await replace('email: damaged@example.org', `email: ${email(3)}`);
    assert.ok(await document().save());
    await until('no error', () => !codes().includes('unknownId'));
    assert.deepEqual(puts(), []);
  });
});
