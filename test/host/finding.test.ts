import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commandIds } from '../../src/manifest';
import { type ApiServer, startApiServer } from '../support/apiServer';
import { reset } from '../support/cleanWindow';
import { asked, colleague } from '../support/colleague';
import { hands } from '../support/hands';
import { rowWith, run, setUrl, showOrganisation, signInWith } from '../support/host';
import { until } from '../support/until';

describe('finding a contact among thousands, in a real VS Code', () => {
  let server: ApiServer;
  let organisationId: string;
  let name: string;
  let total: number;

  before(async () => {
    server = await startApiServer({ contacts: 3000 });
    const other = colleague(server);
    const organisations = await other.organisations();
    const sizes = await Promise.all(
      organisations.map(async ({ id }) => {
        const answer = await fetch(`${server.url}/v3/orgs/${id}/customers/contacts?limit=1`, {
          headers: { 'X-Session-Token': server.token, 'x-colleague': '1' },
        });
        const { meta } = (await answer.json()) as { meta: { pagination: { counts: { resources: number } } } };
        return meta.pagination.counts.resources;
      }),
    );
    total = Math.max(...sizes);
    const largest = organisations[sizes.indexOf(total)] ?? assert.fail('no organisation');
    organisationId = largest.id;
    name = String(largest.attributes.name);
    await setUrl(server.url);
    await signInWith(server.token);
    await showOrganisation(name);
  });
  after(async () => {
    await reset();
    await server.stop();
  });

  const rows = async () => (await hands.quickInput()).rows;
  const pages = (start: number) =>
    asked(server, start).filter(({ path }) =>
      path.startsWith(`/v3/orgs/${organisationId}/customers/contacts?`),
    );
  const firstRow = async () => (await rows())[0]?.split('\n')[0] ?? '';

  it('finds one that no list shows, by a part of its name, and opens it', async () => {
    const start = server.requests.length;
    const done = run(commandIds.find, { organisationId });
    await until('the box', async () => /Find Contact/.test((await hands.quickInput()).title));
    await until('all of them', async () =>
      (await hands.quickInput()).title.endsWith(`${total.toLocaleString('en')} contacts`),
    );
    assert.ok(pages(start).length >= total / 1000, 'every page was read');
    assert.equal(new Set(pages(start).map(({ path }) => path)).size, pages(start).length, 'each once');
    await hands.type('lukasz');
    await until('Łukasz', async () => /Łukasz/.test(await firstRow()));
    await hands.press('Enter');
    await done;
    await until('the panel', async () => /Łukasz/.test((await hands.value('First name')) ?? ''));
    await run('workbench.action.closeAllEditors');
  });

  it('opens by its keys from the tree, from an editor and from a field of the panel', async () => {
    const pressesFind = async () => {
      await hands.press('Control+k');
      await hands.press('Control+g');
      await until('the box', async () => /^Find/.test((await hands.quickInput()).title));
      await hands.press('Escape');
      await until('no box', async () => (await hands.quickInput()).title === '');
    };
    await run('ctrlHub.contacts.focus');
    await pressesFind();
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: '' }));
    await pressesFind();
    assert.equal(vscode.window.activeTextEditor?.document.getText(), '', 'nothing is typed');
    await run('workbench.action.closeActiveEditor');
    const [contact] = await colleague(server).contacts(organisationId);
    await run(commandIds.open, { ref: { organisationId, contactId: contact?.id } });
    await until('the field', async () => typeof (await hands.value('Last name')) === 'string');
    await hands.fill('Last name', 'Typed');
    await pressesFind();
    assert.equal(await hands.value('Last name'), 'Typed');
    await run(commandIds.revert);
  });

  it('asks nothing again the next time, and follows word order and accents', async () => {
    const start = server.requests.length;
    const done = run(commandIds.find, { organisationId });
    await until('the box', async () => (await rows()).length > 0);
    await hands.type('muller j');
    await until('a match or none', async () => !/Łukasz/.test(await firstRow()));
    await hands.press('Escape');
    await done;
    assert.equal(pages(start).length, 0);
  });

  describe('with Enter before the rows of what was pasted', () => {
    /** Both happen in one turn of the window, before the extension in its own process notices either. */
    const pasteAndEnter = (text: string) =>
      hands.inWorkbench(`(() => {
        const input = document.querySelector('.quick-input-widget .quick-input-box input');
        input.value = ${JSON.stringify(text)};
        input.dispatchEvent(new Event('input', { bubbles: true }));
        const key = { key: 'Enter', code: 'Enter', keyCode: 13, bubbles: true, cancelable: true };
        input.dispatchEvent(new KeyboardEvent('keydown', key));
        input.dispatchEvent(new KeyboardEvent('keyup', key));
      })()`);

    it('opens the contact that was pasted, not the one that was shown', async () => {
      const [, , third] = await colleague(server).contacts(organisationId);
      const email = String(third?.attributes.email);
      const done = run(commandIds.find, { organisationId });
      await until('the box', async () => (await rows()).length > 0);
      assert.ok(!(await firstRow()).includes(email));
      await pasteAndEnter(email);
      await until('the panel', async () => (await hands.value('Email')) === email);
      await done;
      await run('workbench.action.closeAllEditors');
    });

    it('opens none of several, and the one that is chosen then', async () => {
      const done = run(commandIds.find, { organisationId });
      await until('the box', async () => (await rows()).length > 0);
      await pasteAndEnter('lukasz');
      const first = await until('Łukasz', async () => /Łukasz/.test(await firstRow()) && firstRow());
      assert.equal(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length, 0);
      await until('the box’s answer to Enter', async () => {
        await hands.press('Enter');
        return /Łukasz/.test((await hands.value('First name')) ?? '');
      });
      assert.ok(first.startsWith(String(await hands.value('First name'))));
      await done;
      await run('workbench.action.closeAllEditors');
    });
  });

  it('filters the tree, says how many match, and clears it with one command', async () => {
    await run('workbench.actions.treeView.ctrlHub.contacts.collapseAll');
    await until('a collapsed organisation', async () => !(await rowWith('1 to 1,000')));
    const box = run(commandIds.filter, { organisationId });
    await until('the box', async () => /Filter Contacts/.test((await hands.quickInput()).title));
    await hands.type('lukasz');
    await hands.press('Enter');
    await box;
    await until('only matches', async () => {
      const contacts = (await hands.rows()).filter((row) => row.includes('@'));
      return contacts.length > 0 && contacts.every((row) => /łukasz/i.test(row) || /lukasz/i.test(row));
    });
    await until('the words', async () => /of [\d,]+ match “lukasz”/.test(await hands.viewText()));
    await run(commandIds.clearFilter);
    await until('the groups', () => rowWith('1 to 1,000'));
    await until('no word of it', async () => !/match/.test(await hands.viewText()));
  });

  it('says that nothing matches, and shows everything again with one click', async () => {
    const box = run(commandIds.filter, { organisationId });
    await until('the box', async () => /Filter Contacts/.test((await hands.quickInput()).title));
    await hands.type('zzzz nobody');
    await hands.press('Enter');
    await box;
    await until('the row', () => rowWith('No contact matches “zzzz nobody”'));
    await hands.clickRow('No contact matches');
    await until('the groups', () => rowWith('1 to 1,000'));
  });

  it('groups a list of thousands by initial in the order that was chosen', async () => {
    const picked = run(commandIds.sort, { organisationId });
    await until('the orders', async () => (await rows()).length > 5);
    await hands.pick('First name, A to Z');
    await picked;
    const rowsShown = await until('the initials', async () => {
      const shown = await hands.rows();
      return shown.some((row) => /^A\d/.test(row)) && shown;
    });
    const initials = rowsShown.flatMap((row) => row.match(/^[A-Z](?=[\d,]+$)/) ?? []);
    assert.deepEqual(initials, initials.toSorted());
    await hands.clickRow({ pattern: '^A[\\d,]+$' });
    await until('their contacts', async () =>
      (await hands.rows()).some((row) => /^(A|Á|Å)/.test(row) && row.includes('@')),
    );
  });

  it('shows a found contact in the tree, though nothing is open there', async () => {
    await run('workbench.actions.treeView.ctrlHub.contacts.collapseAll');
    const done = run(commandIds.find, { organisationId });
    await until('the box', async () => (await rows()).length > 0);
    await hands.type('lukasz');
    await until('Łukasz', async () => /Łukasz/.test(await firstRow()));
    // A row of a page that is still to come cannot be shown.
    await until('all of them', async () => !/so far/.test((await hands.quickInput()).title));
    await hands.rowButton('Łukasz', 'Show in the List');
    await done;
    await until('its row', () => rowWith('Łukasz'));
    const picked = run(commandIds.sort, { organisationId });
    await until('the orders', async () => (await rows()).length > 5);
    await hands.pick('In the order of Ctrl Hub');
    await picked;
  });
});
