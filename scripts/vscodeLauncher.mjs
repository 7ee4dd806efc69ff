#!/usr/bin/env node
/**
 * Replaces a desktop VS Code: accepts VS Code's arguments, as `runTests` of @vscode/test-electron passes
 * them, and runs the tests in the extension host of VS Code's server build, shown in Chromium.
 * CTRL_HUB_VSCODE_VERSION selects the version. The tests control the workbench through the address in
 * CTRL_HUB_HANDS.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensureCodeServer, newest, startCodeServer, writeSettings } from './lib/codeServer.mjs';
import { serveHands } from './lib/hands.mjs';
import { patience } from './lib/patience.mjs';
import { logEverything, openWorkbench } from './lib/workbench.mjs';

const longest = patience(15 * 60_000);
const given = (name) => process.argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
const remote = (file) => `vscode-remote://remote${path.resolve(file)}`;

const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'ctrl-hub-host-'));
writeSettings(profile, JSON.parse(process.env.CTRL_HUB_TEST_SETTINGS ?? '{}'));
const host = ensureCodeServer(process.env.CTRL_HUB_VSCODE_VERSION ?? newest);

let page;
let browser;
let server;
const hands = await serveHands(() => page);
async function finish(code) {
  await browser?.close().catch(() => undefined);
  server?.stop();
  hands.stop();
  fs.rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  process.exit(code);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => finish(130));
setTimeout(() => {
  console.error(`The tests did not end within ${Math.round(longest / 60_000)} minutes`);
  finish(1);
}, longest);

/** Prints the output of workbench and extension host, which is long and helps only with problems. */
function show(_type, args) {
  if (process.env.CTRL_HUB_VERBOSE) console.log(...args);
}

try {
  server = await startCodeServer(host, profile, {
    env: { CTRL_HUB_HANDS: hands.url, CTRL_HUB_PROFILE: profile },
  });
  ({ browser, page } = await openWorkbench(server.url, profile, {
    payload: [
      ['extensionDevelopmentPath', remote(given('extensionDevelopmentPath'))],
      ['extensionTestsPath', remote(given('extensionTestsPath'))],
      ['skipWelcome', 'true'],
      logEverything,
    ],
    record: process.env.CTRL_HUB_BENCH_REPORT === undefined,
    prepare: async (opened) => {
      page = opened;
      await opened.exposeFunction('codeAutomationLog', show);
      await opened.exposeFunction('codeAutomationExit', (code) => finish(code));
    },
  }));
} catch (error) {
  console.error(error.message);
  await finish(1);
}
