/** The setup of the panel's tests: a browser for a `describe`, and a page for each test in it. */
import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { type PanelBrowser, type PanelPage, type PanelSetup, seen, startPanelBrowser } from './webviewPage';

export function panelBrowser(): Pick<PanelBrowser, 'open'> {
  let browser: PanelBrowser;
  before(async () => {
    browser = await startPanelBrowser();
  });
  after(() => browser.close());
  return { open: (setup) => browser.open(setup) };
}

interface EachPanel extends Omit<PanelPage, 'close' | 'discard'>, Pick<PanelBrowser, 'open'> {
  field(label: string): Locator;
  button(name: string): Locator;
  /** Returns the text of the status line. */
  status(): Promise<string>;
}

/** Errors of its page fail a test, too. */
export function panelForEach(setup: PanelSetup = {}): EachPanel {
  const { open } = panelBrowser();
  let panel: PanelPage;
  beforeEach(async () => {
    panel = await open(setup);
  });
  // After a failure, the next test gets a new page, because it must not inherit the failure.
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') return panel.discard().catch(() => undefined);
    assert.deepEqual(await panel.complaints(), []);
    await panel.close();
  });
  return {
    open,
    get page() {
      return panel.page;
    },
    show: (state, heard) => panel.show(state, heard),
    posts: () => panel.posts(),
    complaints: () => panel.complaints(),
    field: (label) => panel.page.getByLabel(label, { exact: true }),
    button: (name) => panel.page.getByRole('button', { name, exact: true }),
    status: async () => (await seen(panel.page.locator('.status'))).trim(),
  };
}
