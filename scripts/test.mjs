/**
 * `npm test`: runs all checks and tiers, even on a fresh clone. `npm test -- unit webview host` runs some
 * tiers only, and `--fast` only the newest VS Code. The last line is `N passed, N failed`.
 */
import { ensurePackages } from './lib/packages.mjs';
import { giveUp, say } from './lib/say.mjs';

ensurePackages();
const { run } = await import('./lib/run.mjs');
const { ensureBrowser } = await import('./lib/browser.mjs');
const { bundleHostTests, hostVersions, nameOf } = await import('./lib/hostTests.mjs');

const tiers = ['static', 'build', 'unit', 'webview', 'host', 'faults'];
const args = process.argv.slice(2);
const fast = args.includes('--fast');
const wanted = args.filter((arg) => arg !== '--fast');
for (const name of wanted)
  if (!tiers.includes(name)) giveUp(`There is no tier "${name}": there are ${tiers.join(', ')}`);
const wants = (name) => wanted.length === 0 || wanted.includes(name);

let passed = 0;
const failures = [];
const tool = (name) => ['npx', '--no-install', ...name.split(' ')];
const script = (name) => [process.execPath, `scripts/${name}.mjs`];

async function timed(name, work) {
  const started = Date.now();
  say(`\n▸ ${name}`);
  const good = await work();
  say(`${good ? '✓' : '✗'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
}

/** Runs a check. Its output is shown if it fails, or if `seen` is true. */
const check = (name, [command, ...commandArgs], { seen = false } = {}) =>
  timed(name, async () => {
    const { code, output } = await run(command, commandArgs, { quiet: !seen });
    if (code === 0) passed++;
    else {
      if (!seen) say(output.trim());
      failures.push(name);
    }
    return code === 0;
  });

/** Runs mocha and adds up its results. A run without tests, or one that crashes, is a failure. */
const tests = (name, command, commandArgs, env) =>
  timed(name, async () => {
    const { code, output } = await run(command, commandArgs, { env });
    const count = (word) => Number(output.match(new RegExp(`^ *(\\d+) ${word}`, 'm'))?.[1] ?? 0);
    passed += count('passing');
    const failed = count('failing');
    for (let n = 0; n < failed; n++) failures.push(`${name}: ${n + 1} of ${failed}`);
    const good = code === 0 && failed === 0 && count('passing') > 0;
    if (!good && failed === 0)
      failures.push(`${name}: ${count('passing') === 0 ? 'ran no test' : `ended with ${code}`}`);
    return good;
  });

const mocha = (tier) => [
  '--no-install',
  'mocha',
  '--import=tsx',
  '--no-color',
  '--timeout',
  '120000',
  `test/${tier}/**/*.test.ts`,
];

if (wants('static')) {
  await check('format', tool('biome format .'));
  await check('lint', tool('biome lint --error-on-warnings .'));
  await check('types', ['npm', 'run', '--silent', 'check-types']);
  await check('comments', script('checkComments'), { seen: true });
  await check('workflows', ['npm', 'run', '--silent', 'lint:workflows']);
  await check('unused files and exports', tool('knip'));
  await check('dependencies', script('checkDependencies'), { seen: true });
  await check('audit', script('audit'), { seen: true });
}
await check('build and package', script('package'));
if (wants('static')) await check('size and licences', script('checkPackage'), { seen: true });
if (wants('unit')) await tests('unit', 'npx', mocha('unit'));
if (wants('webview') || wants('host') || wants('faults')) process.env.CHROME_PATH = await ensureBrowser();
if (wants('webview')) await tests('webview', 'npx', mocha('webview'));
if (wants('host')) {
  const index = await bundleHostTests();
  for (const version of fast ? hostVersions.slice(-1) : hostVersions) {
    await tests(`host, ${nameOf(version)}`, process.execPath, ['scripts/runHostTests.mjs', version, index]);
  }
}

if (wants('faults')) await tests('faults', 'npx', mocha('faults'));

if (failures.length > 0) say(`\nFailed:\n${failures.map((failure) => `  ${failure}`).join('\n')}`);
say(`\n${passed} passed, ${failures.length} failed`);
process.exit(failures.length === 0 ? 0 : 1);
