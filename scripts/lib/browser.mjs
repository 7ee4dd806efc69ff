import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';
import { giveUp, say } from './say.mjs';

const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const quiet = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** Chromium's sandbox does not work for root. */
export const browserArgs = process.getuid?.() === 0 ? ['--no-sandbox', ...quiet] : quiet;

/** Returns the path of Chromium, which is installed if necessary. */
export async function ensureBrowser() {
  const found = await find();
  if (found) return found;
  const attempt = (what, command, ...args) => {
    say(`Installing a browser (${what})…`);
    try {
      execFileSync(command, args, { cwd: root, stdio: 'ignore', shell: process.platform === 'win32' });
    } catch {
      // The next attempt follows, or the message below.
    }
  };
  if (process.platform === 'linux' && process.getuid?.() === 0 && fs.existsSync('/usr/bin/apt-get')) {
    attempt('apt-get update', 'apt-get', 'update');
    attempt('apt-get install chromium', 'apt-get', 'install', '-y', '--no-install-recommends', 'chromium');
    const installed = await find();
    if (installed) return installed;
  }
  attempt(
    "playwright's Chromium",
    process.execPath,
    path.join(root, 'node_modules/playwright-core/cli.js'),
    'install',
    'chromium',
  );
  return (
    (await find()) ??
    giveUp(
      'There is no Chromium, and none could be installed. Install Chromium or Chrome, or name one in CHROME_PATH.',
    )
  );
}

async function find() {
  const { chromium } = await import('playwright-core');
  return [process.env.CHROME_PATH, ...usual, chromium.executablePath()].find(
    (file) => file && fs.existsSync(file),
  );
}
