import assert from 'node:assert/strict';
import { commandIds } from '../../src/manifest';
import { type ApiServer, startApiServer } from '../support/apiServer';
import { reset } from '../support/cleanWindow';
import { hands } from '../support/hands';
import { run, says, setUrl, showOrganisation, signInWith } from '../support/host';
import { until } from '../support/until';

/** Tests the extension with the sample data that a new user sees. */
describe('sample data, in a real VS Code', () => {
  let server: ApiServer;
  before(async () => {
    server = await startApiServer();
    await run('workbench.action.closeAllEditors');
    await run(commandIds.useSampleData);
    await showOrganisation('Moorland Water');
    await hands.clickRow('Moorland Water');
  });
  after(async () => {
    await reset();
    await server.stop();
  });
  const open = async (name: string) => {
    await run('workbench.action.closeAllEditors');
    await until('the row', async () => (await hands.rows()).some((row) => row.includes(name)));
    await hands.clickRow(name);
    await until('the form', async () => (await hands.value('First name')) !== null);
  };
  const save = async () => {
    await hands.clickButton('Save');
    await until('the save', () => says(/Contact saved/));
  };

  it('ticks the first step of a walkthrough that is opened afterwards', async () => {
    await run('workbench.action.closeAllEditors');
    await run(commandIds.gettingStarted);
    const steps = () => hands.texts('.getting-started-step');
    await until('the steps', async () => (await steps()).length > 0);
    const [first = ''] = await steps();
    assert.match(first, /sample data/);
    await until('the tick', async () => {
      const ticked = '.getting-started-step .codicon-getting-started-step-checked';
      return (await hands.count(ticked)) > 0;
    });
    await run('workbench.action.closeAllEditors');
  });

  it('has a conflict with a colleague that waits, and comes once', async () => {
    await open('Clashing Clare');
    await hands.fill('Telephone', '01632 960111');
    await hands.clickButton('Save');
    await until('the question', () => says(/Somebody else changed/));
    await hands.choose('Telephone', 'Mine');
    // VS Code destroys the page of a hidden panel, but the answer stays.
    await run('workbench.action.files.newUntitledFile');
    await run('workbench.action.closeActiveEditor');
    await until('the choice', () =>
      hands.inPanel<boolean>(`document.getElementById('telephone-mine').checked`),
    );
    await save();
    await hands.fill('Telephone', '01632 960222');
    await until('the change', () => hands.enabled('Save'));
    await save();
    assert.equal(await hands.value('Telephone'), '01632 960222');
  });

  it('keeps what was saved, and what was logged, when it is chosen again', async () => {
    await run(commandIds.useSampleData);
    await open('Clashing Clare');
    assert.equal(await hands.value('Telephone'), '01632 960222');
    await hands.clickButton('Log Interaction…');
    await until('the form', async () => (await hands.value('Notes')) !== null);
    await hands.fill('Notes', 'Asked about the meter');
    await hands.clickButton('Log Interaction');
    await until('the end', () => says(/Interaction logged/));
    await hands.inPanel<void>(`document.querySelector('[id^="edit-"]').click()`);
    await until('the notes', async () => (await hands.value('Notes')) === 'Asked about the meter');
    await hands.fill('Notes', 'Asked about the meter, twice');
    await hands.clickButton('Save Notes');
    await until('the end', () => says(/Notes saved/));
  });

  it('that was left is offered again where one of its contacts is open, or unsaved', async () => {
    await open('Clashing Clare');
    await hands.fill('First name', 'Clashing Kate');
    await says(/Unsaved since/);
    await setUrl(server.url);
    await signInWith(server.token);
    await says(/This contact is sample data\. Try sample data again to see it\./);
    assert.ok(!(await hands.enabled('Sign In')));
    const shown = run(commandIds.showDrafts);
    const { rows } = await until('the list', async () => {
      const box = await hands.quickInput();
      return box.rows.length > 0 && box;
    });
    assert.match(rows[0] ?? '', /This contact is sample data/);
    assert.doesNotMatch(rows[0] ?? '', /sample-data\.invalid/);
    await hands.press('Escape');
    await shown;
    await hands.clickButton('Try with Sample Data');
    await until('what was typed', async () => (await hands.value('First name')) === 'Clashing Kate');
    await hands.clickButton('Revert');
    await until('no change', async () => (await hands.value('First name')) === 'Clashing Clare');
  });
});
