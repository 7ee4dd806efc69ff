import fs from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { browserArgs, ensureBrowser } from './browser.mjs';
import { mintKey } from './mintKey.mjs';

/** Sets our extension's log level to trace. */
export const logEverything = ['logLevel', 'ctrl-hub-community.contacts:trace'];

/** The inner size of a window in pixels. */
export const viewport = { width: 1440, height: 900 };

/** Returns the address of a workbench; `payload` are pairs for VS Code's own test runner. */
export function workbenchUrl(url, { folder, workspace, payload = [] } = {}) {
  const query = new URLSearchParams(workspace ? { workspace } : folder ? { folder } : { ew: 'true' });
  if (payload.length > 0) query.set('payload', JSON.stringify(payload));
  return `${url}/?${query}`;
}

/**
 * Opens a workbench in Chromium. `prepare` can change the page before it loads; `record` writes every message
 * of a webview to a file, next to VS Code's logs.
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

/** Writes every state of a panel to a file. */
export async function recordMessages(context, file) {
  await context.exposeBinding('ctrlHubHeard', (_, text) => fs.appendFileSync(file, `${text}\n`));
  await context.addInitScript(() => {
    if (window === window.top) return;
    window.addEventListener('message', ({ data }) => {
      // VS Code's own messages have other types than the panel's states.
      if (data?.type === 'state') void window.ctrlHubHeard?.(JSON.stringify(data));
    });
  });
}
