/** Tests contacts that two windows show as the same text, which needs control from outside VS Code. */
import assert from 'node:assert/strict';
import { contactsScheme } from '../../src/manifest';
import { type ApiServer, startApiServer } from '../support/apiServer';
import type { ContactRecord } from '../support/colleague';
import {
  closeAll,
  on,
  openReview,
  plainContacts,
  type Session,
  startOn,
  type Window,
} from '../support/outside';
import { signIn } from '../support/signIn';
import { until } from '../support/until';

describe('the same contacts as text in two windows', () => {
  let server: ApiServer;
  let session: Session;
  let name: string;
  let contacts: readonly ContactRecord[];
  let [first, second]: (Window | undefined)[] = [];

  async function start(autoSave: 'off' | 'afterDelay'): Promise<void> {
    server = await startApiServer({ contacts: 30 });
    const { organisation, contacts: plain } = await plainContacts(server);
    name = String(organisation.attributes.name);
    contacts = plain;
    const settings = { '[ctrlhub-contacts]': { 'files.autoSave': autoSave, 'files.autoSaveDelay': 100 } };
    session = await startOn(server, { settings });
    first = session.window;
    await signIn(first, server.token);
    await openText(first);
    // VS Code opens the same text in the second window, as it would after a reload.
    await until('VS Code’s note of the text', () => session.window.remembers(contactsScheme));
    second = await session.openWindow();
    await shows(second, 'email:');
  }

  const both = () => [first ?? assert.fail('no window'), second ?? assert.fail('no window')] as const;
  const email = (n: number) => String(contacts[n]?.attributes.email);
  const puts = () => server.requests.filter(({ method }) => method === 'PUT').map(({ path }) => path);
  /** The lines of the text that are on screen. A browser draws the tab in front only. */
  const textIn = async (window: Window) => {
    await window.page.bringToFront();
    return (await on(window).texts('.editor-instance .view-lines')).join('\n').replaceAll('\u00a0', ' ');
  };
  const shows = (window: Window, text: string) =>
    until(`the text ${text}`, async () => (await textIn(window)).includes(text));
  const isUnsaved = async (window: Window) => (await on(window).count('.tab.dirty')) > 0;
  const says = (window: Window, words: RegExp) =>
    until(String(words), async () => {
      await window.page.bringToFront();
      const text = await on(window).panelText();
      return words.test(text) && text;
    });

  async function openText(window: Window): Promise<void> {
    await on(window).expand(name, '@');
    await on(window).clickRow(name);
    await window.command('Ctrl Hub: Edit as Text');
    await until('the scopes', async () => (await on(window).quickInput()).rows.length > 0);
    await on(window).pick(name);
    await shows(window, 'email:');
  }
  /** Finds a text in the editor, and types over it. */
  async function typeOver(window: Window, before: string, after: string): Promise<void> {
    const { page } = window;
    await page.bringToFront();
    await page.locator('.editor-instance .view-lines').last().click();
    await on(window).press('Control+Home');
    await on(window).press('Control+f');
    await page.locator('.find-widget.visible textarea').first().fill(before);
    await on(window).press('Enter');
    await on(window).press('Escape');
    await until(`${before} to be selected`, async () =>
      (await on(window).texts('.statusbar-item')).some((text) =>
        text.includes(`(${before.length} selected)`),
      ),
    );
    await on(window).typeKeys(after);
    await shows(window, after);
  }
  async function save(window: Window): Promise<void> {
    await window.page.bringToFront();
    await on(window).press('Control+s');
    await until('a saved text', async () => !(await isUnsaved(window)));
  }

  describe('that are saved by hand', () => {
    before(() => start('off'));
    after(() => closeAll(session, server));

    it('shows in each what the other saves, and keeps what is not saved yet', async () => {
      const [one, two] = both();
      await typeOver(one, email(0), 'one-unsaved@example.org');
      await typeOver(two, email(1), 'two@example.org');
      await save(two);
      await shows(one, 'two@example.org');
      assert.ok((await textIn(one)).includes('one-unsaved@example.org'));
      assert.ok(await isUnsaved(one));
      assert.ok((await textIn(two)).includes(email(0)), 'not saved, so that it is in one window only');
      await save(one);
      await shows(two, 'one-unsaved@example.org');
    });

    it('keeps both texts of a field, and says so on its line', async () => {
      const [one, two] = both();
      await typeOver(one, email(2), 'one-same@example.org');
      await typeOver(two, email(2), 'two-same@example.org');
      await save(two);
      await save(one);
      for (const window of [one, two]) {
        await shows(window, 'one-same@example.org');
        await until('the hint', async () => (await on(window).count('.squiggly-info')) === 1);
        await on(window).hover('.editor-instance .view-line span span', 'one-same@example.org');
        await until('the other text', async () =>
          (await on(window).texts('.monaco-hover')).some((text) => text.includes('two-same@example.org')),
        );
        await on(window).press('Escape');
      }
    });

    it('keeps lines in error, whichever window saves, closes or reloads', async () => {
      const [one, two] = both();
      await typeOver(one, email(3), 'damaged@example.org');
      const id = `[${contacts[3]?.id.slice(0, 8)}]`;
      await typeOver(one, id, `x${id}`);
      await save(one);
      await typeOver(two, email(4), 'two-again@example.org');
      await save(two);
      await shows(one, 'two-again@example.org');
      assert.ok((await textIn(one)).includes('damaged@example.org'));
      await two.page.bringToFront();
      await two.command('View: Close All Editors');
      await one.page.bringToFront();
      await one.reload();
      // Both windows have one state in VS Code, and the other one has closed the text.
      await one.command('View: Close All Editors');
      await openText(one);
      assert.ok(!(await textIn(one)).includes('damaged@example.org'));
      await one.command('Notifications: Show Notifications');
      await on(one).notice('Another text was closed with lines that could not be read');
      await on(one).answerNotice('Open It');
      await shows(one, 'damaged@example.org');
      await typeOver(one, `x${id}`, id);
      await save(one);
    });

    it('reviews the same changes in both, and sends each once', async () => {
      const [one, two] = both();
      const changed = ['one-unsaved', 'two', 'one-same', 'damaged', 'two-again'];
      for (const window of [two, one]) {
        await window.page.bringToFront();
        // A review shows the drafts of its window, which reads those of the other one a moment later.
        await until('the drafts of both', async () =>
          (await on(window).rows()).some((row) => row.includes(`${changed.length} unsaved`)),
        );
        const text = await openReview(window, /Apply to 5 contacts/);
        for (const value of changed) assert.ok(text.includes(`${value}@example.org`), value);
      }
      assert.deepEqual(puts(), []);
      await on(one).clickButton('Apply to 5 contacts');
      await says(one, /5 saved/);
      await says(two, /Drafts have changed since/);
      await two.command('Ctrl Hub: Apply Changes');
      await openReview(two, /There is nothing to apply|There are no unsaved contacts/);
      assert.equal(puts().length, 5);
      assert.equal(new Set(puts()).size, 5);
    });
  });

  describe('with auto-save', () => {
    before(() => start('afterDelay'));
    after(() => closeAll(session, server));

    it('are what was typed in both at once', async () => {
      const [one, two] = both();
      const all = [0, 1, 2].flatMap((n) => [`one-${n}@example.org`, `two-${n}@example.org`]);
      for (const n of [0, 1, 2]) {
        await typeOver(one, email(n), `one-${n}@example.org`);
        await typeOver(two, email(5 + n), `two-${n}@example.org`);
      }
      for (const window of [two, one]) {
        for (const value of all) await shows(window, value);
        await until('a saved text', async () => !(await isUnsaved(window)));
      }
      assert.deepEqual(puts(), []);
    });

    it('are saved while somebody types on, though the extension host is slow', async () => {
      const [one, two] = both();
      const words = [0, 1, 2].map((n) => Array.from({ length: 12 }, (_, at) => `${n}word${at}-`).join(''));
      const release = session.slowExtensionHosts();
      try {
        for (const [n, typed] of words.entries()) {
          await typeOver(one, `one-${n}@example.org`, `${typed}one`);
          await typeOver(two, `two-${n}@example.org`, `${typed}two`);
        }
      } finally {
        release();
      }
      for (const window of [two, one]) {
        for (const typed of words)
          for (const end of ['one', 'two']) await shows(window, `email: ${typed}${end}`);
        await until('a saved text', async () => !(await isUnsaved(window)));
      }
      assert.deepEqual(puts(), []);
    });
  });
});
