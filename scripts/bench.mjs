/**
 * `npm run bench`: prints figures as ratios to a floor measured in the same run, and writes them to
 * out/bench.json. It is not a test, because a busy machine changes the figures.
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
const { ensureBrowser } = await import('./lib/browser.mjs');

const hosts = 7;
const out = path.join(root, 'out/bench');
fs.rmSync(out, { recursive: true, force: true });
fs.mkdirSync(out, { recursive: true });
await run(process.execPath, ['scripts/package.mjs'], { quiet: true });
await build({
  entryPoints: ['page', 'lists', 'listServer', 'texts', 'applying', 'activation', 'panel', 'keystroke'].map(
    (name) => path.join(root, `test/bench/${name}.ts`),
  ),
  outdir: out,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  external: ['vscode'],
  conditions: ['edge-light'],
});
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

const rows = [];
/** Adds a figure that must be at most `most` times the floor. */
const times = (what, floor, ours, most) =>
  rows.push({ what, floor, ours, ratio: ours / floor, bar: `≤ ${most} ×`, ok: ours / floor <= most });
/** Adds a figure that must be at most the floor plus `most`. */
const more = (what, floor, ours, most) =>
  rows.push({ what, floor, ours, ratio: ours / floor, bar: `≤ floor + ${most}`, ok: ours - floor <= most });
/** Adds a figure that does not depend on the machine, or that has a limit of its own. */
const most = (what, ours, bar) =>
  rows.push({ what, floor: bar, ours, ratio: ours / bar, bar: `≤ ${bar}`, ok: ours <= bar });

const node = (name) => figures('--expose-gc', path.join(out, `${name}.js`));
/** Returns the object that a script prints last. */
const figures = async (...args) => {
  const { code, output } = await run(process.execPath, args, { quiet: true });
  if (code !== 0) throw new Error(output);
  return JSON.parse(output.trim().split('\n').at(-1));
};

say('One page of 100 contacts…');
const page = await node('page');
times('first rows: one page of 100, against fetch + JSON.parse (ms)', page.floor, page.ours, 1.5);

say('A text of 1,000 contacts…');
const texts = await node('texts');
most('opening 1,000 contacts as text (ms)', texts.open, 300);
most('the longest turn after a keystroke in it (ms)', texts.turn, 16);

say('An Apply of 1,000 contacts…');
const applying = await node('applying');
times(
  'Apply of 1,000 contacts, against its 2,000 bare requests, 4 at a time (ms)',
  applying.bare,
  applying.apply,
  1.3,
);

say('1,000, 10,000 and 100,000 contacts…');
const { sizes, distant, counts } = await node('lists');
const [small, , large] = sizes;
times(
  'whole list of 100,000, against fetch + JSON.parse of its pages, 4 at a time (ms)',
  large.bare,
  large.whole,
  1.3,
);
times(
  'index of 100,000 with 100 ms a request, against bare requests for pages of 1,000, 4 at a time (ms)',
  distant.bare,
  distant.ours,
  1.3,
);
for (const { cap, refused, requests, least } of counts)
  more(
    `requests for that, ${refused < cap ? `a limit above ${refused} refused` : `pages of at most ${cap}`}`,
    least,
    requests,
    4,
  );
times('a keystroke in Find among 100,000, p95, against one includes scan (ms)', large.scan, large.find, 1.5);
most('longest block while the index of 100,000 is built or changed (ms)', large.block, 16);
most('memory of that index (MB)', large.memory, 30);
more(
  'a contact read or saved with 100,000 in the index, against fetch + JSON.parse (ms)',
  large.plain,
  large.change,
  1,
);
most('rows drawn for it', large.rows, 1);
/** Returns the exponent by which the time grows with the number of contacts: 1 is linear. */
const growth = (of) => Math.log10(large[of] / small[of]) / 2;
most('growth exponent: building the index', growth('build'), 1.1);
most('growth exponent: a keystroke', growth('find'), 1.1);
most('growth exponent: a refresh', growth('refresh'), 1.1);

