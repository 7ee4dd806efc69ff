/** A CSV file that comes back from a spreadsheet, in a real VS Code: from the export to the PUTs. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import * as vscode from 'vscode';
import { commandIds } from '../../src/manifest';
import { type ApiServer, startApiServer, untilQuiet } from '../support/apiServer';
import { asked, type ContactRecord, colleague } from '../support/colleague';
import { newGate } from '../support/gate';
import { hands } from '../support/hands';
import { enter, openFile, run, saveAs, says, setUrl, showOrganisation, signInWith } from '../support/host';
import { until } from '../support/until';

describe('updating contacts from a file, in a real VS Code', function () {
  this.timeout(90_000);
  let server: ApiServer;
  let other: ReturnType<typeof colleague>;
  let organisations: readonly ContactRecord[];
  let organisation: ContactRecord;
  let contacts: readonly ContactRecord[];
  let folder: string;

  const path = ({ id }: ContactRecord) => `/v3/orgs/${organisation.id}/customers/contacts/${id}`;
  const at = (n: number) => contacts[n] ?? assert.fail(`no contact ${n}`);
  const puts = (start: number) => asked(server, start).filter(({ method }) => method === 'PUT');
  const row = () => ({ organisationId: organisation.id });
  const numbers = ['+447700900101', '07700900102', '07700900103', '+447700900104', '', '07700900106'];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'update-'));
    server = await startApiServer({ contacts: 40 });
    other = colleague(server);
    organisations = await other.organisations();
    organisation = organisations[0] ?? assert.fail('no organisation');
    contacts = (await other.contacts(organisation.id)).slice(0, numbers.length);
    for (const [n, telephone] of numbers.entries())
      await other.change(path(at(n)), {
        first_name: `Given${n}`,
        last_name: 'Family',
        email: n === 4 ? 'given3@example.org' : `given${n}@example.org`,
        telephone,
      });
    await vscode.workspace
      .getConfiguration('files')
      .update('simpleDialog.enable', true, vscode.ConfigurationTarget.Global);
    await setUrl(server.url);
    await signInWith(server.token);
    await showOrganisation(String(organisation.attributes.name));
  });
  after(async () => {
    await run('workbench.action.closeAllEditors');
    await run('notifications.clearAll');
    await vscode.workspace
      .getConfiguration('files')
      .update('simpleDialog.enable', undefined, vscode.ConfigurationTarget.Global);
    await setUrl(undefined);
    await server.stop();
    await rm(folder, { recursive: true });
  });

  /** Exports the organisation for spreadsheets. */
  const exported = async () => {
    const file = join(folder, 'export.csv');
    const done = run(commandIds.export, row());
    await until('the formats', async () =>
      (await hands.quickInput()).rows.some((one) => one.includes('For spreadsheets')),
    );
    await hands.pick('For spreadsheets');
    await saveAs(file);
    await done;
    await run('notifications.clearAll');
    const rows: string[][] = parse(await readFile(file), { bom: true });
    return rows;
  };
  /** Writes a file as a spreadsheet of a country with a decimal comma saves "Unicode text". */
  const saved = async (name: string, rows: readonly (readonly string[])[]) => {
    const file = join(folder, name);
    const text = rows.map((cells) =>
      cells.map((cell) => (/[;"\n]/.test(cell) ? `"${cell}"` : cell)).join(';'),
    );
    await writeFile(file, Buffer.from(`\uFEFF${text.join('\r\n')}\r\n`, 'utf16le'));
    return file;
  };
  const shot = (name: string) =>
    process.env.CTRL_HUB_SHOTS
      ? hands.screenshot(join(process.env.CTRL_HUB_SHOTS, `${name}.png`))
      : undefined;
  /** Waits for the question how the file is read. */
  const question = () =>
    until('the columns', async () => {
      const { rows } = await hands.quickInput();
      return rows.some((one) => one.includes('Continue')) && rows;
    });

  const open = async (n: number) => {
    await run(commandIds.open, { ref: { organisationId: organisation.id, contactId: at(n).id } });
    await until('the form', async () => (await hands.panelText()).includes(at(n).id));
  };
  const type = async (n: number, telephone: string) => {
    await open(n);
    await hands.fill('Telephone', telephone);
    await says(/Unsaved since/);
    await run('workbench.action.closeAllEditors');
  };
  /** VS Code shows no question to delete a draft during tests. */
  const revert = async (n: number, telephone: string) => {
    await open(n);
    assert.equal(await hands.value('Telephone'), telephone);
    await hands.clickButton('Revert');
    await until('no draft', async () => !/Unsaved since/.test(await hands.panelText()));
    await run('workbench.action.closeAllEditors');
  };

  it('changes what the file changes, asks about damaged numbers, and lists every other row', async () => {
    const [header = [], ...table] = await exported();
    const column = (name: string) => header.indexOf(name);
    const cellsOf = (n: number) => {
      const found = table.find((cells) => cells[column('id')] === at(n).id) ?? assert.fail();
      return Object.fromEntries(header.map((name, m) => [name, found[m] ?? '']));
    };
    // A number that was edited in a spreadsheet has no apostrophe, and has lost its plus or its zero.
    const rows = [
      { ...cellsOf(0), email: 'changed@example.org' },
      { ...cellsOf(1), telephone: '7700900199' },
      { ...cellsOf(2), telephone: '7700900103' },
      { ...cellsOf(3), telephone: '4.47E+11', first_name: '' },
      cellsOf(5),
      { ...cellsOf(5), last_name: 'Other' },
      { ...cellsOf(0), id: 'nobody', first_name: 'Not', last_name: 'Here' },
    ];
    const names = ['last_name', 'telephone', 'id', 'first_name', 'email', 'organisation_id'];
    const file = await saved('spreadsheet.csv', [
      [...names, 'Notes'],
      ...rows.map((cells: Readonly<Record<string, string>>) => [
        ...names.map((name) => cells[name] ?? ''),
        'x',
      ]),
    ]);

    // Another field of a contact has an unsaved edit.
    await type(0, '07700 900555');
    const start = server.requests.length;
    const done = run(commandIds.updateFromFile, undefined);
    await openFile(file);
    const lines = await question();
    await shot('1-columns');
    const has = (words: RegExp) =>
      assert.ok(
        lines.some((line) => words.test(line)),
        `${words} in ${lines}`,
      );
    has(/Continue.*7 rows/s);
    has(/id → ID.*tells whose row it is/s);
    has(/Delimiter: semicolon/);
    has(/Encoding: UTF-16 LE/);
    has(/Empty cells leave the field as it is/);
    await hands.press('Enter');
    const damaged = await until('the damaged numbers', async () => {
      const now = await hands.quickInput();
      // The rows of the question before may still be there.
      return now.rows.length === 1 && now.rows[0]?.includes('→ 07700900199') && now.rows;
    });
    await shot('2-numbers');
    assert.match(damaged[0] ?? '', /7700900199 → 07700900199.*row 3 · Given1 Family/s);
    await hands.pick('7700900199');
    await hands.press('Enter');
    const text = await says(/Apply to 2 contacts/);
    await done;
    await shot('3-review');
    assert.match(text, /given0@example\.org\s*changed@example\.org/);
    assert.match(text, /07700900102\s*07700900199/);
    assert.match(text, /No contact has this ID · 1 row\s*Row 8 Not · Here/);
    assert.match(
      text,
      /Several rows are for the same contact · 2 rows\s*Row 6 Given5 Family\s*Row 7 Given5 Family/,
    );
    assert.match(text, /it cannot be repaired · 1 row\s*Row 5 Given3 Family Telephone: 4\.47E\+11/);
    assert.match(text, /otherwise as in Ctrl Hub · 1 row\s*Row 4 Given2 Family/);
    assert.deepEqual(puts(start), []);

    // The review has the focus: its first control is the button.
    await hands.press('Tab');
    await until('the button', async () => (await hands.focused()) === 'apply');
    await hands.press('Enter');
    await says(/2 saved/);
    await shot('4-applied');
    const sent = puts(start).map(({ path: where, body }) => [where, JSON.parse(body).data.attributes]);
    const attributes = async (n: number) => (await other.read(path(at(n)))).attributes;
    const [first, second] = [await attributes(0), await attributes(1)];
    assert.deepEqual(
      new Map(sent.map(([where, values]) => [where, values])),
      new Map([
        [path(at(0)), { ...first, email: 'changed@example.org' }],
        [path(at(1)), { ...second, telephone: '07700900199' }],
      ]),
    );
    assert.deepEqual([first.telephone, second.email], ['+447700900101', 'given1@example.org']);
    await run('workbench.action.closeAllEditors');
    await revert(0, '07700 900555');
  });

  it('never guesses whose row it is, keeps what was typed, and takes its drafts back', async () => {
    await type(2, '07700 900777');
    const file = await saved('addresses.csv', [
      ['E-Mail', 'Phone', 'Telefon', 'Vorname'],
      ['GIVEN2@example.org', '07700900222', '07700900223', 'Zoë'],
      ['given3@example.org', '07700900333', '', 'Ambiguous'],
      ['given5@example.org', '', '', ''],
    ]);
    const start = server.requests.length;
    const done = run(commandIds.updateFromFile, row());
    await openFile(file);
    const lines = await question();
    assert.ok(lines.some((line) => /Phone → not used.*several columns could be Telephone/s.test(line)));
    await shot('5-ambiguous');
    await hands.pick('Telefon → not used');
    await until('the uses', async () => (await hands.quickInput()).placeholder.includes('column Telefon'));
    await shot('6-use');
    await hands.pick('Telephone');
    await until('the column', async () =>
      (await question()).some((one) => one.includes('Telefon → Telephone')),
    );
    await hands.pick('Continue');
    const text = await says(/Apply to 1 contact(?!s)/);
    await done;
    await shot('7-left');
    assert.match(text, /Several contacts have this email address · 1 row\s*Row 3 Ambiguous/);
    assert.match(
      text,
      /You typed another value, which stays · 1 row\s*Row 2 Given2 Family Telephone: 07700900223/,
    );
    assert.match(text, /Ctrl Hub has it already · 1 row/);
    assert.match(text, /Left out here: stays a draft · 1 contact\s*Given2 Family Telephone/);
    assert.match(text, /First name\s*Given2\s*Zoë/);
    assert.doesNotMatch(text, /07700 900777/);
    await hands.clickButton('Discard the File’s Drafts');
    assert.doesNotMatch(await says(/There is nothing to apply/), /Zoë/);
    assert.deepEqual(puts(start), []);
    await run('workbench.action.closeAllEditors');
    await revert(2, '07700 900777');
  });

  it('stops where somebody cancels the reading of the contacts: no draft, no review, and no request more', async () => {
    const long = organisations.at(-1) ?? assert.fail('no organisation');
    const file = await saved('cancelled.csv', [
      ['email', 'first_name'],
      ...(await other.contacts(long.id)).map(({ attributes }) => [String(attributes.email), 'Cancelled']),
    ]);
    const start = server.requests.length;
    const reads = () => asked(server, start).filter((request) => request.path.includes(long.id)).length;
    const gate = newGate();
    server.hold = ({ path: where }) => (where.includes(long.id) ? gate.opened : undefined);
    const done = run(commandIds.updateFromFile, { organisationId: long.id });
    await openFile(file);
    await question();
    await enter(async () => reads() > 0);
    await run('notifications.showList');
    await hands.notice('Update from File');
    await shot('9-reading');
    const before = reads();
    await hands.answerNotice('Cancel');
    await done;
    gate.open();
    server.hold = undefined;
    await untilQuiet(server);
    assert.equal(reads(), before);
    assert.deepEqual(puts(start), []);
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs.map(({ label }) => label));
    assert.ok(!tabs.includes('Review Changes'), `${tabs}`);
    const shown = run(commandIds.showDrafts);
    await until('no drafts', async () => /no unsaved contacts/.test((await hands.quickInput()).placeholder));
    await hands.press('Escape');
    await shown;
  });

  it('tells why a file cannot be read, and offers to choose another one', async () => {
    const files: readonly (readonly [string, Uint8Array, string])[] = [
      [
        'workbook.csv',
        Buffer.from('PK\x03\x04\x14\0\x06\0', 'latin1'),
        'This is a workbook of a spreadsheet',
      ],
      ['large.csv', Buffer.alloc(20_000_001, 'id,email\n'), 'The file is larger than 20 MB'],
      ['empty.csv', Buffer.from('\uFEFF\r\n'), 'The file is empty'],
    ];
    // The dialog lists only what is there when it opens.
    for (const [name, bytes] of files) await writeFile(join(folder, name), bytes);
    const same = await saved('same.csv', [
      ['id', 'first_name'],
      [at(0).id, 'Given0'],
    ]);
    const done = run(commandIds.updateFromFile, row());
    for (const [name, , words] of files) {
      await openFile(join(folder, name));
      await run('notifications.showList');
      await hands.notice(words);
      await shot(`8-${name}`);
      await hands.answerNotice('Choose Another File');
    }
    await openFile(same);
    await question();
    await hands.press('Enter');
    await done;
    await run('notifications.showList');
    await hands.notice('same.csv changes nothing');
    await run('notifications.clearAll');
  });
});
