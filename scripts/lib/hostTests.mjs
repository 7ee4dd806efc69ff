/** The host tier: bundles the tests, and runs them in a real VS Code through one call of `runTests`. */
import fs from 'node:fs';
import path from 'node:path';
import { canServe, ensureCodeServer, newest, oldest } from './codeServer.mjs';
import { cache, root } from './paths.mjs';
import { say } from './say.mjs';

export const hostVersions = [oldest, newest];

/** What depends on VS Code's version: activation, secrets, the tree, menus, quick inputs, panels, dialogs. */
const sensitive = ['coldLink', 'finding', 'mainJob', 'menus', 'sampleData', 'signingIn', 'unreadableRows'];

/** @returns the tests that a version runs, by the names of their files; none for all of them */
export const filesFor = (version) => (version === newest ? [] : sensitive);

export async function bundleHostTests() {
  const { build } = await import('esbuild');
  const from = path.join(root, 'test/host');
  const out = path.join(root, 'out/host');
  fs.rmSync(out, { recursive: true, force: true });
  await build({
    entryPoints: fs
      .readdirSync(from)
      .filter((file) => file.endsWith('.ts'))
      .map((file) => path.join(from, file)),
    outdir: out,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return path.join(out, 'index.js');
}

/** The VS Code to run them in: a named one, the server build, or a download of the desktop. */
export async function hostExecutable(version) {
  if (process.env.VSCODE_EXECUTABLE) return process.env.VSCODE_EXECUTABLE;
  if (canServe) {
    ensureCodeServer(version);
    return path.join(root, 'scripts/vscodeLauncher.mjs');
  }
  const { downloadAndUnzipVSCode } = await import('@vscode/test-electron');
  say(`Downloading VS Code 1.${version.slice(2)}…`);
  return downloadAndUnzipVSCode({ version: `1.${version.slice(2)}`, cachePath: cache });
}