async function inHosts(name, version, count) {
  const report = path.join(out, `${name}.txt`);
  for (let n = 1; n <= count; n++) {
    if (count > 1) say(`… in a fresh extension host, ${n} of ${count}`);
    const args = ['scripts/runHostTests.mjs', version, path.join(out, `${name}.js`)];
    const { code, output } = await run(process.execPath, args, {
      env: { CTRL_HUB_BENCH_REPORT: report },
      quiet: true,
    });
    if (code !== 0) throw new Error(output);
  }
  return fs
    .readFileSync(report, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

say('Activation…');
const activations = await inHosts('activation', hostVersions[0], hosts);
const of = (id, what) => median(activations.flatMap((one) => one[id]?.[what] ?? []));
const own = of('ctrl-hub-community.contacts', 'activated');
const github = 'vscode.github-authentication';
times('activation, against references-view (ms)', of('vscode.references-view', 'activated'), own, 0.5);
times('activation, against github-authentication (ms)', of(github, 'activated'), own, 0.4);
times(
  'loading the main bundle, against github-authentication (ms)',
  of(github, 'loaded'),
  of('main', 'loaded'),
  1,
);

process.env.CHROME_PATH = await ensureBrowser();
say('The first use of the view…');
const first = await figures('--import=tsx', 'test/bench/firstUse.ts');
more(
  'first use of the view: from click to rows, everything that has to be loaded included, against an empty view with the one request (ms)',
  median(first.floor),
  median(first.ours),
  80,
);
most('requests for that', first.requests, 1);

say('The panel…');
const [panels] = await inHosts('panel', hostVersions.at(-1), 1);
more(
  'panel: from click to form with 300 ms added to each request, against a webview of ten lines (ms)',
  median(panels.floor),
  median(panels.ours),
  60,
);
const [keystroke] = await inHosts('keystroke', hostVersions[1], 1);
for (const place of ['field', 'notes']) {
  const what = `a keystroke in ${place === 'field' ? 'a field' : 'notes'}, 200 interactions, 10 open drafts`;
  most(`${what}: work of the host (ms)`, keystroke[place].work, 1);
  most(`${what}: what is sent to the page (kB)`, keystroke[place].message / 1000, 4);
}

const kB = (...files) =>
  files.reduce((sum, file) => sum + fs.statSync(path.join(root, 'dist', file)).size, 0) / 1000;
const pictures = execFileSync('unzip', ['-lqq', path.join(root, 'dist/ctrl-hub-contacts.vsix')])
  .toString()
  .split('\n')
  .filter((line) => /\.(png|gif|webp)$/.test(line))
  .reduce((sum, line) => sum + Number(line.trim().split(/\s+/)[0]), 0);
most('host bundles (kB)', kB('extension.js', 'app.js'), 260);
most('loaded for sample data only (kB)', kB('sandbox.js'), 80);
most('loaded for signing in and switching only (kB)', kB('accountDialogues.js'), 25);
most('loaded for the panel only (kB)', kB('panels.js'), 70);
most('loaded for commands that ask, copy or export only (kB)', kB('onDemand.js'), 50);
most('loaded for exports only (kB)', kB('exports.js'), 100);
most('loaded for telephone numbers only (kB)', kB('telephones.js'), 130);
most('what activation loads (kB)', kB('extension.js'), 10);
most('webview bundle (kB)', kB('webview/panel.js'), 100);
most('VSIX without pictures (kB)', kB('ctrl-hub-contacts.vsix') - pictures / 1000, 500);

console.table(
  rows.map(({ what, floor, ours, ratio, bar, ok }) => ({
    what,
    floor: floor.toFixed(2),
    ours: ours.toFixed(2),
    ratio: ratio.toFixed(2),
    bar,
    ok: ok ? 'yes' : 'no',
  })),
);
fs.writeFileSync(path.join(root, 'out/bench.json'), JSON.stringify(rows, null, 2));
say('Written to out/bench.json');
