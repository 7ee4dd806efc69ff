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
  // A folder of its own, which Playwright deletes: Chromium keeps what it has compiled of VS Code for a reload.
  const browser = await chromium.launchPersistentContext('', {
    executablePath: await ensureBrowser(),
    args: browserArgs,
    viewport: size,
    permissions: ['clipboard-read', 'clipboard-write'],
    // Animations would be drawn without a graphics card.
    reducedMotion: 'reduce',
  });
  await browser.addInitScript(answerMintKey, [...mintKey(profile)]);
  if (record) await recordMessages(browser, path.join(profile, 'webview-messages.log'));
  const [page = await browser.newPage()] = browser.pages();
  await prepare?.(page);
  await page.goto(workbenchUrl(url, where));
  return { browser, page };
}

/** Answers one request in the page, because a route would switch off Chromium's cache for all requests. */
function answerMintKey(key) {
  if (window !== window.top) return;
  const { fetch } = globalThis;
  globalThis.fetch = (asked, init) =>
    new URL(asked?.url ?? asked, location.href).pathname.endsWith('/mint-key')
      ? Promise.resolve(new Response(Uint8Array.from(key)))
      : fetch(asked, init);
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
