/** Tests lists with rows that are no resources: the others are shown, and the user is informed. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { commandIds } from '../../src/manifest';
import { type ApiServer, startApiServer } from '../support/apiServer';
import { reset } from '../support/cleanWindow';
import { hands } from '../support/hands';
import { rowWith, run, saveAs, setUrl, signInWith } from '../support/host';
import { until } from '../support/until';

const tree = '.pane-body .monaco-list-row';

describe('rows that cannot be read, in a real VS Code', () => {
  let server: ApiServer;
  let folder: string;
  const contact = (n: number) => ({
    id: `c${n}`,
    type: 'contacts',
    attributes: { first_name: 'Odd', last_name: `Row ${n}`, email: `odd${n}@example.org` },
  });
  const setDialog = (simple: boolean | undefined) =>
    vscode.workspace
      .getConfiguration('files')
      .update('simpleDialog.enable', simple, vscode.ConfigurationTarget.Global);

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'unreadable-'));
    server = await startApiServer({
      handler: (request) => {
        const { pathname, searchParams } = new URL(request.url);
        const orgs = [{ id: 'odd', type: 'orgs', attributes: { name: 'Odd Water' } }, null, []];
        if (pathname === '/v3/orgs') return Response.json({ data: orgs });
        const rows = Array.from({ length: 7 }, (_, n) =>
          n === 3 ? { ...contact(n), meta: [] } : contact(n),
        );
        const offset = Number(searchParams.get('offset'));
        const meta = { pagination: { counts: { resources: rows.length } } };
        return Response.json({ data: rows.slice(offset, offset + 100), meta });
      },
    });
    await setUrl(server.url);
    await signInWith(server.token);
    await run('ctrlHub.contacts.focus');
    await until('the organisation', () => rowWith('Odd Water'));
    await hands.expand('Odd Water', 'odd0@');
    await setDialog(true);
  });
  after(async () => {
    await reset();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const spoken = (text: string) =>
    hands.inWorkbench<string[]>(
      `[...document.querySelectorAll('${tree}')].map((row) => row.getAttribute('aria-label') ?? '').filter((label) => label.includes('${text}'))`,
    );

  it('are told of below the others, and below the organisations, without a notification', async () => {
    const row = await until('the row', () => rowWith('1 row could not be read'));
    assert.doesNotMatch(row, /odd3@/);
    const rows = await hands.rows();
    assert.ok(
      rows.findIndex((one) => one.includes('1 row could')) > rows.findIndex((one) => one.includes('odd6@')),
    );
    assert.match(rows.at(-1) ?? '', /2 rows could not be read/);
    assert.match(
      (await spoken('1 row could')).join(),
      /1 row could not be read\. Press Enter to open the log\./,
    );
    assert.equal(await hands.count('.notifications-toasts .notification-list-item'), 0);
  });

  it('are told of in a filtered list', async () => {
    const filtering = run(commandIds.filter, { organisationId: 'odd' });
    await until('the box', async () => /Filter Contacts/.test((await hands.quickInput()).title));
    await hands.type('Row 6');
    await hands.press('Enter');
    await filtering;
    await until('fewer', async () => !(await rowWith('odd2@')));
    await until('the row', () => rowWith('1 row could not be read'));
    await run(commandIds.clearFilter);
    await until('all', () => rowWith('odd2@'));
  });

  it('are told of by Find', async () => {
    const finding = run(commandIds.find, { organisationId: 'odd' });
    await hands.type('Row 6');
    await until('the title', async () =>
      /6 contacts.*1 row could not be read/.test((await hands.quickInput()).title),
    );
    const asked = server.requests.length;
    await hands.type(' ');
    await until('the match', async () =>
      (await hands.quickInput()).rows.some((row) => row.includes('odd6@')),
    );
    assert.equal(server.requests.length, asked, 'nothing is read again');
    await hands.press('Escape');
    await finding;
  });

  it('are told of where a file lacks them', async () => {
    const done = run(commandIds.export, { organisationId: 'odd' });
    await until('the formats', async () =>
      (await hands.quickInput()).rows.some((row) => row.includes('vCard 4.0')),
    );
    await hands.pick('JSON');
    const file = join(folder, 'odd.json');
    await saveAs(file);
    await done;
    await run('notifications.showList');
    await hands.notice('6 contacts were exported. 1 row could not be read and is not in the file.');
    await run('notifications.clearAll');
    assert.equal(JSON.parse(await readFile(file, 'utf8')).length, 6);
  });

  it('lead to the log', async () => {
    await hands.clickRow('1 row could not be read');
    await until(
      'the log',
      async () => (await hands.count('.panel .output-view, .part.panel .monaco-editor')) > 0,
    );
    await run('workbench.action.closePanel');
  });
});
