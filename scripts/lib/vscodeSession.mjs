/**
 * Runs the packaged extension in its own VS Code and controls it from outside: reloads, kills, and several
 * windows.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { assertNoLeaks } from './canary.mjs';
import { ensureCodeServer, newest, startCodeServer, writeSettings } from './codeServer.mjs';
import { draftsFolder } from './draftsFolder.mjs';
import { actions } from './hands.mjs';
import { copyInstalled } from './installedExtension.mjs';
import { patience } from './patience.mjs';
import { logEverything, openWorkbench } from './workbench.mjs';

/**
 * `prepare` fills the folder and the profile before VS Code starts; it may return a workspace file to open.
 * @param {{ version?: string, settings?: object, language?: string, prepare?: (folder: string, profile:
 * string) => string | undefined }} [options]
 * @returns a running VS Code with a first window
 */
export async function startSession({ version = newest, settings = {}, prepare, language } = {}) {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'ctrl-hub-session-'));
  const host = ensureCodeServer(version);
  writeSettings(profile, settings);
  copyInstalled(host, profile);
  // VS Code restores a window without a folder as an empty one.
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
    drafts: draftsFolder(profile),
    /** Opens another window of the same VS Code, with the same secrets and its own extension host. */
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
     * Suspends the current extension hosts for 50 ms of every 60.
     * @returns a function that resumes them
     */
    slowExtensionHosts() {
      const pids = extensionHosts(server.pid);
      const signal = (name) => {
        for (const pid of pids) {
          try {
            process.kill(pid, name);
          } catch {
            // The process has ended.
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

/** Sets VS Code's display language; without a language pack, VS Code's own texts stay English. */
const speak = (language) => (page) =>
  page.addInitScript((name) => {
    globalThis._VSCODE_NLS_LANGUAGE = name;
  }, language);

function windowOn(page) {
  const ready = async () => {
    await page.waitForSelector('.monaco-workbench .activitybar', { timeout: patience(60_000) });
    const ours = 'a[aria-label^="Ctrl Hub"]';
    const tab = page.locator(`.activitybar .action-item ${ours}`).first();
    const title = page.locator('.part.sidebar .composite.title', { hasText: /ctrl hub/i }).first();
    const other = page.locator('.activitybar .action-item.checked', { hasNot: page.locator(ours) }).first();
    const shown = (what) => what.waitFor({ timeout: patience(2_000) }).catch(() => undefined);
    await tab.waitFor({ timeout: patience(30_000) });
    for (;;) {
      // A click on the tab of a view that VS Code is restoring would close it.
      await shown(title.or(other).first());
      if (await title.isVisible()) return;
      // The badge with the number of unsaved contacts covers the tab and intercepts a click.
      await tab.click({ position: { x: 6, y: 6 }, force: true });
      await shown(title);
    }
  };
  return {
    page,
    ready,
    /** Runs an action of `lib/hands.mjs` in this window. */
    act: ({ action, ...options }) => actions[action](page, options),
    /**
     * Runs a command by its title. An open Command Palette does not show commands that are registered later.
     */
    async command(title) {
      const row = page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
      for (let tries = 0; tries < 10; tries++) {
        await page.keyboard.press('F1');
        // A closing box ignores input; the next attempt opens another one.
        const box = page.locator('.quick-input-widget input').first();
        await box.fill(`>${title}`, { timeout: patience(3_000) }).catch(() => undefined);
        // VS Code may close the box between two steps, such as when a dialog just gave the focus back.
        const isDone = await row.click({ timeout: patience(2_000) }).then(
          () => true,
          () => false,
        );
        if (isDone) return;
        await page.keyboard.press('Escape');
      }
      throw new Error(`there is no command ${title}`);
    },
    /**
     * Returns true after VS Code has stored an open editor that contains this text, which it does every few
     * seconds.
     */
    remembers: (text) =>
      page.evaluate(async (wanted) => {
        // A method, because the tests' loader wraps functions in a helper that does not exist in the page.
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

/** Returns the process IDs of the extension hosts that a server started. */
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
