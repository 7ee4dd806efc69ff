/** Prepares a desktop VS Code for the host tests, which control it through Chromium's debugging port. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { freePort, writeSettings } from './codeServer.mjs';
import { serveHands } from './hands.mjs';
import { logEverything, recordMessages, viewport } from './workbench.mjs';

/**
 * Makes VS Code draw its menus and dialogs itself, because the debugging port cannot reach those of the
 * system.
 */
const settings = {
  'window.titleBarStyle': 'custom',
  'window.menuStyle': 'custom',
  'window.dialogStyle': 'custom',
  'files.simpleDialog.enable': true,
};

/** @returns the options to start VS Code, and `stop`, which removes its profile */
export async function prepareDesktop() {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'ctrl-hub-host-'));
  writeSettings(profile, { ...settings, ...JSON.parse(process.env.CTRL_HUB_TEST_SETTINGS ?? '{}') });
  const port = await freePort();
  let attached;
  // A test sends the first action, so the window exists by then.
  const hands = await serveHands(async () => {
    attached ??= await attach(port, profile);
    return attached;
  });
  return {
    launchArgs: [
      `--user-data-dir=${path.join(profile, 'data')}`,
      `--extensions-dir=${path.join(profile, 'extensions')}`,
      `--remote-debugging-port=${port}`,
      `--log=${logEverything[1]}`,
      '--use-inmemory-secretstorage',
      '--disable-telemetry',
    ],
    env: { CTRL_HUB_HANDS: hands.url, CTRL_HUB_PROFILE: profile },
    stop() {
      hands.stop();
      fs.rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function attach(port, profile) {
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  const [context] = browser.contexts();
  await recordMessages(context, path.join(profile, 'webview-messages.log'));
  for (const page of context.pages()) {
    if ((await page.locator('.monaco-workbench').count()) === 0) continue;
    await page.setViewportSize(viewport);
    return page;
  }
  throw new Error('No window of VS Code is open');
}
