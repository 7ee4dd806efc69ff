import fs from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { browserArgs, ensureBrowser } from './browser.mjs';
import { mintKey } from './mintKey.mjs';

/** Our extension logs all that it ever logs. */
export const logEverything = ['logLevel', 'ctrl-hub-community.contacts:trace'];

/** A window's inner size, in pixels. */
export const viewport = { width: 1440, height: 900 };

/** The address of a workbench; `payload` are pairs that VS Code's own test runner understands. */
export function workbenchUrl(url, { folder, workspace, payload = [] } = {}) {
  const query = new URLSearchParams(workspace ? { workspace } : folder ? { folder } : { ew: 'true' });
  if (payload.length > 0) query.set('payload', JSON.stringify(payload));
  return `${url}/?${query}`;
}

/**
 * Opens a workbench in Chromium. `prepare` may add to the page before anything is loaded; `record` writes down
 * every message that a webview gets, beside what VS Code itself writes.
 */
export async function openWorkbench(
  url,
  profile,
  { prepare, record = false, viewport: size = viewport, ...where } = {},
) {
  const browser = await chromium.launch({ executablePath: await ensureBrowser(), args: browserArgs });
  const context = await browser.newContext({
    viewport: size,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await context.route('**/mint-key', (route) =>
    route.fulfill({ body: mintKey(profile), contentType: 'application/octet-stream' }),
  );
  if (record) await recordMessages(context, path.join(profile, 'webview-messages.log'));
  const page = await context.newPage();
  await prepare?.(page);
  await page.goto(workbenchUrl(url, where));
  return { browser, page };
}

/** Writes every state that a panel gets to a file. */
export async function recordMessages(context, file) {
  await context.exposeBinding('ctrlHubHeard', (_, text) => fs.appendFileSync(file, `${text}\n`));
  await context.addInitScript(() => {
    if (window === window.top) return;
    window.addEventListener('message', ({ data }) => {
      // VS Code's own messages have other names for everything; the panel's states have this one.
      if (data?.type === 'state') void window.ctrlHubHeard?.(JSON.stringify(data));
    });
  });
}
