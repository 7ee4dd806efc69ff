/** A desktop VS Code for the host tests. They get a person's hands on it through Chromium's debugging port. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { freePort, writeSettings } from './codeServer.mjs';
import { serveHands } from './hands.mjs';
import { logEverything, recordMessages, viewport } from './workbench.mjs';

/** Shows in the window what a desktop otherwise leaves to the system, out of reach of the debugging port. */
const settings = {
  'window.titleBarStyle': 'custom',
  'window.menuStyle': 'custom',
  'window.dialogStyle': 'custom',
  'files.simpleDialog.enable': true,
};

/** @returns what VS Code is started with, and `stop`, which removes its profile */
export async function prepareDesktop() {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'ctrl-hub-host-'));
  writeSettings(profile, { ...settings, ...JSON.parse(process.env.CTRL_HUB_TEST_SETTINGS ?? '{}') });
  const port = await freePort();
  let attached;
  // The first action comes from a test, so that the window is there by then.
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
