// This file runs on a fresh clone, so it uses only Node's own modules.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';
import { giveUp, say } from './say.mjs';

/** Installs the packages, unless they are as new as the lockfile. */
export function ensurePackages() {
  const mark = path.join(root, 'node_modules/.package-lock.json');
  const lock = path.join(root, 'package-lock.json');
  if (fs.existsSync(mark) && fs.statSync(mark).mtimeMs >= fs.statSync(lock).mtimeMs) return;
  say('Installing packages (npm install)…');
  try {
    // Installs the lockfile's versions. Unlike `npm ci`, this accepts a lockfile without the binaries of
    // other platforms, which are missing if the registry did not have them.
    execFileSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: root,
      stdio: 'inherit',
      shell: process.platform === 'win32',
    });
  } catch {
    giveUp('The packages could not be installed: is the package registry reachable?');
  }
}
