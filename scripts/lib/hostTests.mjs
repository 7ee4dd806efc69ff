/** Bundles the host tests and runs them in a real VS Code with one call of `runTests`. */
import fs from 'node:fs';
import path from 'node:path';
import { canServe, ensureCodeServer, newest, oldest } from './codeServer.mjs';
import { cache, root } from './paths.mjs';
import { say } from './say.mjs';

/** A version of the desktop VS Code, such as `1.100.3` or `stable`, in place of the server build. */
const desktop = process.env.CTRL_HUB_DESKTOP;

const releaseOf = (version) => version.replace(/^4\./, '1.');

/** Versions of code-server if it runs here; otherwise versions of the desktop VS Code. */
export const hostVersions = desktop ? [desktop] : canServe ? [oldest, newest] : [releaseOf(oldest), 'stable'];

export const nameOf = (version) => `VS Code ${releaseOf(version)}`;

/**
 * The tests that depend on VS Code's version: activation, secrets, the tree, menus, quick inputs, panels, documents,
 * dialogs, tools. What follows from them is the same in all versions.
 */
const sensitive = [
  'assistants',
  'changingMany',
  'coldLink',
  'editAsText',
  'finding',
  'mainJob',
  'menus',
  'reviewing',
  'signingIn',
  'updateFromFile',
];

/** @returns the tests that a version runs, by the names of their files; none for all of them */
export const filesFor = (version) => (version === hostVersions.at(-1) ? [] : sensitive);

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

/**
 * Returns the VS Code for the tests: a named one, the server build, or a downloaded desktop version.
 * @returns {Promise<{ executable: string, isDesktop: boolean }>}
 */
export async function hostExecutable(version) {
  if (process.env.VSCODE_EXECUTABLE) return { executable: process.env.VSCODE_EXECUTABLE, isDesktop: true };
  if (canServe && !desktop) {
    ensureCodeServer(version);
    return { executable: path.join(root, 'scripts/vscodeLauncher.mjs'), isDesktop: false };
  }
  const { downloadAndUnzipVSCode } = await import('@vscode/test-electron');
  say(`Downloading ${nameOf(version)}…`);
  const executable = await downloadAndUnzipVSCode({ version: releaseOf(version), cachePath: cache });
  return { executable, isDesktop: true };
}
