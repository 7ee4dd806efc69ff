/**
 * The entry point in the extension host: runs the tests beside this file with mocha, and reports to a file
 * for the runner.
 */
import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import { patience } from '../../scripts/lib/patience.mjs';
import { canaryHooks } from './canaryHooks';
import { cleanHooks, resetBeforeEachFile } from './cleanHooks';

export async function run(): Promise<void> {
  const { default: Mocha } = await import('mocha');
  const report = process.env.CTRL_HUB_REPORT;
  // The extension host's console also contains other output.
  if (report) Mocha.reporters.Base.consoleLog = (...line) => appendFileSync(report, `${format(...line)}\n`);
  const only = process.env.CTRL_HUB_ONLY;
  const grep = only === undefined ? {} : { grep: only };
  const chosen = process.env.CTRL_HUB_FILES?.split(',').filter(Boolean) ?? [];
  const timeout = patience(180_000);
  const mocha = new Mocha({ ui: 'bdd', timeout, color: false, reporter: 'spec', ...grep });
  mocha.rootHooks(canaryHooks);
  mocha.rootHooks(cleanHooks);
  resetBeforeEachFile(mocha.suite);
  // It needs a window in which nothing has started the extension.
  const first = 'coldLink.test.js';
  const files = readdirSync(__dirname).filter((file) => file.endsWith('.test.js') && file !== first);
  for (const file of [first, ...files])
    if (chosen.length === 0 || chosen.includes(file.slice(0, -8))) mocha.addFile(join(__dirname, file));
  await mocha.loadFilesAsync();
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} failed`);
}
