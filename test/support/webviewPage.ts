/** Shows the shipped panel in a real browser, in its own document and under its own policy. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { patience } from '../../scripts/lib/patience.mjs';
import { pageHtml } from '../../src/platform/pages/html';
import type { PanelIntent } from '../../src/protocol/intents';
import type { PanelState } from '../../src/protocol/state';
import type { VsCode } from '../../src/webview/page/vsCode';
import { type Theme, themes } from '../fixtures/themes';

const root = join(__dirname, '../..');
const bundle = join(root, 'dist/webview');
const types: Readonly<Record<string, string>> = { js: 'text/javascript', css: 'text/css' };

/** VS Code puts its own rules first in a webview's document. */
const defaultStyles = `<style>@layer vscode-default {
body { overscroll-behavior-x: none; background-color: transparent; color: var(--vscode-editor-foreground);
  font-family: var(--vscode-font-family); font-size: var(--vscode-font-size); margin: 0; padding: 0 20px; }
a { color: var(--vscode-textLink-foreground); }
a:focus, input:focus, select:focus, textarea:focus { outline: 1px solid -webkit-focus-ring-color; outline-offset: -1px; }
}</style>`;

export interface PanelSetup {
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
  readonly reducedMotion?: boolean;
  /** Its script. */
  readonly script?: 'panel' | 'review';
}

type Unnamed<T> = T extends unknown ? Omit<T, 'page'> : never;
type PostedIntent = Unnamed<PanelIntent>;

export interface PanelPage {
  readonly page: Page;
  /**
   * @param heard the last keystroke of the page that the host has taken
   */
  show(state: PanelState, heard?: number): Promise<void>;
  /**
   * Returns the messages of the panel since the last call, without the page's identifier, which is random.
   */
  posts(): Promise<readonly PostedIntent[]>;
  /** Returns violations of the policy, and errors. */
  complaints(): Promise<readonly string[]>;
  /** The next `open` may show its own document in this page. */
  close(): Promise<void>;
  /** For a page that a failed test may have broken: no other test gets it. */
  discard(): Promise<void>;
}

export interface PanelBrowser {
  open(setup?: PanelSetup): Promise<PanelPage>;
  close(): Promise<void>;
}

/** Returns the visible text. */
export async function seen(place: Locator): Promise<string> {
  return (await place.allInnerTexts()).join('\n');
}

/** Until what has changed is on screen, and observers of what comes into sight have told of it. */
export const drawn = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<void>((done) => {
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)));
      }),
  );

export const hasFocus = (place: Locator) => place.evaluate((element) => element === document.activeElement);

