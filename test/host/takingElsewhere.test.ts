import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { commandIds } from '../../src/manifest';
import { type ApiServer, startApiServer } from '../support/apiServer';
import { reset } from '../support/cleanWindow';
import { colleague } from '../support/colleague';
import { hands } from '../support/hands';
import { rowWith, run, saveAs, setUrl, showOrganisation, signInWith } from '../support/host';
import { until } from '../support/until';

interface Resource {
  readonly id: string;
  readonly attributes: Readonly<Record<string, string>>;
}

describe('taking a contact elsewhere, in a real VS Code', () => {
  let server: ApiServer;
  let organisation: Resource;
  let contacts: readonly Resource[];
  let folder: string;

  const ask = async (path: string) => {
    const answer = await fetch(`${server.url}${path}`, { headers: { 'X-Session-Token': server.token } });
    return (await answer.json()) as { data: Resource[] };
  };
  const node = ({ id }: Resource) => ({ ref: { organisationId: organisation.id, contactId: id } });
  const named = () =>
    contacts.filter(({ attributes: a }) => a.first_name && a.last_name && a.email && a.telephone);
  const one = () => named()[0] ?? assert.fail('no contact');
  const two = () => named()[1] ?? assert.fail('no second contact');
  const line = ({ attributes: a }: Resource) => `${a.first_name} ${a.last_name} <${a.email}>`;
  const nameOf = ({ attributes: a }: Resource) => `${a.first_name} ${a.last_name}`;
  const copied = async () => vscode.env.clipboard.readText();
  const three = () => named()[2] ?? assert.fail('no third contact');
  /** Waits for a notification, then closes it. */
  const told = async (words: string) => {
    await run('notifications.showList');
    await hands.notice(words);
    await run('notifications.clearAll');
  };
  const labels = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'exports-'));
    server = await startApiServer({ contacts: 250 });
    organisation = (await ask('/v3/orgs')).data[1] ?? assert.fail('no organisation');
    contacts = (await ask(`/v3/orgs/${organisation.id}/customers/contacts?limit=100&offset=0`)).data;
    await setUrl(server.url);
    await signInWith(server.token);
    await showOrganisation(organisation.attributes.name ?? '');
    await hands.clickRow(organisation.attributes.name ?? '');
    await until('the contact', () => rowWith(one().attributes.email ?? ''));
    await vscode.workspace
      .getConfiguration('files')
      .update('simpleDialog.enable', true, vscode.ConfigurationTarget.Global);
  });
  after(async () => {
    await reset();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('copies e-mail addresses, numbers and names, one a line', async () => {
    await run(commandIds.copyEmail, node(one()));
    assert.equal(await copied(), one().attributes.email);
    await run(commandIds.copyTelephone, node(one()), [node(one()), node(two())]);
    assert.equal(await copied(), `${one().attributes.telephone}\n${two().attributes.telephone}`);
    await run(commandIds.copyName, node(one()), [node(one()), node(two())]);
    assert.equal(await copied(), `${line(one())}\n${line(two())}`);
  });

  it('copies what a list has told since the contact was open', async () => {
    const four = named()[3] ?? assert.fail('no fourth contact');
    await run(commandIds.copyAsJson, node(four));
    assert.equal(JSON.parse(await copied()).attributes.email, four.attributes.email);
    const path = `/v3/orgs/${organisation.id}/customers/contacts/${four.id}`;
    await colleague(server).change(path, { email: 'moved@example.org' });
    await run(commandIds.refresh);
    await until('the new address', () => rowWith('moved@example.org'));
    await run(commandIds.copyEmail, node(four));
    assert.equal(await copied(), 'moved@example.org');
    await run(commandIds.copyAsJson, node(four));
    const { attributes, relationships } = JSON.parse(await copied());
    assert.ok(attributes.email === 'moved@example.org' && relationships, 'read anew, and whole');
  });

  it('copies the chosen row with Ctrl+C, and opens it with F2', async () => {
    await hands.clickRow(one().attributes.email ?? '');
    await until('the form', async () => (await hands.value('Email')) === one().attributes.email);
    await run('workbench.action.closeAllEditors');
    await run('ctrlHub.contacts.focus');
    await vscode.env.clipboard.writeText('');
    await until('the copy', async () => {
      await hands.press('Control+c');
      return (await copied()) === line(one());
    });
    await hands.press('F2');
    await until('the form', async () => (await hands.value('Email')) === one().attributes.email);
    await until('the cursor', async () => (await hands.focused()) === 'first_name');
  });

  it('copies and opens the row that has the focus, also where another one is selected', async () => {
    await run('workbench.action.closeAllEditors');
    await hands.clickRow(one().attributes.email ?? '');
    await until('the form', async () => (await hands.value('Email')) === one().attributes.email);
    await run('workbench.action.closeAllEditors');
    await run('ctrlHub.contacts.focus');
    const selected = await hands.selectedRows();
    await hands.press('ArrowDown');
    await vscode.env.clipboard.writeText('');
    await hands.press('Control+c');
    const text = await until('the copy', copied);
    assert.notEqual(text, line(one()));
    assert.deepEqual(await hands.selectedRows(), selected, 'what is selected stays selected');
    await hands.press('F2');
    await until('the form', async () => text.includes((await hands.value('Email')) ?? '?'));
    await run('workbench.action.closeAllEditors');
  });

  it('copies all selected rows with Ctrl+C, and Delete does nothing', async () => {
    await hands.clickRow(one().attributes.email ?? '');
    // The panel takes the focus when it appears.
    await until('the form', async () => (await hands.value('Email')) === one().attributes.email);
    await hands.clickRowWith(['Control'], two().attributes.email ?? '');
    await until('two rows', async () => (await hands.selectedRows()).length === 2);
    await vscode.env.clipboard.writeText('');
    await hands.press('Control+c');
    const text = await until('the copy', copied);
    assert.deepEqual(text.split('\n').toSorted(), [line(one()), line(two())].toSorted());
    assert.equal((await hands.selectedRows()).length, 2);
    const sent = server.requests.filter(({ method }) => method !== 'GET').length;
    await hands.press('Delete');
    assert.ok(await rowWith(one().attributes.email ?? ''));
    assert.equal(server.requests.filter(({ method }) => method !== 'GET').length, sent);
  });

  it('puts names and e-mail addresses into an editor where rows are dropped', async () => {
    const document = await vscode.workspace.openTextDocument({ content: '', language: 'plaintext' });
    await run('workbench.action.closeAllEditors');
    await vscode.window.showTextDocument(document);
    await hands.dragRow(one().attributes.email ?? '', '.editor-instance .view-lines', { shift: true });
    await until('the text', () => document.getText().includes(line(one())));
    await run('workbench.action.revertAndCloseActiveEditor');
  });

  it('does so for an unsaved contact, too', async () => {
    await run(commandIds.open, node(two()));
    await until('the form', async () => (await hands.value('Email')) === two().attributes.email);
    await hands.fill('Telephone', '01234 567890');
    await until('the mark', () => rowWith('Unsaved'));
    await run('workbench.action.closeAllEditors');
    const document = await vscode.workspace.openTextDocument({ content: '', language: 'plaintext' });
    await vscode.window.showTextDocument(document);
    await hands.dragRow(two().attributes.email ?? '', '.editor-instance .view-lines', { shift: true });
    await until('the text', () => document.getText().includes(line(two())));
    assert.ok(!document.getText().includes('ctrl-hub-draft'), document.getText());
    await run('workbench.action.revertAndCloseActiveEditor');
    await run(commandIds.open, node(two()));
    await run(commandIds.revert);
    await until('no mark', async () => !(await rowWith('Unsaved')));
    await run('workbench.action.closeAllEditors');
  });

  it('copies JSON as the API gave it: one, or an array of several', async () => {
    await run(commandIds.copyAsJson, node(one()));
    const { attributes, relationships } = JSON.parse(await copied());
    assert.deepEqual(attributes, one().attributes);
    assert.ok(relationships, 'with what a list leaves out');
    await run(commandIds.copyAsJson, node(one()), [node(one()), node(two())]);
    assert.deepEqual(
      JSON.parse(await copied()).map(({ id }: Resource) => id),
      [one().id, two().id],
    );
  });

  it('shows JSON with the name as its title and ids only in its address, to be read', async () => {
    await run(commandIds.showJson, node(one()));
    const document = await until('the document', async () => vscode.window.activeTextEditor?.document);
    assert.equal(document.languageId, 'json');
    assert.deepEqual(JSON.parse(document.getText()).attributes, one().attributes);
    assert.ok(labels().includes(nameOf(one())), labels().join());
    assert.ok(!decodeURIComponent(document.uri.toString()).includes(one().attributes.first_name ?? ''));
    assert.equal(vscode.workspace.fs.isWritableFileSystem(document.uri.scheme), undefined);
  });

  it('compares what was typed with what the server has now', async () => {
    await run('workbench.action.closeAllEditors');
    await run(commandIds.open, node(one()));
    await until('the form', async () => (await hands.value('Email')) === one().attributes.email);
    await hands.fill('Last name', `O'Draft`);
    await until('the mark', () => rowWith('Unsaved'));
    await run(commandIds.compare, node(one()));
    const diff = await until('the comparison', async () =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .map(({ input }) => input)
        .find((input) => input instanceof vscode.TabInputTextDiff),
    );
    const read = async (uri: vscode.Uri) =>
      JSON.parse((await vscode.workspace.openTextDocument(uri)).getText()).attributes.last_name;
    assert.equal(await read(diff.original), one().attributes.last_name);
    assert.equal(await read(diff.modified), `O'Draft`);
  });

  it('copies the request of Save as a command without the token, and says a conflict instead', async () => {
    await run(commandIds.copyAsCurl, node(one()));
    const command = await copied();
    assert.ok(command.includes(`"last_name":"O'\\''Draft"`), command);
    assert.ok(command.includes('$CTRL_HUB_TOKEN') && !command.includes(server.token));
    await vscode.env.clipboard.writeText('before');
    const path = `/v3/orgs/${organisation.id}/customers/contacts/${one().id}`;
    const answer = await fetch(`${server.url}${path}`, { headers: { 'X-Session-Token': server.token } });
    const { data } = (await answer.json()) as { data: { type: string; attributes: object } };
    await fetch(`${server.url}${path}`, {
      method: 'PUT',
      headers: { 'X-Session-Token': server.token, 'content-type': 'application/vnd.api+json' },
      body: JSON.stringify({
        data: { id: one().id, type: data.type, attributes: { ...data.attributes, last_name: 'Colleague' } },
      }),
    });
    void run(commandIds.copyAsCurl, node(one()));
    await told('somebody else changed Last name too');
    assert.equal(await copied(), 'before');
    await run(commandIds.open, node(one()));
    await until('the draft', async () => (await hands.value('Last name')) === `O'Draft`);
    await run(commandIds.revert);
    await until('no mark', async () => !(await rowWith('Unsaved')));
    await run('workbench.action.closeAllEditors');
  });

  it('copies what Save sends, byte for byte, also when the command is run by a shell', async () => {
    await run(commandIds.open, node(three()));
    await until('the form', async () => (await hands.value('Email')) === three().attributes.email);
    await hands.fill('Last name', `O'Neil $(id) "!!" \\ é漢😀`);
    await until('the mark', () => rowWith('Unsaved'));
    await run(commandIds.copyAsCurl, node(three()));
    const command = await copied();
    const start = server.requests.length;
    const put = () => server.requests.slice(start).filter(({ method }) => method === 'PUT');
    await run(commandIds.save);
    await until('the save', () => put().length === 1);
    await until('no mark', async () => !(await rowWith('Unsaved')));
    const shell = spawn('sh', ['-c', command], { env: { ...process.env, CTRL_HUB_TOKEN: server.token } });
    await new Promise((resolve) => shell.on('close', resolve));
    const [bySave, byShell] = put();
    assert.ok(bySave && byShell);
    for (const name of ['accept', 'content-type', 'content-length', 'if-match', 'x-session-token'])
      assert.equal(byShell.headers[name], bySave.headers[name], name);
    assert.deepEqual([byShell.path, byShell.body], [bySave.path, bySave.body]);
    const path = `/v3/orgs/${organisation.id}/customers/contacts/${three().id}`;
    await colleague(server).change(path, { last_name: three().attributes.last_name });
    await run(commandIds.refresh);
    await until('the name', () => rowWith(nameOf(three())));
    await run('workbench.action.closeAllEditors');
  });

  /** Answers the three questions as a user does. */
  const begunExport = async (
    target: object | undefined,
    scope: string | undefined,
    format: string,
    targets?: readonly object[],
  ) => {
    const ending = format.startsWith('vCard') ? 'vcf' : format.startsWith('CSV') ? 'csv' : 'json';
    const file = join(folder, `${format.replaceAll(/\W/g, '')}-${scope ? 'list' : 'rows'}.${ending}`);
    const done = run(commandIds.export, target, targets);
    if (scope) {
      await until('what', async () => (await hands.quickInput()).rows.some((row) => row.includes(scope)));
      await hands.pick(scope);
    }
    await until('the formats', async () =>
      (await hands.quickInput()).rows.some((row) => row.includes('vCard 4.0')),
    );
    await hands.pick(format);
    await saveAs(file);
    return { file, done };
  };
  const exported = async (...asked: Parameters<typeof begunExport>) => {
    const { file, done } = await begunExport(...asked);
    await done;
    await run('notifications.clearAll');
    return readFile(file, 'utf8');
  };

  it('exports one contact as a vCard', async () => {
    const file = await exported(node(two()), undefined, 'vCard 4.0');
    assert.ok(file.startsWith('BEGIN:VCARD\r\nVERSION:4.0\r\n'), file);
    assert.ok(file.includes(`EMAIL:${two().attributes.email}\r\n`), file);
  });

  it('exports the selected rows, by their menu and from the palette', async () => {
    const rows = [node(two()), node(three())];
    const names = (cards: string) => [...cards.matchAll(/^FN:(.*)\r$/gm)].map(([, name]) => name);
    assert.deepEqual(names(await exported(rows[0], undefined, 'vCard 3.0', rows)), [
      nameOf(two()),
      nameOf(three()),
    ]);
    await run('workbench.action.closeAllEditors');
    await hands.clickRow(three().attributes.email ?? '');
    await until('the form', async () => (await hands.value('Email')) === three().attributes.email);
    await hands.clickRowWith(['Control'], two().attributes.email ?? '');
    await until('two rows', async () => (await hands.selectedRows()).length === 2);
    await run('workbench.action.closeAllEditors');
    const cards = await exported(undefined, '2 selected contacts', 'vCard 3.0');
    assert.deepEqual(names(cards).toSorted(), [nameOf(three()), nameOf(two())].toSorted());
  });

  it('exports what a filter leaves, and a whole organisation, and leaves nothing else behind', async () => {
    const target = { organisationId: organisation.id };
    const all = JSON.parse(await exported(target, undefined, 'JSON'));
    assert.ok(all.length > 100, `${all.length}: more than a page`);
    const { relationships } = all.at(-1);
    assert.deepEqual(relationships, {
      organisation: { data: { type: 'organisations', id: organisation.id } },
    });
    const box = run(commandIds.filter, target);
    await until('the box', async () => /Filter Contacts/.test((await hands.quickInput()).title));
    await hands.type(two().attributes.email ?? '');
    await hands.press('Enter');
    await box;
    const csv = await exported(target, 'that match', 'JSON');
    assert.deepEqual(
      JSON.parse(csv).map(({ id }: Resource) => id),
      [two().id],
    );
    await run(commandIds.clearFilter);
    assert.deepEqual(
      (await readdir(folder)).filter((name) => !/-(list|rows)\.(vcf|csv|json)$/.test(name)),
      [],
    );
  });

  it('stops an export where its notification offers it, and leaves no file', async () => {
    // The largest organisation's list has not been read to its end.
    const other = (await ask('/v3/orgs')).data.at(-1);
    const isPage = ({ path }: { readonly path: string }) => path.includes(`${other?.id}/customers/contacts?`);
    const start = server.requests.length;
    server.fault = (request) => (isPage(request) ? { delay: 3_000 } : undefined);
    const { file, done } = await begunExport({ organisationId: other?.id }, undefined, 'CSV');
    await until('a page on its way', () => server.requests.slice(start).some(isPage));
    await run('notifications.showList');
    await hands.answerNotice('Cancel');
    await done;
    server.fault = undefined;
    assert.ok(!(await readdir(folder)).some((name) => file.endsWith(name)));
    await run('notifications.clearAll');
  });

  it('copies a link, which opens the contact and nothing else', async () => {
    await run('workbench.action.closeAllEditors');
    await run(commandIds.copyLink, node(two()));
    const link = await copied();
    assert.equal(
      link,
      `${vscode.env.uriScheme}://ctrl-hub-community.contacts/open?organisation=${organisation.id}&contact=${two().id}`,
    );
    void run('vscode.open', vscode.Uri.parse(link));
    await until('the form', async () => (await hands.value('Email')) === two().attributes.email);
  });

  for (const query of ['contact=../../x', 'contact=a%2Fb', 'contact=x&then=save', ''])
    it(`opens nothing by a link with ${query || 'no contact'}`, async () => {
      await run('workbench.action.closeAllEditors');
      const start = server.requests.length;
      const link = `${vscode.env.uriScheme}://ctrl-hub-community.contacts/open?organisation=${organisation.id}&${query}`;
      void run('vscode.open', vscode.Uri.parse(link));
      await told('This link does not lead to a contact');
      assert.deepEqual(labels(), []);
      assert.equal(server.requests.length, start);
    });

  it('finds what was opened last before anything is typed', async () => {
    const done = run(commandIds.find, { organisationId: organisation.id });
    await until('it', async () => (await hands.quickInput()).rows[0]?.includes(nameOf(two())));
    await hands.press('Escape');
    await done;
  });
});
