import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commandIds } from '../../src/manifest';
import { type ApiServer, startApiServer } from '../support/apiServer';
import { reset } from '../support/cleanWindow';
import { colleague } from '../support/colleague';
import { hands } from '../support/hands';
import { rowWith, run, setUrl, showOrganisation, signInWith } from '../support/host';
import { until } from '../support/until';

describe('telephone numbers for the eye, in a real VS Code', () => {
  const given = '+447700900123';
  const shown = '+44 7700 900123';
  let server: ApiServer;
  let organisation: string;
  let path: string;
  let ref: { readonly organisationId: string; readonly contactId: string };

  before(async () => {
    server = await startApiServer({ contacts: 60 });
    const other = colleague(server);
    const [first] = await other.organisations();
    const organisationId = first?.id ?? assert.fail('no organisation');
    organisation = String(first?.attributes.name);
    const [one] = await other.contacts(organisationId);
    ref = { organisationId, contactId: one?.id ?? '' };
    path = `/v3/orgs/${organisationId}/customers/contacts/${one?.id}`;
    await other.change(path, {
      first_name: 'Ada',
      last_name: 'Number',
      email: 'ada@example.org',
      telephone: given,
    });
    await setUrl(server.url);
    await signInWith(server.token);
    await showOrganisation(organisation);
  });
  beforeEach(() => hands.expand(organisation, 'Ada Number'));
  after(async () => {
    await reset();
    await server.stop();
  });

  const hover = async (row: string, words: RegExp) => {
    await hands.hover('.pane-body .monaco-list-row', row);
    await until(String(words), async () =>
      (await hands.texts('.monaco-hover')).some((text) => words.test(text)),
    );
  };
  const firstRow = async () => (await hands.quickInput()).rows[0] ?? '';

  it('a row’s tooltip shows it', async () => {
    await hover('Ada Number', /^Ada Number\nEmail: ada@example\.org\nTelephone: \+44 7700 900123\nID: /);
    await hover(organisation, new RegExp(`^${organisation}`));
  });

  it('a row goes by it where there is no name', async () => {
    await colleague(server).change(path, { first_name: '', last_name: '', email: '' });
    await run(commandIds.refresh);
    await until('the number', () => rowWith(shown));
    await colleague(server).change(path, {
      first_name: 'Ada',
      last_name: 'Number',
      email: 'ada@example.org',
    });
    await run(commandIds.refresh);
    await until('the name', () => rowWith('Ada Number'));
  });

  it('Find shows it, and finds it as it was given', async () => {
    const done = run(commandIds.find, { organisationId: ref.organisationId });
    await until('the box', async () => /Find Contact/.test((await hands.quickInput()).title));
    await hands.type(given);
    await until('the row', async () => (await firstRow()).includes(`ada@example.org · ${shown}`));
    await hands.press('Escape');
    await done;
  });

  it('the palette’s picker shows it, and finds it as it was given or without its country', async () => {
    for (const typed of [given, '07700 900123']) {
      // A panel takes the focus, and typed text with it, when it appears.
      await run('workbench.action.closeAllEditors');
      const done = run(commandIds.open);
      await until('the box', async () => /^Open Contact: /.test((await hands.quickInput()).title));
      await hands.type(typed);
      await until('the row', async () => {
        const { rows } = await hands.quickInput();
        return rows.length === 1 && rows[0]?.includes(shown);
      });
      await hands.press('Enter');
      await done;
      await until('the panel', async () => (await hands.value('First name')) === 'Ada');
    }
  });

  it('the panel shows it beside the field, which holds what was given, and what is copied is that', async () => {
    await run(commandIds.open, { ref });
    await until('the number', async () => (await hands.panelText()).includes(shown));
    assert.equal(await hands.value('Telephone'), given);
    await run(commandIds.copyTelephone, { ref });
    assert.equal(await vscode.env.clipboard.readText(), given);
  });
});
