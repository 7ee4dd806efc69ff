import { chromium } from 'playwright-core';
import { browserArgs, ensureBrowser } from './browser.mjs';
import { mintKey } from './mintKey.mjs';

/** The address of a workbench; `payload` are pairs that VS Code's own test runner understands. */
export function workbenchUrl(url, { folder, payload = [] } = {}) {
  const query = new URLSearchParams(folder ? { folder } : { ew: 'true' });
  if (payload.length > 0) query.set('payload', JSON.stringify(payload));
  return `${url}/?${query}`;
}

/** Opens a workbench in Chromium. `prepare` may add to the page before anything is loaded. */
export async function openWorkbench(
  url,
  profile,
  { prepare, viewport = { width: 1440, height: 900 }, ...where } = {},
) {
  const browser = await chromium.launch({ executablePath: await ensureBrowser(), args: browserArgs });
  const context = await browser.newContext({
    viewport,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await context.route('**/mint-key', (route) =>
    route.fulfill({ body: mintKey(profile), contentType: 'application/octet-stream' }),
  );
  const page = await context.newPage();
  await prepare?.(page);
  await page.goto(workbenchUrl(url, where));
  return { browser, page };
}