export async function startPanelBrowser(): Promise<PanelBrowser> {
  if (!['panel.js', 'review.js'].every((file) => existsSync(join(bundle, file))))
    await promisify(execFile)(process.execPath, ['esbuild.js', '--production'], { cwd: root });
  const server = createServer((request, response) => {
    const [file = ''] = (request.url ?? '/').slice(1).split('?');
    if (file === 'panel' || file === 'review') {
      response.setHeader('content-type', 'text/html');
      response.end(documentFor(`http://${request.headers.host}`, file));
      return;
    }
    const path = join(bundle, file.replace(/[^a-z.]/g, ''));
    if (!existsSync(path)) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader('content-type', types[path.split('.').at(-1) ?? ''] ?? 'text/plain');
    response.end(readFileSync(path));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await chromium.launch({
    executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const idle: Tab[] = [];
  return {
    open: async (setup = {}) => openPanel(idle.pop() ?? (await newTab(browser)), origin, setup, idle),
    async close() {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

function documentFor(origin: string, script: string): string {
  const html = pageHtml({
    cspSource: origin,
    nonce: randomBytes(16).toString('base64'),
    script: readFileSync(join(bundle, `${script}.js`), 'utf8'),
    language: 'en',
    title: 'Contact',
    loading: 'Loading contact…',
  });
  return html.replace('<head>', `<head>${defaultStyles}`);
}

interface Stage {
  posted: PanelIntent[];
  /** The page's identifier in its latest keystroke. */
  typingPage?: string;
  breaches: string[];
  acquireVsCodeApi(): VsCode;
  /** As VS Code does when the user chooses another theme. */
  wear(theme: string | null): void;
}

/** A page of the browser. Each test has a document of its own, which takes a tenth of the time of a page. */
interface Tab {
  readonly page: Page;
  /** Errors since `open`. */
  errors: string[];
}

async function newTab(browser: Browser): Promise<Tab> {
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/London' });
  context.setDefaultTimeout(patience(30_000));
  const tab: Tab = { page: await context.newPage(), errors: [] };
  tab.page.on('pageerror', (error) => tab.errors.push(String(error)));
  tab.page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('favicon')) tab.errors.push(message.text());
  });
  await tab.page.addInitScript(prepare, themes);
  return tab;
}

let visits = 0;

async function openPanel(tab: Tab, origin: string, setup: PanelSetup, idle: Tab[]): Promise<PanelPage> {
  const { theme = themes[0]!, width = 1000, height = 800, reducedMotion = true, script = 'panel' } = setup;
  const { page } = tab;
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ reducedMotion: reducedMotion ? 'reduce' : 'no-preference' });
  await page.mouse.move(0, 0);
  const errors: string[] = [];
  tab.errors = errors;
  await page.goto(`${origin}/${script}?theme=${theme.name}&visit=${++visits}`);
  const complaints = async () => {
    const breaches = await page.evaluate(() => (window as Window & Partial<Stage>).breaches ?? []);
    return [...errors, ...breaches];
  };
  const discard = () => page.context().close();
  return {
    page,
    async show(state, heard) {
      await page.evaluate(
        ({ message, revision }) => {
          const stage = window as Window & Partial<Stage>;
          if (revision !== undefined)
            message.state = { ...message.state, heard: { page: stage.typingPage ?? '', revision } };
          // The panel's own listener came first. Its state is drawn before the next task.
          return new Promise<void>((done) => {
            window.addEventListener('message', () => requestAnimationFrame(() => setTimeout(done)), {
              once: true,
            });
            window.postMessage(message, '*');
          });
        },
        { message: { type: 'state', version: 1, state }, revision: heard },
      );
    },
    posts: () =>
      page.evaluate(() => {
        const stage = window as Window & Partial<Stage>;
        return (stage.posted ?? []).splice(0).map((intent) => {
          if (!('page' in intent)) return intent;
          const { page: _, ...rest } = intent;
          return rest;
        });
      }),
    complaints,
    async close() {
      // Late complaints would be the next test's.
      if ((await complaints()).length === 0) idle.push(tab);
      else await discard();
    },
    discard,
  };
}

/**
 * Runs in the page before its script and replaces VS Code. All its functions are methods, because the tests'
 * loader wraps other functions in a helper that does not exist in the page.
 */
function prepare(known: readonly Theme[]): void {
  const asked = new URLSearchParams(location.search);
  const posted: PanelIntent[] = [];
  const breaches: string[] = [];
  const stage = {
    posted,
    breaches,
    acquireVsCodeApi() {
      return {
        postMessage(message) {
          posted.push(message);
          if ('page' in message) Object.assign(window, { typingPage: message.page });
        },
        // A reload of the page stands for the end of a webview: VS Code gives the stored state to the next
        // page.
        getState() {
          return JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined;
        },
        setState(state) {
          sessionStorage.setItem('state', JSON.stringify(state));
        },
      };
    },
    wear(name) {
      const { documentElement, body } = document;
      for (const theme of known) {
        body.classList.remove(...theme.bodyClasses);
        for (const variable of Object.keys(theme.variables))
          documentElement.style.removeProperty(`--vscode-${variable}`);
      }
      const theme = known.find((one) => one.name === name);
      for (const [variable, value] of Object.entries(theme?.variables ?? {}))
        documentElement.style.setProperty(`--vscode-${variable}`, value);
      body.classList.add(...(theme?.bodyClasses ?? []));
    },
  } satisfies Stage;
  Object.assign(window, stage);
  const visit = asked.get('visit');
  // A page that is made anew keeps its storage, the next test's has none.
  if (visit !== null && visit !== sessionStorage.getItem('visit')) {
    localStorage.clear();
    sessionStorage.clear();
    sessionStorage.setItem('visit', visit);
  }
  document.addEventListener('securitypolicyviolation', (event) =>
    breaches.push(`${event.violatedDirective} ${event.blockedURI}`),
  );
  document.addEventListener('DOMContentLoaded', () => stage.wear(asked.get('theme')));
}
