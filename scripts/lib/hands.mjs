/** Controls and reads a workbench by its visible parts: rows, labels, names of buttons. */
import http from 'node:http';
import { patience } from './patience.mjs';

/** Returns the panel's document, two frames below the page: the visible frame that has a `main`. */
async function webview(page) {
  for (const frame of page.frames()) {
    if (frame === page.mainFrame()) continue;
    const shown = await frame
      .evaluate(() => document.querySelector('main') !== null && innerWidth > 0)
      .catch(() => false);
    if (shown && (await (await frame.frameElement()).isVisible().catch(() => false))) return frame;
  }
  throw new Error('no panel is on screen');
}

const timeout = patience(10_000);

/** Closes a hover, which would hide the rows below it. */
async function leaveHovers(page) {
  const { width, height } = page.viewportSize();
  await page.mouse.move(width * 0.7, height * 0.9);
  await page
    .locator('.workbench-hover:visible')
    .first()
    .waitFor({ state: 'hidden', timeout })
    .catch(() => undefined);
}

export const actions = {
  /** On macOS, "Control" means the Command key. */
  press: (page, { key }) => page.keyboard.press(key.replace(/\bControl\b/, 'ControlOrMeta')),
  type: (page, { text }) => page.keyboard.insertText(text),
  /** Types key by key, as fast as the browser accepts them. */
  typeKeys: (page, { text }) => page.keyboard.type(text),
  async click(page, { selector, text, role, name, frame, modifiers }) {
    const where = frame === 'webview' ? await webview(page) : page;
    if (where === page) await leaveHovers(page);
    const all = selector ? where.locator(selector) : where.getByRole(role, { name, exact: true });
    const hasText = text?.pattern === undefined ? text : new RegExp(text.pattern);
    await (hasText ? all.filter({ hasText }) : all).first().click({ timeout, modifiers });
  },
  /** Returns the entries of a row's menu, or of a "…" menu by CSS selector, each with its key. */
  async menu(page, { text, selector }) {
    const row = page.locator('.pane-body .monaco-list-row', { hasText: text }).first();
    const items = page.locator('.monaco-menu .action-menu-item');
    // VS Code closes a menu when something else takes the focus, such as a panel that is being closed.
    const isOpen = () =>
      items
        .first()
        .waitFor({ timeout: patience(2_000) })
        .then(
          () => true,
          () => false,
        );
    for (let tries = 0; tries === 0 || (tries < 10 && !(await isOpen())); tries++) {
      await leaveHovers(page);
      if (selector) await page.locator(selector).first().click({ timeout });
      else await row.click({ button: 'right', timeout });
    }
    await items.first().waitFor({ timeout });
    const texts = await items.allInnerTexts();
    await page.keyboard.press('Escape');
    await items.first().waitFor({ state: 'hidden', timeout });
    return texts.map((line) => line.replaceAll(/\s+/g, ' ').trim());
  },
  /**
   * Drags a row of the tree to the middle of an element; with Shift, VS Code drops it into an editor's text.
   */
  async drag(page, { text, to, shift }) {
    await leaveHovers(page);
    await page.locator('.pane-body .monaco-list-row', { hasText: text }).first().hover({ timeout });
    await page.mouse.down();
    const { x, y, width, height } = await page.locator(to).first().boundingBox();
    if (shift) await page.keyboard.down('Shift');
    // VS Code starts dragging only after several moves.
    for (const part of [0.4, 0.45, 0.5]) await page.mouse.move(x + width * part, y + height * part);
    await page.waitForTimeout(300);
    await page.mouse.move(x + width / 2, y + height / 2 + 1);
    await page.mouse.up();
    if (shift) await page.keyboard.up('Shift');
  },
  async fill(page, { label, value }) {
    const field = (await webview(page)).getByLabel(label, { exact: true }).first();
    await field.click({ timeout });
    await field.fill(value, { timeout });
  },
  async choose(page, { field, choice }) {
    const group = (await webview(page)).getByRole('group', { name: field, exact: true });
    await group.getByRole('radio', { name: choice, exact: true }).check({ timeout });
  },
  /** Clicks a button in a row of a QuickPick, which appears with the pointer. */
  async rowButton(page, { text, name }) {
    const row = page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();
    await row.hover({ timeout });
    await row.getByRole('button', { name, exact: true }).click({ timeout });
  },
  /** Clicks a button of a modal dialog. */
  async answer(page, { text }) {
    await page.locator('.monaco-dialog-box .monaco-button', { hasText: text }).first().click({ timeout });
  },
  /** Waits for a notification, even if VS Code does not show it by itself. */
  async notice(page, { text }) {
    await page.locator('.notification-list-item', { hasText: text }).first().waitFor({ timeout });
  },
  /** Returns the value of a field of the panel, or null without a form. */
  async value(page, { label }) {
    const field = (await webview(page)).getByLabel(label, { exact: true }).first();
    return (await field.count()) > 0 ? field.inputValue({ timeout }) : null;
  },
  /** Returns true if a button of the panel is enabled. */
  async enabled(page, { name }) {
    const button = (await webview(page)).getByRole('button', { name, exact: true }).first();
    const isThere = (await button.count()) > 0;
    // The button may disappear between the two calls.
    return isThere && button.isEnabled({ timeout: patience(1_000) }).catch(() => false);
  },
  text: async (page) => (await webview(page)).evaluate(() => document.body.textContent),
  evaluate: async (page, { expression, frame }) =>
    (frame === 'webview' ? await webview(page) : page).evaluate(expression),
  painted: async (page) =>
    (await webview(page)).evaluate(
      () =>
        new Promise((resolve) => {
          new PerformanceObserver((list) => {
            // Elements from before the form are disconnected, and later ones do not belong to the form.
            const form = list.getEntries().find(({ element }) => element?.isConnected);
            if (form) resolve(performance.timeOrigin + form.startTime);
          }).observe({ type: 'largest-contentful-paint', buffered: true });
        }),
    ),
  rows: (page) => page.locator('.pane-body .monaco-list-row').allInnerTexts(),
  selectedRows: (page) => page.locator('.pane-body .monaco-list-row.selected').allInnerTexts(),
  body: (page) => page.locator('.pane-body').allInnerTexts(),
  /**
   * Reads all texts of the box at one time, because a box may close between two calls. tsx wraps named
   * functions in a helper that does not exist in the page, so this function contains none.
   */
  async quickInput(page) {
    const words = await page.evaluate(() => {
      const boxes = [...document.querySelectorAll('.quick-input-widget')];
      const box = boxes.find(({ offsetHeight }) => offsetHeight > 0);
      const input = box?.querySelector('input');
      return {
        title: box?.querySelector('.quick-input-title')?.textContent ?? '',
        message: box?.querySelector('.quick-input-message')?.textContent ?? '',
        placeholder: input?.getAttribute('placeholder') ?? '',
        inputType: input?.getAttribute('type') ?? '',
        value: input?.value ?? '',
      };
    });
    const rows = page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row');
    return { ...words, rows: await rows.allInnerTexts() };
  },
  /** Returns the number of elements in the workbench. */
  count: (page, { selector }) => page.locator(selector).count(),
  hover: (page, { selector, text }) => page.locator(selector, { hasText: text }).first().hover({ timeout }),
  texts: (page, { selector }) => page.locator(selector).allInnerTexts(),
  /**
   * Returns an item of the status bar by the end of its ID, and true for `warning` if it is coloured as a
   * warning.
   */
  statusBar: (page, { id }) =>
    page.evaluate((end) => {
      const items = [...document.querySelectorAll(`.statusbar-item[id$="${end}"]`)];
      const item = items.find(({ offsetHeight }) => offsetHeight > 0);
      const warning = item?.classList.contains('warning-kind') ?? false;
      return { text: item?.textContent.trim() ?? '', warning };
    }, id),
  screenshot: (page, { path }) => page.screenshot({ path }),
};

/** Serves the actions over loopback, one at a time. */
export async function serveHands(page) {
  const server = http.createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    let answer;
    try {
      const { action, ...options } = JSON.parse(body);
      answer = { ok: true, value: (await actions[action](await page(), options)) ?? null };
    } catch (error) {
      answer = { ok: false, error: error.message };
    }
    response.end(JSON.stringify(answer));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() };
}
