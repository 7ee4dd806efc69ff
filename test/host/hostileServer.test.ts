/** Tests that hostile server text stays text in rows, tooltips, pickers, titles, messages and the panel. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { toLine } from '../../src/base/text';
import { commandIds } from '../../src/manifest';
import { type ApiServer, startApiServer } from '../support/apiServer';
import { reset } from '../support/cleanWindow';
import { hands } from '../support/hands';
import { rowWith, run, setUrl, signInWith } from '../support/host';
import { hostileContact, hostileStrings } from '../support/hostileStrings';
import { startRawServer } from '../support/rawServer';
import { until } from '../support/until';

const organisation = `Org ${hostileStrings.icon} ${hostileStrings.command} ${hostileStrings.script}`;
const names = Object.entries(hostileStrings).filter(([, text]) => toLine(text) !== '');
const tree = '.pane-body .monaco-list-row';
const quick = '.quick-input-list .monaco-list-row';

describe('a hostile server, in a real VS Code', () => {
  let server: ApiServer;
  let token: string;
  let puts: string[];
  const respond = (text: string) =>
    new Response(text, { headers: { 'content-type': 'application/vnd.api+json' } });
  const contactText = (n: number) =>
    hostileContact(`c${n}`, { first_name: names[n]?.[1] ?? '', email: names[n]?.[1] ?? '' });

  before(async () => {
    puts = [];
    server = await startApiServer({
      handler: async (request) => {
        const { pathname } = new URL(request.url);
        if (request.method === 'PUT') {
          puts.push(await request.text());
          return respond(puts.at(-1) ?? '');
        }
        if (pathname === '/v3/orgs')
          return respond(
            JSON.stringify({ data: [{ id: 'o', type: 'orgs', attributes: { name: organisation } }] }),
          );
        const [, one] = /contacts\/c(\d+)$/.exec(pathname) ?? [];
        if (one !== undefined) return respond(`{"data":${contactText(Number(one))}}`);
        const data = names.map(([, text], n) => ({
          id: `c${n}`,
          type: 'contacts',
          attributes: { first_name: text, email: `row${n}@example.org`, telephone: text.slice(0, 2000) },
        }));
        const features = { sort: { options: ['constructor', '__proto__', hostileStrings.icon] } };
        return respond(JSON.stringify({ data, meta: { features } }));
      },
    });
    ({ token } = server);
    await setUrl(server.url);
    await signInWith(token);
    await run('ctrlHub.contacts.focus');
    await until('the organisation', () => rowWith('Org $(trash)'));
  });
  after(async () => {
    await reset();
    await server.stop();
  });

  /** Checks that no part of the text became an icon or a link. */
  async function plainText(where: string) {
    for (const made of ['.codicon-trash', '.codicon-sync', '.codicon-bug', 'a[href]', 'script', 'img', 'b'])
      assert.equal(await hands.count(`${where} .label-name ${made}`), 0, `${made} in ${where}`);
  }

  beforeEach(() => hands.expand('Org $(trash)', 'row0@example.org'));

  it('rows are one line of text each, whatever the names are', async () => {
    const rows = await hands.rows();
    assert.ok(rows.some((row) => row.includes('<script>window.hacked = true</script>')));
    await plainText(tree);
  });

  it('a tooltip is text: no link, no picture, no command', async () => {
    const row = names.findIndex(([what]) => what === 'command');
    // VS Code shows no tooltip of a row that it draws just then.
    let looks = 0;
    await until('the tooltip', async () => {
      if (looks++ % 50 === 0) {
        await hands.hover(tree, `row${row === 0 ? 1 : 0}@`);
        await hands.hover(tree, `row${row}@`);
      }
      return (await hands.texts('.monaco-hover')).some((text) => text.includes('command:workbench'));
    });
    assert.equal(await hands.count('.monaco-hover a'), 0);
    assert.equal(await hands.count('.monaco-hover img'), 0);
  });

  it('the view’s message and a QuickPick are text', async () => {
    const done = run(commandIds.find, { organisationId: 'o' });
    await until('the rows', async () => (await hands.quickInput()).rows.length > 3);
    await hands.type('trash');
    await until('the icon as text', async () =>
      (await hands.texts(quick))[0]?.includes('$(trash) $(sync~spin)'),
    );
    for (const icon of ['trash', 'sync', 'bug', 'error'])
      assert.equal(await hands.count(`${quick} .codicon-${icon}`), 0, icon);
    await hands.press('Escape');
    await done;
    const box = run(commandIds.filter, { organisationId: 'o' });
    await until('the box', async () => /Filter Contacts/.test((await hands.quickInput()).title));
    await hands.type('trash');
    await hands.press('Enter');
    await box;
    await until('the message', async () => /Org \$\(trash\).*match/.test(await hands.viewText()));
    assert.equal(await hands.count('.tree-explorer-viewlet-tree-view .message a'), 0);
    await run(commandIds.clearFilter);
    await until('all rows', () => rowWith('row0@'));
  });

  it('an order that is called like a part of every object is one to choose', async () => {
    const done = run(commandIds.sort, { organisationId: 'o' });
    await until('the orders', async () => (await hands.quickInput()).rows.length > 5);
    await hands.type('constructor');
    await until('it', async () => /Constructor/.test((await hands.texts(quick))[0] ?? ''));
    await hands.press('Escape');
    await done;
  });

  it('a contact with a name of a megabyte opens, is edited and saved, and all else goes back as it came', async () => {
    const n = names.findIndex(([what]) => what === 'long');
    await run(commandIds.open, { ref: { organisationId: 'o', contactId: `c${n}` } });
    await until('the form', async () => (await hands.value('First name'))?.length === 1_000_004);
    await hands.fill('Last name', 'Edited');
    await until('the draft', async () => /Unsaved since/.test(await hands.panelText()));
    await hands.clickButton('Save');
    await until('the save', async () => /Contact saved/.test(await hands.panelText()));
    const [put] = puts;
    const { attributes } = JSON.parse(contactText(n));
    const expected = JSON.stringify(attributes).replace(/\}$/, ',"last_name":"Edited"}');
    const sent = JSON.stringify(JSON.parse(put ?? '{}').data.attributes);
    assert.ok(sent === expected, 'what nobody edited is as it was');
    const hacked = await hands.inPanel<unknown>('String(window.hacked)');
    assert.equal(hacked, 'undefined');
    const titles = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
    assert.ok(titles.some((title) => title.startsWith('Longxxx') && title.length <= 200));
    await run('workbench.action.closeAllEditors');
  });

  it('a title is text, and the panel may run no other script', async () => {
    const n = names.findIndex(([what]) => what === 'icon');
    await run(commandIds.open, { ref: { organisationId: 'o', contactId: `c${n}` } });
    await until('the form', async () => (await hands.value('First name')) === hostileStrings.icon);
    await until('the title', async () =>
      (await hands.texts('.tabs-container .tab')).some((tab) => tab.includes('$(trash) $(sync~spin)')),
    );
    assert.equal(await hands.count('.tabs-container .tab .codicon-trash'), 0);
    assert.equal(await hands.inPanel<number>('document.body.querySelectorAll("script").length'), 0);
    const asked = await hands.inPanel<string>(`new Promise((resolve) => {
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => resolve(effectiveDirective));
      const script = document.createElement('script');
      script.textContent = 'window.hacked = true';
      document.head.append(script);
    })`);
    assert.equal(asked, 'script-src-elem');
    assert.equal(await hands.inPanel<unknown>('String(window.hacked)'), 'undefined');
    await run('workbench.action.closeAllEditors');
  });

  it('a refusal’s words are text in a row, and in no notification', async () => {
    server.fault = () => ({
      status: 422,
      body: {
        errors: [
          { title: hostileStrings.command, detail: `${hostileStrings.command} ${hostileStrings.icon}` },
        ],
      },
    });
    await run(commandIds.refresh);
    await until('the failure', () => rowWith('did not accept this'));
    await plainText(tree);
    assert.equal(await hands.count('.notifications-toasts a'), 0);
    server.fault = undefined;
    await run(commandIds.refresh);
    await until('the organisation', () => rowWith('Org $(trash)'));
  });

  it('a certificate that nobody vouches for, and an answer without end: said in the view', async () => {
    const tls = await startRawServer((_, response) => response.end(), { tls: true });
    await run(commandIds.signOut);
    await setUrl(tls.url);
    const done = run(commandIds.signIn);
    await until('the ways', async () => (await hands.quickInput()).rows.length > 0);
    await hands.pick('Session token');
    await until('the box', async () => (await hands.quickInput()).inputType === 'password');
    await hands.type(token);
    await hands.press('Enter');
    await until('the certificate', async () =>
      /does not trust the certificate/.test((await hands.quickInput()).message),
    );
    await hands.press('Escape');
    await done;
    assert.deepEqual(tls.requests, []);
    await tls.stop();
    await setUrl(server.url);
    await signInWith(token);
    await until('the organisation', () => rowWith('Org $(trash)'));
    server.fault = () => ({ raw: ' '.repeat(50_000_000) });
    await run(commandIds.refresh);
    await until('the size', async () => /response is too large/.test(await hands.viewText()));
  });
});
