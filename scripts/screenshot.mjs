/** `npm run screenshot`: makes the README's picture anew, of the packaged extension in a real VS Code. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensurePackages } from './lib/packages.mjs';
import { root, vsix } from './lib/paths.mjs';
import { say } from './lib/say.mjs';

ensurePackages();
const { ensureCodeServer, installExtension, newest, startCodeServer, writeSettings } = await import(
  './lib/codeServer.mjs'
);
const { openWorkbench } = await import('./lib/workbench.mjs');

execFileSync(process.execPath, ['scripts/package.mjs'], { cwd: root, stdio: 'inherit' });
const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'ctrl-hub-screenshot-'));
const host = ensureCodeServer(newest);
writeSettings(profile);
installExtension(host, profile, vsix);
const server = await startCodeServer(host, profile);
const { browser, page } = await openWorkbench(server.url, profile);
try {
  await page.waitForSelector('.monaco-workbench .activitybar', { timeout: 60_000 });
  await page.locator('.activitybar .action-item a[aria-label^="Ctrl Hub"]').click();
  const command = page.locator('.quick-input-list .monaco-list-row', { hasText: 'Try with Sample Data' });
  // The palette does not notice commands that arrive after it was opened.
  for (let tries = 0; tries < 10 && (await command.count()) === 0; tries++) {
    await page.keyboard.press('Escape');
    await page.keyboard.press('F1');
    await page.locator('.quick-input-widget input').first().fill('>Ctrl Hub: Try with Sample Data');
    await page.waitForTimeout(1500);
  }
  await command.first().click();
  const rows = page.locator('.pane-body .monaco-list-row');
  await rows.filter({ hasText: 'Moorland Water' }).first().click();
  await rows.filter({ hasText: '@example' }).nth(4).click();
  await page.waitForTimeout(4000);
  const picture = path.join(root, 'media/readme/panel.png');
  fs.mkdirSync(path.dirname(picture), { recursive: true });
  await page.screenshot({ path: picture });
  say(`${path.relative(root, picture)} is made`);
} finally {
  await browser.close();
  server.stop();
  fs.rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
}
