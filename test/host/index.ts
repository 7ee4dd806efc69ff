/**
 * The entry point in the extension host: runs the tests beside this file with mocha, and reports to a file
 * for the runner.
 */
import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import { canaryHooks } from './canaryHooks';

export async function run(): Promise<void> {
  const { default: Mocha } = await import('mocha');
  const report = process.env.CTRL_HUB_REPORT;
  // The extension host's console also contains other output.
  if (report) Mocha.reporters.Base.consoleLog = (...line) => appendFileSync(report, `${format(...line)}\n`);
  const only = process.env.CTRL_HUB_ONLY;
  const grep = only === undefined ? {} : { grep: only };
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, color: false, reporter: 'spec', ...grep });
  mocha.rootHooks(canaryHooks);
  for (const file of readdirSync(__dirname))
    if (file.endsWith('.test.js')) mocha.addFile(join(__dirname, file));
  await mocha.loadFilesAsync();
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} failed`);
}
