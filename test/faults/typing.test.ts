/** Tests fast typing while the extension host is slow and the panel is hidden and shown. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type ApiServer, startApiServer } from '../support/apiServer';
import type { ContactRecord } from '../support/colleague';
import { handsOn } from '../support/hands';
import { closeAll, openContact, plainContacts, type Session, startOn } from '../support/outside';
import { signIn } from '../support/signIn';
import { until } from '../support/until';

/** A field of the contact, and notes, with their labels and storage. */
const kinds = [
  { name: 'a field', label: 'First name', id: 'first_name', folder: 'drafts' },
  { name: 'notes', label: 'Notes', id: 'interaction--notes', folder: 'notes' },
] as const;

const burst = (n: number) => `${n}: the quick brown fox jumps over the lazy dog. `;

describe('typing at full speed while the extension host is slow', () => {
  let server: ApiServer;
  let session: Session;
  let organisation: ContactRecord;
  let contacts: readonly ContactRecord[];
  let contact: ContactRecord;
  let typed: string;
  let next = 0;
  let release: () => void = () => undefined;
  const hands = handsOn((action) => session.window.act(action));

  before(async () => {
    server = await startApiServer({ contacts: 80 });
    ({ organisation, contacts } = await plainContacts(server));
    session = await startOn(server);
    await signIn(session.window, server.token);
    await until('the organisation', () => rowWith(String(organisation.attributes.name)));
  });
  after(() => closeAll(session, server));
  afterEach(() => release());

  /** The contact's tab is the one that is not untitled. */
  const contactTab = () =>
    session.window.page.locator('.tabs-container .tab').filter({ hasNotText: 'Untitled-' }).first();
  const otherTab = () =>
    session.window.page.locator('.tabs-container .tab', { hasText: 'Untitled-' }).first();

  async function rowWith(text: string) {
    return (await hands.rows()).some((row) => row.includes(text));
  }

  for (const { name, label, id, folder } of kinds) {
    describe(name, () => {
      beforeEach(async () => {
        contact = contacts[next++] ?? assert.fail('no more contacts');
        await session.window.command('View: Close All Editors');
        await session.window.command('File: New Untitled Text File');
        await openContact(session.window, organisation, contact);
        await until('the form', () => hands.enabled('Log Interaction…'));
        if (label === 'Notes') await hands.clickButton('Log Interaction…');
        await until('the text', async () => (await hands.value(label)) !== null);
        await hands.fill(label, '');
        typed = '';
      });

      async function type(n: number) {
        await until('the focus', () =>
          hands.inPanel<boolean>(`document.hasFocus() && document.activeElement?.id === '${id}'`),
        );
        typed += burst(n);
        await hands.typeKeys(burst(n));
      }

      const isOnDisk = (text: string) => {
        const files = join(dirname(session.drafts), folder);
        return readdirSync(files).some(
          (file) =>
            file.endsWith('.draft.json') &&
            readFileSync(join(files, file), 'utf8').includes(JSON.stringify(text)),
        );
      };

      async function assertAllThere() {
        await until('the text', async () => (await hands.value(label)) !== null);
        assert.equal(await hands.value(label), typed, 'on screen at once');
        release();
        await until('all of it on the disk', () => isOnDisk(typed));
        assert.equal(await hands.value(label), typed, 'on screen when the host has it');
        await hands.clickButton(label === 'Notes' ? 'Discard' : 'Revert');
        await until('nothing left on the disk', () => !isOnDisk(typed));
      }

      // The last key and the next action are one step, without waiting for the host.
      it('every character is there when the panel was hidden and shown', async () => {
        release = session.slowExtensionHosts();
        for (const n of [1, 2, 3]) {
          await type(n);
          await otherTab().click();
          await contactTab().click();
        }
        await type(4);
        await assertAllThere();
      });

      it('every character is there when the panel was moved to another group', async () => {
        release = session.slowExtensionHosts();
        for (const to of ['Right', 'Left']) {
          await type(to.length);
          await session.window.command(`View: Move Editor into ${to} Group`);
          await until('the text', async () => (await hands.value(label)) !== null);
          await hands.inPanel<void>(`document.getElementById('${id}').focus()`);
        }
        await type(6);
        await assertAllThere();
      });

      it('every character is there when the panel was closed and opened again', async () => {
        release = session.slowExtensionHosts();
        await type(1);
        await contactTab().click({ button: 'middle' });
        await until('no panel', async () => (await contactTab().count()) === 0);
        await openContact(session.window, organisation, contact);
        if (label === 'Notes') await until('the form', async () => (await hands.value(label)) !== null);
        await assertAllThere();
      });

      it('every character is there after Undo and Select All', async () => {
        await type(1);
        await hands.press('Control+z');
        await hands.typeKeys('typed on');
        assert.match((await hands.value(label)) ?? '', /typed on$/);
        for (const n of [2, 3, 4]) {
          await hands.press('Control+a');
          typed = burst(n);
          await hands.typeKeys(typed);
        }
        await assertAllThere();
      });

      it('every character is there when the window was loaded again', async () => {
        await until('VS Code’s note of the editors', () => session.window.remembers(contact.id));
        release = session.slowExtensionHosts();
        await type(1);
        await session.window.reload();
        await assertAllThere();
      });
    });
  }
});
