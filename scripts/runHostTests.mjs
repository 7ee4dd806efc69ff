/** Runs the bundled host tests in one VS Code: `node scripts/runHostTests.mjs VERSION INDEX`. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { prepareDesktop } from './lib/desktop.mjs';
import { hostExecutable } from './lib/hostTests.mjs';
import { root } from './lib/paths.mjs';

const [version, index] = process.argv.slice(2);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ctrl-hub-report-'));
const report = process.env.CTRL_HUB_BENCH_REPORT ?? path.join(folder, 'report.txt');
let code = 0;
let desktop;
try {
  const { executable, isDesktop } = await hostExecutable(version);
  desktop = isDesktop ? await prepareDesktop() : undefined;
  await runTests({
    vscodeExecutablePath: executable,
    launchArgs: desktop?.launchArgs,
    extensionDevelopmentPath: root,
    extensionTestsPath: path.resolve(index),
    extensionTestsEnv: { CTRL_HUB_VSCODE_VERSION: version, CTRL_HUB_REPORT: report, ...desktop?.env },
  });
} catch (error) {
  console.error(error.message);
  code = 1;
}
desktop?.stop();
if (fs.existsSync(report) && !process.env.CTRL_HUB_BENCH_REPORT) console.log(fs.readFileSync(report, 'utf8'));
fs.rmSync(folder, { recursive: true });
process.exit(code);
