/** The packaged extension in a VS Code of its own, used from outside: through reloads, kills and in two windows. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { assertNoLeaks } from './canary.mjs';
import { ensureCodeServer, installExtension, newest, startCodeServer, writeSettings } from './codeServer.mjs';
import { actions } from './hands.mjs';
import { vsix } from './paths.mjs';
import { patience } from './patience.mjs';
import { logEverything, openWorkbench } from './workbench.mjs';

/**
 * `prepare` fills the folder and the profile before VS Code starts; it may name a workspace file to open.
 * @param {{ version?: string, settings?: object, language?: string, prepare?: (folder: string, profile: string) => string | undefined }} [options]
 * @returns a running VS Code with a first window
 */
export async function startSession({ version = newest, settings = {}, prepare, language } = {}) {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'ctrl-hub-session-'));
  const host = ensureCodeServer(version);
  writeSettings(profile, settings);
  installExtension(host, profile, vsix);
  // A window without a folder comes back empty after a reload.
  const folder = path.join(profile, 'folder');
  fs.mkdirSync(folder);
  const workspace = prepare?.(folder, profile);
  const server = await startCodeServer(host, profile);
  const { browser, page } = await openWorkbench(server.url, profile, {
    folder,
    workspace,
    payload: [logEverything],
    record: true,
    ...(language ? { prepare: speak(language) } : {}),
    viewport: { width: 1400, height: 1300 },
  });
  const first = windowOn(page);
  await first.ready();
  return {
    window: first,
    drafts: path.join(profile, 'data/User/globalStorage/ctrl-hub-community.contacts/drafts'),
    /** Another window of the same VS Code: the same secrets, its own extension host. */
    async openWindow() {
      const other = await page.context().newPage();
      await other.goto(page.url());
      const opened = windowOn(other);
      await opened.ready();
      return opened;
    },
    killExtensionHosts() {
      for (const pid of extensionHosts(server.pid)) process.kill(pid, 'SIGKILL');
    },
    /**
     * Holds the extension hosts of now for 50 ms of every 60.
     * @returns lets them run again
     */
    slowExtensionHosts() {
      const pids = extensionHosts(server.pid);
      const signal = (name) => {
        for (const pid of pids) {
          try {
            process.kill(pid, name);
          } catch {
            // It has ended.
          }
        }
      };
      const release = () => signal('SIGCONT');
      let turn;
      const timer = setInterval(() => {
        signal('SIGSTOP');
        turn = setTimeout(release, 50);
      }, 60);
      return () => {
        clearInterval(timer);
        clearTimeout(turn);
        release();
      };
    },
    async close() {
      await browser.close();
      server.stop();
      try {
        // The packaged extension is among the files.
        assertNoLeaks(profile, { seen: 'GET /v3/orgs · 200' });
      } finally {
        fs.rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
      }
    },
  };
}

/** VS Code's display language; without a language pack its own words stay English. */
const speak = (language) => (page) =>
  page.addInitScript((name) => {
    globalThis._VSCODE_NLS_LANGUAGE = name;
  }, language);

function windowOn(page) {
  const ready = async () => {
    await page.waitForSelector('.monaco-workbench .activitybar', { timeout: patience(60_000) });
    const tab = page.locator('.activitybar .action-item a[aria-label^="Ctrl Hub"]').first();
    const title = page.locator('.part.sidebar .composite.title', { hasText: /ctrl hub/i }).first();
    const shown = () =>
      title.waitFor({ timeout: patience(2_000) }).then(
        () => true,
        () => false,
      );
    await tab.waitFor({ timeout: patience(30_000) });
    // The badge with the number of unsaved contacts lies over the tab, and takes a click for it.
    while (!(await shown())) await tab.click({ position: { x: 6, y: 6 }, force: true });
  };
  return {
    page,
    ready,
    /** What `lib/hands.mjs` can do, here. */
    act: ({ action, ...options }) => actions[action](page, options),
    /** Runs a command by its title. The palette does not notice commands that arrive after it was opened. */
    async command(title) {
      const row = page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
      for (let tries = 0; tries < 10; tries++) {
        await page.keyboard.press('F1');
        // A box that is just closing takes nothing: the next try opens another one.
        const box = page.locator('.quick-input-widget input').first();
        await box.fill(`>${title}`, { timeout: patience(3_000) }).catch(() => undefined);
        if (
          await row.waitFor({ timeout: patience(2_000) }).then(
            () => true,
            () => false,
          )
        )
          return row.click();
        await page.keyboard.press('Escape');
      }
      throw new Error(`there is no command ${title}`);
    },
    /** Whether VS Code has written down an open editor that names this text: it does so every few seconds. */
    remembers: (text) =>
      page.evaluate(async (wanted) => {
        // A method: the loader of the tests wraps other functions in a helper that the page does not have.
        const ask = {
          answer(request) {
            return new Promise((resolve, reject) => {
              request.addEventListener('success', () => resolve(request.result));
              request.addEventListener('error', () => reject(request.error));
            });
          },
        };
        for (const { name } of await indexedDB.databases()) {
          if (!name?.startsWith('vscode-web-state-db-')) continue;
          const database = await ask.answer(indexedDB.open(name));
          try {
            const store = database.transaction('ItemTable').objectStore('ItemTable');
            const editors = await ask.answer(store.get('memento/workbench.parts.editor'));
            if (String(editors).includes(wanted)) return true;
          } finally {
            database.close();
          }
        }
        return false;
      }, text),
    async reload() {
      await page.reload();
      await ready();
    },
  };
}

/** The extension hosts that a server started, by process id. */
function extensionHosts(server) {
  const all = execFileSync('ps', ['-eo', 'pid=,ppid=,args='])
    .toString()
    .split('\n')
    .map((line) => line.trim().match(/^(\d+)\s+(\d+)\s+(.*)$/))
    .filter(Boolean)
    .map(([, pid, parent, args]) => ({ pid: Number(pid), parent: Number(parent), args }));
  const under = new Set([server]);
  for (let size = 0; size < under.size; ) {
    size = under.size;
    for (const { pid, parent } of all) if (under.has(parent)) under.add(pid);
  }
  return all
    .filter(({ pid, args }) => under.has(pid) && args.includes('--type=extensionHost'))
    .map(({ pid }) => pid);
}
