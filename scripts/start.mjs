/**
 * `npm start`: builds the extension and opens it in a real VS Code with sample data. `-- --desktop` uses the
 * VS Code of this computer, and `-- --port N` another port of the one in the browser.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensurePackages } from './lib/packages.mjs';
import { cache, root } from './lib/paths.mjs';
import { giveUp, say } from './lib/say.mjs';

const { values: given } = parseArgs({ options: { desktop: { type: 'boolean' }, port: { type: 'string' } } });
ensurePackages();
const { canServe, ensureCodeServer, freePort, newest, startCodeServer, writeSettings } = await import(
  './lib/codeServer.mjs'
);

say('Building the extension…');
execFileSync(process.execPath, ['esbuild.js'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });

const env = { CTRL_HUB_SAMPLE_DATA: '1' };
const next = 'Then choose the Ctrl Hub icon in the bar at the side: the view "Contacts" is on sample data.';
if (given.desktop || !canServe) await openDesktop();
else await openServer();

async function openServer() {
  const host = ensureCodeServer(newest);
  const profile = path.join(cache, 'start');
  fs.mkdirSync(profile, { recursive: true });
  writeSettings(profile);
  say('Starting VS Code…');
  const server = await startCodeServer(host, profile, { env });
  const { startProxy } = await import('./lib/mintKeyProxy.mjs');
  const { workbenchUrl } = await import('./lib/workbench.mjs');
  const port = await freePort(Number(given.port ?? 8765));
  await startProxy(server.url, profile, port);
  const payload = [
    ['extensionDevelopmentPath', `vscode-remote://remote${root}`],
    ['skipWelcome', 'true'],
  ];
  say(`
VS Code is running. Open this address in a browser:

  ${workbenchUrl(`http://127.0.0.1:${port}`, { payload })}

${next}
Press Ctrl+C to stop.`);
  const stop = () => {
    server.stop();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
  await server.ended;
  giveUp("VS Code's server has ended.");
}

async function openDesktop() {
  const executable = process.env.VSCODE_EXECUTABLE ?? onPath('code') ?? (await download());
  const args = [
    `--extensionDevelopmentPath=${root}`,
    `--user-data-dir=${path.join(cache, 'desktop/data')}`,
    `--extensions-dir=${path.join(cache, 'desktop/extensions')}`,
    '--new-window',
    '--skip-welcome',
    '--disable-workspace-trust',
  ];
  say(`Opening ${executable}.\n${next}`);
  const child = spawn(executable, args, {
    env: { ...process.env, ...env },
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  child.once('error', () =>
    giveUp(`${executable} could not be started: does VSCODE_EXECUTABLE name VS Code?`),
  );
  child.once('exit', (code) => process.exit(code ?? 0));
}

function onPath(command) {
  const found = spawnSync(process.platform === 'win32' ? 'where' : 'which', [command], { encoding: 'utf8' });
  return found.status === 0 ? found.stdout.split(/\r?\n/)[0] : undefined;
}

async function download() {
  if (canServe) {
    giveUp(
      'There is no desktop VS Code: put `code` on the PATH, or name its executable in VSCODE_EXECUTABLE.',
    );
  }
  say('Downloading VS Code…');
  const { downloadAndUnzipVSCode } = await import('@vscode/test-electron');
  return downloadAndUnzipVSCode({ cachePath: cache }).catch(() =>
    giveUp(
      'VS Code could not be downloaded. Put `code` on the PATH, or name its executable in VSCODE_EXECUTABLE.',
    ),
  );
}
