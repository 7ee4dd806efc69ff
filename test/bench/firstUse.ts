/**
 * Measures the first use of the view in a real VS Code: from the click on its icon until a row is painted. The
 * extension is installed and signed in, and each measurement has a fresh extension host. The floor is an
 * extension of ten lines whose view makes one request. Prints one JSON object.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { ensureCodeServer, installExtension, newest } from '../../scripts/lib/codeServer.mjs';
import { startSession } from '../../scripts/lib/vscodeSession.mjs';
import { startApiServer } from '../support/apiServer';
import { asked, colleague } from '../support/colleague';
import { signIn } from '../support/signIn';
import { until } from '../support/until';

const rounds = 7;
const tenLines = `const vscode = require('vscode');
exports.activate = () => {
  vscode.window.createTreeView('ten.lines', {
    treeDataProvider: {
      getTreeItem: (name) => new vscode.TreeItem(name),
      getChildren: async () => {
        const headers = { 'X-Session-Token': process.env.CTRL_HUB_FLOOR_TOKEN };
        const { data } = await (await fetch(process.env.CTRL_HUB_FLOOR_URL, { headers })).json();
        return data.map(({ attributes }) => attributes.name);
      } } }); };
`;
const view = {
  viewsContainers: { activitybar: [{ id: 'tenLines', title: 'Ten Lines', icon: 'icon.svg' }] },
  views: { tenLines: [{ id: 'ten.lines', name: 'Ten Lines' }] },
};
/** Tells the bench that an extension host has started, because a click before that would wait for it. */
const starter = 'exports.activate = () => fetch(process.env.CTRL_HUB_STARTED_URL);';

/** Ends after a second in which VS Code's page had no long task: what it still does after its start is not measured. */
const calm = () =>
  new Promise((resolve) => {
    let timer = setTimeout(resolve, 1_000);
    new PerformanceObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(resolve, 1_000);
    }).observe({ type: 'longtask' });
  });

async function pack(folder: string, name: string, main: string, manifest: object): Promise<string> {
  mkdirSync(folder);
  const files = {
    'package.json': JSON.stringify({
      ...{ name, publisher: 'floor', version: '1.0.0', engines: { vscode: '^1.100.0' }, main: './main.js' },
      ...manifest,
    }),
    'main.js': main,
    'icon.svg': '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M4 4h16v16H4z"/></svg>',
    'README.md': 'For npm run bench.',
    LICENSE: 'None.',
  };
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  const packagePath = join(folder, `${name}.vsix`);
  await createVSIX({ cwd: folder, dependencies: false, packagePath, allowMissingRepository: true });
  return packagePath;
}

async function main(): Promise<void> {
  const server = await startApiServer({ contacts: 80 });
  const names = (await colleague(server).organisations()).map(({ attributes }) => String(attributes.name));
  // The extension host inherits the environment, so that no file holds the token.
  process.env.CTRL_HUB_FLOOR_URL = `${server.url}/v3/orgs`;
  process.env.CTRL_HUB_FLOOR_TOKEN = server.token;
  const made = mkdtempSync(join(tmpdir(), 'ctrl-hub-floor-'));
  let started = 0;
  const starts = http.createServer((_, response) => {
    started++;
    response.end();
  });
  await new Promise<void>((resolve) => starts.listen(0, '127.0.0.1', resolve));
  process.env.CTRL_HUB_STARTED_URL = `http://127.0.0.1:${(starts.address() as AddressInfo).port}`;
  const extensions = [
    await pack(join(made, 'ten-lines'), 'ten-lines', tenLines, { contributes: view }),
    await pack(join(made, 'starter'), 'starter', starter, { activationEvents: ['onStartupFinished'] }),
  ];
  const session = await startSession({
    settings: { 'ctrlHub.apiUrl': server.url },
    prepare: (_folder: string, profile: string) => {
      for (const file of extensions) installExtension(ensureCodeServer(newest), profile, file);
      return undefined;
    },
  });
  const { page } = session.window;
  const tab = (title: string) => page.locator(`.activitybar .action-item a[aria-label^="${title}"]`).first();
  const row = page.locator('.pane-body .monaco-list-row', { hasText: names[0] ?? '' }).first();

  const home = page.url();
  const folders = dirname(new URL(home).searchParams.get('folder') ?? '');

  /** Returns the milliseconds from the click on the view's icon until the first organisation is painted. */
  async function firstUse(title: string, folder: string): Promise<number> {
    // A folder that is new to VS Code opens with the Explorer.
    const url = new URL(home);
    url.searchParams.set('folder', join(folders, folder));
    mkdirSync(join(folders, folder));
    // Extension hosts of earlier measurements would take processor time.
    await page.goto('about:blank');
    session.killExtensionHosts();
    const before = started;
    await page.goto(url.toString());
    await tab(title).waitFor();
    await until('the extension host', () => started > before);
    await page.waitForFunction(
      () => performance.getEntriesByName('code/LifecyclePhase/Eventually').length > 0,
    );
    await page.evaluate(calm);
    const measured = page.evaluate(
      (name: string) =>
        new Promise<number>((resolve) => {
          // A method, because the loader wraps functions in a helper that does not exist in the page.
          const rows = {
            watch(since: number) {
              requestAnimationFrame((now) => {
                const all = [...document.querySelectorAll('.pane-body .monaco-list-row')];
                if (all.some(({ textContent }) => textContent?.includes(name))) resolve(now - since);
                else rows.watch(since);
              });
            },
          };
          const once = { capture: true, once: true };
          window.addEventListener('mousedown', ({ timeStamp }) => rows.watch(timeStamp), once);
        }),
      names[0] ?? '',
    );
    await tab(title).click({ position: { x: 6, y: 6 }, force: true });
    return measured;
  }

  try {
    await signIn(session.window, server.token);
    await row.waitFor();
    const floor: number[] = [];
    const ours: number[] = [];
    let requests = 0;
    for (let n = 0; n < rounds; n++) {
      floor.push(await firstUse('Ten Lines', `floor-${n}`));
      const before = server.requests.length;
      ours.push(await firstUse('Ctrl Hub', `ours-${n}`));
      requests = asked(server, before).length;
    }
    console.log(JSON.stringify({ floor, ours, requests }));
  } finally {
    await session.close();
    await server.stop();
    starts.close();
    rmSync(made, { recursive: true });
  }
}

void main();
