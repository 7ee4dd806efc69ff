/**
 * `npm run bench`: figures as ratios to a floor measured in the same run, as a table and in
 * out/bench.json. Never a test: a machine that is busy makes a figure worse, not the code.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { ensurePackages } from './lib/packages.mjs';
import { root } from './lib/paths.mjs';
import { say } from './lib/say.mjs';

ensurePackages();
const { build } = await import('esbuild');
const { hostVersions } = await import('./lib/hostTests.mjs');
const { run } = await import('./lib/run.mjs');

const hosts = 5;
const out = path.join(root, 'out/bench');
fs.rmSync(out, { recursive: true, force: true });
fs.mkdirSync(out, { recursive: true });
execFileSync(process.execPath, ['esbuild.js', '--production'], { cwd: root, stdio: 'ignore' });
await build({
  entryPoints: ['page', 'activation'].map((name) => path.join(root, `test/bench/${name}.ts`)),
  outdir: out,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  external: ['vscode'],
  conditions: ['edge-light'],
});
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

const rows = [];
const compare = (what, floor, ours, bar) =>
  rows.push({ what, floor, ours, ratio: ours / floor, bar, ok: ours / floor <= bar });

say('One page of 100 contacts…');
const page = JSON.parse((await run(process.execPath, [path.join(out, 'page.js')], { quiet: true })).output);
compare('a page of 100 contacts, against fetch + JSON.parse (ms)', page.floor, page.ours, 1.5);

const report = path.join(out, 'activation.txt');
for (let n = 1; n <= hosts; n++) {
  say(`Activation in a fresh extension host, ${n} of ${hosts}…`);
  await run(
    process.execPath,
    ['scripts/runHostTests.mjs', hostVersions[0], path.join(out, 'activation.js')],
    {
      env: { CTRL_HUB_BENCH_REPORT: report },
      quiet: true,
    },
  );
}
const times = fs
  .readFileSync(report, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));
const of = (id) => median(times.map((one) => one[id]).filter((time) => time !== undefined));
const ours = of('ctrl-hub-community.contacts');
compare('activation, against references-view (ms)', of('vscode.references-view'), ours, 1);
compare('activation, against github-authentication (ms)', of('vscode.github-authentication'), ours, 1);

const bytes = (...files) =>
  files.reduce((sum, file) => sum + fs.statSync(path.join(root, 'dist', file)).size, 0) / 1000;
compare('host bundles, against their bar (kB)', 250, bytes('extension.js', 'app.js', 'sandbox.js'), 1);
compare('webview bundle, against its bar (kB)', 100, bytes('webview/panel.js', 'webview/panel.css'), 1);

const shown = rows.map(({ what, floor, ours: own, ratio, bar, ok }) => ({
  what,
  floor: floor.toFixed(2),
  ours: own.toFixed(2),
  ratio: ratio.toFixed(2),
  bar: `≤ ${bar}`,
  ok: ok ? 'yes' : 'no',
}));
console.table(shown);
fs.writeFileSync(path.join(root, 'out/bench.json'), JSON.stringify(rows, null, 2));
say('Written to out/bench.json');
