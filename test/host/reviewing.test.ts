/** Many contacts at once, in a real VS Code: review, Apply, its outcomes, and Undo. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import * as vscode from 'vscode';
import { commandIds } from '../../src/manifest';
import { type ApiServer, startApiServer } from '../support/apiServer';
import { asked, type ContactRecord, colleague } from '../support/colleague';
import { hands } from '../support/hands';
import { run, saveAs, says, setUrl, showOrganisation, signInWith } from '../support/host';
import { until } from '../support/until';

describe('reviewing changes, in a real VS Code', function () {
  this.timeout(90_000);
  let server: ApiServer;
  let other: ReturnType<typeof colleague>;
  let organisationId: string;
  let contacts: readonly ContactRecord[];
  let folder: string;

  const simpleDialog = (isOn: true | undefined) =>
    vscode.workspace
      .getConfiguration('files')
      .update('simpleDialog.enable', isOn, vscode.ConfigurationTarget.Global);

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'result-'));
    await simpleDialog(true);
    server = await startApiServer({ contacts: 40 });
    other = colleague(server);
    const [organisation] = await other.organisations();
    organisationId = organisation?.id ?? assert.fail('no organisation');
    contacts = (await other.contacts(organisationId))
      .filter(({ attributes }) => attributes.first_name && attributes.last_name && attributes.email)
      .slice(0, 3);
    await setUrl(server.url);
    await signInWith(server.token);
    await showOrganisation(String(organisation?.attributes.name));
  });
  after(async () => {
    await run('workbench.action.closeAllEditors');
    await setUrl(undefined);
    await simpleDialog(undefined);
    await server.stop();
    await rm(folder, { recursive: true });
  });

  const nameOf = ({ attributes }: ContactRecord) => `${attributes.first_name} ${attributes.last_name}`;
  const path = ({ id }: ContactRecord) => `/v3/orgs/${organisationId}/customers/contacts/${id}`;
  const telephoneOf = async (contact: ContactRecord) =>
    (await other.read(path(contact))).attributes.telephone;
  const puts = (start: number) => asked(server, start).filter(({ method }) => method === 'PUT');
  const type = async (contact: ContactRecord, telephone: string) => {
    await run(commandIds.open, { ref: { organisationId, contactId: contact.id } });
    await until('the form', async () => (await hands.panelText()).includes(contact.id));
    await hands.fill('Telephone', telephone);
    await says(/Unsaved since/);
    await run('workbench.action.closeAllEditors');
  };

  /** Saves the result as a file, with one line for each change and its outcome. */
  const savesResult = async (all: readonly ContactRecord[]) => {
    const file = join(folder, 'result.csv');
    await hands.clickButton('Save Result…');
    await saveAs(file);
    const rows: string[][] = await until('the file', async () =>
      parse(await readFile(file), { bom: true, columns: false }),
    );
    assert.deepEqual(rows[0], ['organisation_id', 'id', 'field', 'before', 'after', 'outcome', 'error']);
    const { compare } = new Intl.Collator();
    assert.deepEqual(
      rows
        .slice(1)
        .map(([organisation, id, field, , after, outcome]) => [organisation, id, field, after, outcome]),
      all
        .map((contact, n) => ({
          contact,
          telephone: `'07700 90020${n}`,
          outcome: n === 1 ? 'conflict' : 'saved',
        }))
        .toSorted((one, other) => compare(nameOf(one.contact), nameOf(other.contact)))
        .map(({ contact, telephone, outcome }) => [
          organisationId,
          contact.id,
          'telephone',
          telephone,
          outcome,
        ]),
    );
  };

  it('applies what the review shows, tells each outcome, and takes it back', async () => {
    const [one, two, three] = contacts;
    assert.ok(one && two && three);
    for (const [n, contact] of [one, two, three].entries()) await type(contact, `07700 90020${n}`);
    const start = server.requests.length;
    await run(commandIds.reviewChanges);
    const text = await says(/Apply to 3 contacts/);
    for (const n of [0, 1, 2]) assert.ok(text.includes(`07700 90020${n}`));
    assert.deepEqual(puts(start), []);
    // Another person changes the same field of one before it is sent.
    await other.change(path(two), { telephone: '07700 900999' });
    await hands.clickButton('Apply to 3 contacts');
    await says(/2 saved, 1 in conflict/);
    assert.equal(puts(start).length, 2);
    assert.deepEqual(
      [await telephoneOf(one), await telephoneOf(two), await telephoneOf(three)],
      ['07700 900200', '07700 900999', '07700 900202'],
    );
    await says(/Apply to 0 contacts/);
    await savesResult([one, two, three]);

    // And changes another one after it was saved.
    await other.change(path(three), { telephone: '07700 900998' });
    let undone: Promise<unknown> | undefined;
    // The file dialog may take the focus late, which closes the list.
    await until('the batches', async () => {
      undone ??= Promise.resolve(run(commandIds.undoChanges)).finally(() => {
        undone = undefined;
      });
      return (await hands.quickInput()).rows.length > 0;
    });
    await hands.press('Enter');
    await undone;
    const again = await says(/Apply to 1 contact(?!s)/);
    assert.match(again, /Somebody has changed it since/);
    await hands.clickButton('Apply to 1 contact');
    await says(/1 saved/);
    assert.deepEqual(
      [await telephoneOf(one), await telephoneOf(three)],
      [one.attributes.telephone, '07700 900998'],
    );

    // The next file begins without a draft, and VS Code shows no question to delete one during tests.
    await run(commandIds.open, { ref: { organisationId, contactId: two.id } });
    await until('the form', async () => (await hands.panelText()).includes(two.id));
    await hands.clickButton('Revert');
    await until('no draft', async () => !/Unsaved since/.test(await hands.panelText()));
  });
});
