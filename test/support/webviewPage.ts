/** The shipped panel in a real browser, in its own document and under its own policy. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { panelHtml } from '../../src/panel/html';
import type { PanelIntent } from '../../src/protocol/intents';
import type { PanelState } from '../../src/protocol/state';
import type { VsCode } from '../../src/webview/vsCode';
import { type Theme, themes } from '../fixtures/themes';

const root = join(__dirname, '../..');
const bundle = join(root, 'dist/webview');
const types: Readonly<Record<string, string>> = { js: 'text/javascript', css: 'text/css' };

/** VS Code puts its own rules before everything else in a webview's document. */
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
   * @returns milliseconds from the message's arrival until it was drawn
   */
  show(state: PanelState, heard?: number): Promise<number>;
  /** What the panel posted since it was opened, or since the last call; a page's name is no two times the same. */
  posts(): Promise<readonly PostedIntent[]>;
  /** Breaches of the policy, and errors. */
  complaints(): Promise<readonly string[]>;
  close(): Promise<void>;
}

export interface PanelBrowser {
  open(setup?: PanelSetup): Promise<PanelPage>;
  close(): Promise<void>;
}

/** What a person can read there. */
export async function seen(place: Locator): Promise<string> {
  return (await place.allInnerTexts()).join('\n');
}

export const hasFocus = (place: Locator) => place.evaluate((element) => element === document.activeElement);

export async function startPanelBrowser(): Promise<PanelBrowser> {
  if (!['panel.js', 'review.js'].every((file) => existsSync(join(bundle, file))))
    await promisify(execFile)(process.execPath, ['esbuild.js', '--production'], { cwd: root });
  const server = createServer((request, response) => {
    const file = (request.url ?? '/').slice(1);
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
  return {
    open: (setup = {}) => openPanel(browser, origin, setup),
    async close() {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

function documentFor(origin: string, script: string): string {
  const html = panelHtml({
    cspSource: origin,
    nonce: randomBytes(16).toString('base64'),
    script: `${origin}/${script}.js`,
    language: 'en',
    title: 'Contact',
    loading: 'Loading contact…',
  });
  return html.replace('<head>', `<head>${defaultStyles}`);
}

interface Stage {
  posted: PanelIntent[];
  /** The name under which the last keystroke came. */
  typingPage?: string;
  breaches: string[];
  acquireVsCodeApi(): VsCode;
}

async function openPanel(browser: Browser, origin: string, setup: PanelSetup): Promise<PanelPage> {
  const { theme = themes[0]!, width = 1000, height = 800, reducedMotion = true, script = 'panel' } = setup;
  const context = await browser.newContext({
    viewport: { width, height },
    reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
    locale: 'en-GB',
    timezoneId: 'Europe/London',
  });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('favicon')) errors.push(message.text());
  });
  await page.addInitScript(prepare, { variables: theme.variables, bodyClasses: [...theme.bodyClasses] });
  await page.goto(`${origin}/${script}`);
  return {
    page,
    async show(state, heard) {
      const posted = await page.evaluate(
        ({ message, revision }) => {
          const stage = window as Window & Partial<Stage>;
          if (revision !== undefined)
            message.state = { ...message.state, heard: { page: stage.typingPage ?? '', revision } };
          const now = performance.now();
          window.postMessage(message, '*');
          return now;
        },
        { message: { type: 'state', state }, revision: heard },
      );
      return page.evaluate(
        (since) => new Promise<number>((done) => setTimeout(() => done(performance.now() - since))),
        posted,
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
    async complaints() {
      const breaches = await page.evaluate(() => (window as Window & Partial<Stage>).breaches ?? []);
      return [...errors, ...breaches];
    },
    close: () => context.close(),
  };
}

/**
 * Runs in the page before anything of it: VS Code's stand-in. All functions in it are methods, as the
 * loader of the tests wraps others in a helper that the page does not have.
 */
function prepare(theme: { variables: Readonly<Record<string, string>>; bodyClasses: string[] }): void {
  const posted: PanelIntent[] = [];
  const breaches: string[] = [];
  Object.assign(window, {
    posted,
    breaches,
    acquireVsCodeApi() {
      return {
        postMessage(message) {
          posted.push(message);
          if ('page' in message) Object.assign(window, { typingPage: message.page });
        },
        // A reload of the page is the end of a webview, and what it kept is what VS Code gives the next one.
        getState() {
          return JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined;
        },
        setState(state) {
          sessionStorage.setItem('state', JSON.stringify(state));
        },
      };
    },
  } satisfies Stage);
  document.addEventListener('securitypolicyviolation', (event) =>
    breaches.push(`${event.violatedDirective} ${event.blockedURI}`),
  );
  document.addEventListener('DOMContentLoaded', () => {
    for (const [name, value] of Object.entries(theme.variables))
      document.documentElement.style.setProperty(`--vscode-${name}`, value);
    document.body.classList.add(...theme.bodyClasses);
  });
}
