/** Tests reloads, dialogs and a second window, which need control from outside VS Code. */
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type ApiServer, startApiServer } from '../support/apiServer';
import { asked, type ContactRecord, colleague } from '../support/colleague';
import {
  closeAll,
  on,
  openContact,
  plainContacts,
  type Session,
  says,
  startOn,
  type Window,
} from '../support/outside';
import { signIn } from '../support/signIn';
import { until } from '../support/until';
import { refuseStorage } from './faults';

describe('drafts over reloads and in two windows', () => {
  let server: ApiServer;
  let session: Session;
  let other: ReturnType<typeof colleague>;
  let organisation: ContactRecord;
  let contacts: readonly ContactRecord[];
  let contact: ContactRecord;
  let path: string;
  let next = 0;
  const notes = () => join(dirname(session.drafts), 'notes');

  before(async () => {
    server = await startApiServer({ contacts: 80 });
    other = colleague(server);
    ({ organisation, contacts } = await plainContacts(server));
    session = await startOn(server);
    await signIn(session.window, server.token);
  });
  after(() => closeAll(session, server));
  beforeEach(() => {
    contact = contacts[next++] ?? assert.fail('no more contacts');
    path = `/v3/orgs/${organisation.id}/customers/contacts/${contact.id}`;
  });

  const editorsAreWritten = () =>
    until('VS Code’s note of the editors', () => session.window.remembers(contact.id));
  const mine = () => on(session.window);
  const attributesNow = async () => (await other.read(path)).attributes;
  const isShown = (window: Window, label: string, value: unknown) =>
    until(`${label}: ${value}`, async () => (await on(window).value(label)) === value);
  const open = (window = session.window) => openContact(window, organisation, contact);
  const closePanels = () => session.window.command('View: Close All Editors');

  it('an open panel comes back after a reload, with its draft and focus', async () => {
    await open();
    await mine().fill('Last name', 'Reloaded');
    await until('VS Code’s note of the focus', () => session.window.remembers('last_name'));
    await session.window.reload();
    await isShown(session.window, 'Last name', 'Reloaded');
    await says(session.window, /Unsaved since/);
    await until('the focus', async () => (await mine().focused()) === 'last_name');
    assert.equal((await attributesNow()).last_name, contact.attributes.last_name);
    await mine().clickButton('Save');
    await says(session.window, /Contact saved/);
    await closePanels();
  });

  it('signing out asks what becomes of drafts; a panel without a session fills itself after sign-in', async () => {
    await open();
    await mine().fill('First name', 'Survivor');
    await says(session.window, /Unsaved since/);
    await session.window.command('Ctrl Hub: Sign Out');
    await mine().answer('Sign Out and Keep Drafts');
    assert.match(await says(session.window, /Sign in to .* to see this contact/), /Survivor/);
    await editorsAreWritten();
    await session.window.reload();
    assert.match(await says(session.window, /Sign in to .* to see this contact/), /Survivor/);
    await signIn(session.window, server.token);
    await isShown(session.window, 'First name', 'Survivor');
    await session.window.command('Ctrl Hub: Sign Out');
    await mine().answer('Sign Out and Delete Drafts');
    await says(session.window, /Sign in to .* to see this contact/);
    await signIn(session.window, server.token);
    await isShown(session.window, 'First name', contact.attributes.first_name);
    await until('an empty disk', () => readdirSync(session.drafts).length === 0);
    await closePanels();
  });

  it('asks before all drafts are deleted', async () => {
    await open();
    await mine().fill('First name', 'Doomed');
    await says(session.window, /Unsaved since/);
    await session.window.command('Ctrl Hub: Delete All Drafts');
    await mine().answer('Cancel');
    await isShown(session.window, 'First name', 'Doomed');
    await session.window.command('Ctrl Hub: Delete All Drafts');
    await mine().answer('Delete All Drafts');
    await isShown(session.window, 'First name', contact.attributes.first_name);
    await closePanels();
  });

  it('a colleague’s change is noticed when the panel is looked at again', async () => {
    await open();
    // No look comes within a second after a reading.
    const since = performance.now();
    await until('a second', () => performance.now() - since > 1_100);
    await other.change(path, { telephone: '07700 900321' });
    const start = server.requests.length;
    const onContact = () => asked(server, start).filter((request) => request.path.startsWith(path)).length;
    await session.window.command('File: New Untitled Text File');
    assert.equal(onContact(), 0);
    await session.window.command('View: Close Editor');
    await says(session.window, /Changed by somebody else meanwhile: Telephone/);
    await isShown(session.window, 'Telephone', '07700 900321');
    await session.window.command('File: New Untitled Text File');
    await session.window.command('View: Close Editor');
    await isShown(session.window, 'Telephone', '07700 900321');
    assert.equal(onContact(), 1, 'not more than once a minute');
    await closePanels();
  });

  it('a draft that cannot be read is set aside and reported; the others are there', async () => {
    await open();
    await mine().fill('First name', 'Readable');
    await editorsAreWritten();
    mkdirSync(session.drafts, { recursive: true });
    mkdirSync(notes(), { recursive: true });
    for (const folder of [session.drafts, notes()])
      writeFileSync(join(folder, 'broken.draft.json'), '{"version":1,"edits":');
    await session.window.reload();
    await isShown(session.window, 'First name', 'Readable');
    await session.window.command('Notifications: Show Notifications');
    const notifications = session.window.page.locator('.notifications-list-container').first();
    for (const folder of [session.drafts, notes()]) {
      await until('the report', async () =>
        (await notifications.textContent({ timeout: 1000 })).includes(`set aside in ${folder}`),
      );
      assert.ok(readdirSync(folder).includes('broken.draft.json.unreadable'), 'kept on the disk');
    }
    await session.window.command('Notifications: Clear All Notifications');
    await mine().clickButton('Revert');
    await closePanels();
  });

  it('notes that the disk refuses are said to be in memory only, until it takes them by itself', async () => {
    await open();
    await mine().clickButton('Log Interaction…');
    const restore = refuseStorage(notes());
    await mine().fill('Notes', 'In memory only');
    await says(session.window, /cannot be stored on this computer at the moment/);
    restore();
    await until(
      'the end of it',
      async () => !/cannot be stored/.test(await mine().panelText()) && readdirSync(notes()).length > 0,
    );
    assert.equal(await mine().value('Notes'), 'In memory only');
    await mine().clickButton('Discard');
    await until('an empty disk', () => !readdirSync(notes()).some((name) => name.endsWith('.draft.json')));
    await closePanels();
  });

  it('two windows on the same contact see one another’s drafts, and neither destroys the other’s', async () => {
    const second = await session.openWindow();
    await open();
    await open(second);
    await mine().fill('First name', 'From One');
    await isShown(second, 'First name', 'From One');
    await on(second).fill('Last name', 'From Two');
    await isShown(session.window, 'Last name', 'From Two');
    assert.equal(await mine().value('First name'), 'From One');
    await on(second).clickButton('Save');
    await says(second, /Contact saved/);
    const now = await attributesNow();
    assert.deepEqual([now.first_name, now.last_name], ['From One', 'From Two']);
    await until('the first window knows', async () => !/Unsaved since/.test(await mine().panelText()));
    await second.page.close();
  });
});
