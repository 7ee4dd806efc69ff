import assert from 'node:assert/strict';
import { commandIds } from '../../src/manifest';
import { type ApiServer, startApiServer } from '../support/apiServer';
import { reset } from '../support/cleanWindow';
import { type ContactRecord, colleague } from '../support/colleague';
import { hands } from '../support/hands';
import {
  enter,
  filteredRows,
  rowWith,
  run,
  says,
  setUrl,
  showOrganisation,
  signInWith,
} from '../support/host';
import { until } from '../support/until';

describe('menus, the palette and what is heard of rows, in a real VS Code', () => {
  let server: ApiServer;
  let organisation: ContactRecord;
  let second: ContactRecord;
  let contacts: ContactRecord[];

  const attribute = (record: ContactRecord | undefined, name: string) =>
    String(record?.attributes[name] ?? '');
  const open = async (contact: ContactRecord | undefined) => {
    await run(commandIds.open, { ref: { organisationId: organisation.id, contactId: contact?.id } });
    await until('the form', async () => (await hands.panelText()).includes(contact?.id ?? '?'));
    await until('the field', async () => typeof (await hands.value('First name')) === 'string');
  };
  const full = () =>
    contacts.filter(({ attributes: a }) => a.first_name && a.last_name && a.email && a.telephone);
  /** Returns the commands that the Command Palette offers for a text. */
  const palette = async (text: string) => {
    void run('workbench.action.showCommands');
    await until('the palette', async () => (await hands.quickInput()).value.startsWith('>'));
    await hands.type(text);
    await until('the text', async () => (await hands.quickInput()).value === `>${text}`);
    return filteredRows();
  };
  /** Runs a command of the Command Palette once it is offered there. */
  const choose = async (text: string) => {
    await until('the command', async () => {
      if ((await palette(text)).some((row) => row.includes(text))) return true;
      await hands.press('Escape');
      return false;
    });
    await enter(async () => !(await hands.quickInput()).value.startsWith('>'));
  };
  const offers = async (text: string) => {
    const rows = await palette(text);
    await hands.press('Escape');
    return rows.some((row) => row.includes(text));
  };
  const heard = (text: string) =>
    hands.inWorkbench<string[]>(
      `[...document.querySelectorAll('.pane-body .monaco-list-row')].map((row) => row.ariaLabel ?? '').filter((label) => label.includes(${JSON.stringify(text)}))`,
    );
  const filter = async (organisationId: string, text: string) => {
    let box = Promise.resolve();
    let isOpen = false;
    const ask = () => {
      isOpen = true;
      box = Promise.resolve(run(commandIds.filter, { organisationId })).then(() => {
        isOpen = false;
      });
    };
    // The previous editor may take the focus late, which closes the box.
    const focus = () =>
      hands.inWorkbench<void>(`document.querySelector('.quick-input-widget input').focus()`);
    await until('the text', async () => {
      if (!isOpen) ask();
      if (!/Filter Contacts/.test((await hands.quickInput()).title)) return false;
      await focus();
      await hands.press('Control+a');
      await hands.type(text);
      return (await hands.quickInput()).value === text;
    });
    await enter(async () => (await hands.quickInput()).title === '');
    await box;
  };

  before(async () => {
    server = await startApiServer({ contacts: 250 });
    const other = colleague(server);
    const organisations = await other.organisations();
    organisation = organisations[1] ?? assert.fail('no organisation');
    second = organisations[2] ?? assert.fail('no second organisation');
    contacts = await other.contacts(organisation.id);
    await setUrl(server.url);
    await signInWith(server.token);
    await showOrganisation(attribute(organisation, 'name'));
    await hands.clickRow(attribute(organisation, 'name'));
    await until('a contact', () => rowWith(attribute(full()[0], 'email')));
  });
  after(async () => {
    await reset();
    await server.stop();
  });

  it('logs an interaction from the palette: the form has the focus, in an open panel and in a new one', async () => {
    await open(full()[0]);
    await choose('Log Interaction');
    await until('the focus', async () => (await hands.focused()) === 'interaction--method');
    await until('the form', async () => (await hands.value('Notes')) === '');
    await hands.type('A');
    await hands.clickButton('Discard');
    await run('workbench.action.closeAllEditors');
    const one = full()[1];
    void run(commandIds.logInteraction, { ref: { organisationId: organisation.id, contactId: one?.id } });
    await until('the panel', async () => (await hands.panelText()).includes(one?.id ?? '?'));
    await until('the focus', async () => (await hands.focused()) === 'interaction--method');
    // Typed text reaches the focused field.
    await hands.press('Tab');
    await until('the next field', async () => (await hands.focused()).startsWith('interaction--'));
    // VS Code destroys the page of a hidden panel.
    await hands.clickButton('Discard');
    await run('workbench.action.files.newUntitledFile');
    void run(commandIds.logInteraction, { ref: { organisationId: organisation.id, contactId: one?.id } });
    await until('the focus', async () => (await hands.focused()) === 'interaction--method');
    await hands.clickButton('Discard');
    await run('workbench.action.closeAllEditors');
  });

  it('asks for the account to link, in the panel of the contact', async () => {
    const one = full()[1];
    void run(commandIds.linkAccount, { ref: { organisationId: organisation.id, contactId: one?.id } });
    await until('the question', async () => (await hands.quickInput()).title === 'Link Account');
    await until('its rows', async () => (await hands.quickInput()).rows.length > 1);
    await hands.press('Escape');
    await until('the focus back', () => hands.inPanel<boolean>('document.hasFocus()'));
    await open(full()[0]);
    await choose('Link Account');
    await until('the question', async () => (await hands.quickInput()).title === 'Link Account');
    await until('its rows', async () => (await hands.quickInput()).rows.length > 1);
    await hands.press('Escape');
    await until('the focus back', () => hands.inPanel<boolean>('document.hasFocus()'));
    await run('workbench.action.closeAllEditors');
  });

  it('offers Revert where there is something to revert', async () => {
    await open(full()[0]);
    assert.ok(!(await offers('Revert Contact')), 'of a clean one');
    await hands.fill('First name', 'Changed');
    await choose('Revert Contact');
    await until('the value', async () => (await hands.value('First name')) !== 'Changed');
    await hands.fill('First name', 'Changed');
    await open(full()[1]);
    assert.ok(!(await offers('Revert Contact')), 'of another one');
    await open(full()[0]);
    assert.ok(await offers('Revert Contact'));
  });

  it('offers of a row what it has, and says the keys', async () => {
    const email = attribute(full()[0], 'email');
    await until('the mark', async () => /Unsaved/.test((await rowWith(email)) ?? ''));
    const menu = await hands.rowMenu(email);
    const has = (label: string) => menu.some((item) => item.startsWith(label));
    for (const label of ['Log Interaction…', 'Link Account…', 'Compare with Server', 'Copy Email', 'Call'])
      assert.ok(has(label), `${label} of ${menu.join(', ')}`);
    assert.ok(
      menu.some((item) => /^Copy Name and Email (Ctrl\+C|⌘C)$/.test(item)),
      menu.join(', '),
    );
    await open(full()[0]);
    await run(commandIds.revert);
    await until('no mark', async () => !(await rowWith('Unsaved')));
    const mute = contacts.find(({ attributes: a }) => !a.telephone && a.email) ?? assert.fail('none');
    const other = await hands.rowMenu(attribute(mute, 'email'));
    assert.ok(other.some((item) => item.startsWith('Email Contact')));
    assert.deepEqual(
      other.filter((item) => /^(Call|Copy Telephone|Compare)/.test(item)),
      [],
    );
  });

  it('has the copy of an id and the way to the list in the menu of a panel', async () => {
    await open(full()[0]);
    const menu = await hands.menu('.editor-group-container.active .editor-actions .codicon-toolbar-more');
    for (const label of ['Log Interaction…', 'Link Account…', 'Copy Contact ID', 'Show in the List'])
      assert.ok(
        menu.some((item) => item.startsWith(label)),
        menu.join(', '),
      );
    await run('workbench.actions.treeView.ctrlHub.contacts.collapseAll');
    await run(commandIds.reveal);
    await until('the row', () => rowWith(attribute(full()[0], 'email')));
    await run('workbench.action.closeAllEditors');
  });

  it('shows all of one organisation and leaves the filter of another', async () => {
    await filter(second.id, 'a');
    await filter(organisation.id, 'zzzz nobody');
    await until('the row', () => rowWith('No contact matches'));
    assert.deepEqual(await heard('No contact matches'), [
      'No contact matches “zzzz nobody”. Press Enter to show all.',
    ]);
    const menu = await hands.rowMenu(attribute(organisation, 'name'));
    assert.ok(menu.includes('Clear Filter') && menu.includes('Refresh'), menu.join(', '));
    await hands.clickRow('No contact matches');
    await until('a contact', () => rowWith(attribute(full()[0], 'email')));
    assert.match(await hands.viewText(), /only “a”|match “a”/);
    await until('no filter to clear', async () => {
      const after = await hands.rowMenu(attribute(organisation, 'name'));
      return !after.includes('Clear Filter');
    });
    // The button in the title applies to all rows, whichever row has the focus.
    await filter(organisation.id, 'zzzz nobody');
    await until('the row', () => rowWith('No contact matches'));
    await run('ctrlHub.contacts.focus');
    await hands.inWorkbench<void>(
      `document.querySelector('.pane-header .action-label[aria-label^="Clear Filter"]').click()`,
    );
    await until('no filter', async () => !/“(a|zzzz nobody)”/.test(await hands.viewText()));
  });

  it('says of every kind of row what it is, and of some what Enter does', async () => {
    const name = attribute(organisation, 'name');
    await until('the contacts', () => rowWith(attribute(full()[0], 'email')));
    const picked = run(commandIds.sort, { organisationId: organisation.id });
    await until('the orders', async () => (await hands.quickInput()).rows.length > 5);
    await hands.pick('Last name, A to Z');
    await picked;
    const label = await until('its label', async () =>
      (await heard(name)).find((text) => text.includes('ordered by')),
    );
    assert.match(label, /, [\d,]+ contacts, ordered by Last name, A to Z$/);
    const back = run(commandIds.sort, { organisationId: organisation.id });
    await until('the orders', async () => (await hands.quickInput()).rows.length > 5);
    await hands.pick('In the order of Ctrl Hub');
    await back;
  });

  it('finds what was opened last, also where no list has it, and not what is gone', async () => {
    const ask = async (path: string) => {
      const answer = await fetch(`${server.url}${path}`, { headers: { 'X-Session-Token': server.token } });
      return ((await answer.json()) as { data: ContactRecord[] }).data;
    };
    const far = (await ask(`/v3/orgs/${second.id}/customers/contacts?limit=20&offset=200`))
      .filter(({ attributes }) => attributes.email)
      .slice(0, 2);
    assert.equal(far.length, 2, 'beyond the first page');
    for (const { id } of far) {
      await run(commandIds.open, { ref: { organisationId: second.id, contactId: id } });
      await until('the form', async () => (await hands.panelText()).includes(id));
    }
    await run('workbench.action.closeAllEditors');
    await run(commandIds.signOut);
    const [gone, there] = far;
    const isOne = (path: string, id = '?') => path.includes(`/contacts/${id}`);
    server.fault = ({ path }) =>
      isOne(path, gone?.id)
        ? { status: 404, body: {} }
        : path.includes('/contacts?') && !path.includes('offset=0')
          ? { status: 500, body: {} }
          : undefined;
    await signInWith(server.token);
    const done = run(commandIds.find, { organisationId: second.id });
    const rows = async () => (await hands.quickInput()).rows;
    await until('it', async () => (await rows())[0]?.includes(attribute(there, 'email')));
    assert.ok(!(await rows()).some((row) => row.includes(attribute(gone, 'email'))));
    await hands.press('Escape');
    await done;
    server.fault = undefined;
  });

  it('offers to sign in in sample data, which chosen again there goes on', async () => {
    await run(commandIds.useSampleData);
    await until('it', async () => /Sample data/.test(await hands.viewText()));
    const menu = await hands.menu('.pane-header .codicon-toolbar-more, .title-actions .codicon-toolbar-more');
    assert.ok(menu.includes('Sign In'), menu.join(', '));
    await until('rows', () => rowWith('Moorland Water'));
    await hands.clickRow('Moorland Water');
    await until('the row', () => rowWith('Clashing Clare'));
    await hands.clickRow('Clashing Clare');
    await until('the form', async () => (await hands.value('First name')) !== null);
    await hands.clickButton('Log Interaction…');
    await until('the form', async () => (await hands.value('Notes')) !== null);
    await hands.fill('Notes', 'Not to be lost');
    await hands.clickButton('Log Interaction');
    await says(/Interaction logged/);
    const done = run(commandIds.signIn);
    await until('the ways', async () => (await hands.quickInput()).rows.length > 0);
    await hands.pick('Sample data');
    await done;
    await run('workbench.action.closeAllEditors');
    await until('the row', () => rowWith('Clashing Clare'));
    await hands.clickRow('Clashing Clare');
    await says(/Not to be lost/);
    await run('workbench.action.closeAllEditors');
    await run(commandIds.signOut);
  });
});
