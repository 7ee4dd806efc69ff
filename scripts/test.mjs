/**
 * `npm test`: every check and every tier, on a fresh clone too. `npm test -- unit webview host` runs some
 * tiers only, `--fast` only the newest VS Code. Tiers that wait much, and the VS Codes of the host tests, run beside
 * one another. The last line is `N passed, N failed`.
 */
import { ensurePackages } from './lib/packages.mjs';
import { giveUp, say } from './lib/say.mjs';

ensurePackages();
const { run } = await import('./lib/run.mjs');
const { ensureBrowser } = await import('./lib/browser.mjs');
const { bundleHostTests, filesFor, hostExecutable, hostVersions, nameOf } = await import(
  './lib/hostTests.mjs'
);
const { mochaResults } = await import('./lib/mochaResults.mjs');
// Measured before anything else runs; all that is started has the figure.
const { slowness } = await import('./lib/patience.mjs');
/** If other programs need the cores, one VS Code at a time is steadier. */
const isBusy = slowness > 1.5;

const tiers = ['static', 'build', 'unit', 'model', 'supply', 'webview', 'host', 'faults'];
const args = process.argv.slice(2);
const fast = args.includes('--fast');
const wanted = args.filter((arg) => arg !== '--fast');
for (const name of wanted)
  if (!tiers.includes(name)) giveUp(`There is no tier "${name}": there are ${tiers.join(', ')}`);
const wants = (name) => wanted.length === 0 || wanted.includes(name);

let passed = 0;
const failures = [];
/** Tests that failed, and passed in a new VS Code. */
const unsteady = [];
const tool = (name) => ['npx', '--no-install', ...name.split(' ')];
const script = (name) => [process.execPath, `scripts/${name}.mjs`];

/** Prints the output of a piece of work as a whole when it has ended, because others may run at the same time. */
async function timed(name, work) {
  const started = performance.now();
  const { good, said } = await work();
  say(`\n▸ ${name}`);
  if (said) say(said.trimEnd());
  say(`${good ? '✓' : '✗'} ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
}

/** Runs a check. Its output is shown if it fails, or if `seen` is true. */
const check = (name, [command, ...commandArgs], { seen = false } = {}) =>
  timed(name, async () => {
    const { code, output } = await run(command, commandArgs, { quiet: true });
    if (code === 0) passed++;
    else failures.push(name);
    return { good: code === 0, said: seen || code !== 0 ? output : '' };
  });

/**
 * Runs mocha and adds up its results. A run without tests, or one that crashes, is a failure.
 * @param again returns the command that runs some test files only, in a new VS Code. A few failed tests run once more
 *   by it, because VS Code itself sometimes drops a key or closes a box. The summary names them.
 */
async function tests(name, [command, ...commandArgs], { env, again } = {}) {
  let repeat;
  await timed(name, async () => {
    const { code, output } = await run(command, commandArgs, { env, quiet: true });
    const results = mochaResults(output);
    passed += results.passed;
    const isGood = code === 0 && results.failed === 0 && results.passed > 0;
    const isFew = results.passed > 0 && results.files.length > 0 && results.files.length <= 3;
    if (again && results.failed > 0 && isFew) repeat = results;
    else if (results.failed > 0) failures.push(...namesIn(name, results));
    else if (!isGood)
      failures.push(`${name}: ${results.passed === 0 ? 'ran no test' : `ended with ${code}`}`);
    return { good: isGood, said: output };
  });
  if (repeat === undefined) return;
  const { files, failed } = repeat;
  await timed(`${name}, once more: ${files.join(', ')}`, async () => {
    const second = again(files);
    const { code, output } = await run(second.command[0], second.command.slice(1), {
      env: second.env,
      quiet: true,
    });
    const results = mochaResults(output);
    const isGood = code === 0 && results.failed === 0 && results.passed >= failed;
    if (isGood) {
      passed += failed;
      unsteady.push(...namesIn(name, repeat));
    } else failures.push(...namesIn(name, repeat));
    return { good: isGood, said: output };
  });
}

/** At least one line for each failed test. */
const namesIn = (name, { failed, titles }) =>
  Array.from({ length: failed }, (_, n) => `${name}: ${titles[n] ?? `${n + 1} of ${failed}`}`);

/** So many files at once; each worker keeps what it has loaded. */
const mocha = (tier, jobs = 1) => [
  ...tool('mocha --no-color'),
  ...(jobs > 1 ? ['--parallel', '--jobs', String(jobs)] : []),
  `test/${tier}/**/*.test.ts`,
];

if (wants('static'))
  await Promise.all([
    check('types', ['npm', 'run', '--silent', 'check-types']),
    (async () => {
      await check('format', tool('biome format .'));
      await check('lint', tool('biome lint --error-on-warnings .'));
      await check('comments', script('checkComments'), { seen: true });
      await check('workflows', ['npm', 'run', '--silent', 'lint:workflows']);
      await check('unused files and exports', tool('knip'));
      await check('dependencies', script('checkDependencies'), { seen: true });
      await check('audit', script('audit'), { seen: true });
    })(),
  ]);
await check('build and package', script('package'));
if (wants('static')) await check('size and licences', script('checkPackage'), { seen: true });
if (wants('webview') || wants('host') || wants('faults')) process.env.CHROME_PATH = await ensureBrowser();
const versions = fast ? hostVersions.slice(-1) : hostVersions.toReversed();
let isDesktop = false;
if (wants('host') || wants('faults'))
  for (const version of versions) if ((await hostExecutable(version)).isDesktop) isDesktop = true;

async function host() {
  const index = await bundleHostTests();
  const command = (version) => [...script('runHostTests'), version, index];
  const env = (files) => ({ CTRL_HUB_FILES: files.join(',') });
  const runIn = (version) =>
    tests(`host, ${nameOf(version)}`, command(version), {
      env: env(filesFor(version)),
      again: (files) => ({ command: command(version), env: env(files) }),
    });
  // Two windows on one desktop would take the focus from each other.
  if (isBusy || isDesktop) for (const version of versions) await runIn(version);
  else await Promise.all(versions.map(runIn));
}
const faults = () =>
  tests('faults', mocha('faults'), {
    again: (files) => ({
      command: [...tool('mocha --no-color'), ...files.map((file) => `test/faults/${file}.test.ts`)],
    }),
  });
// Most unit tests wait for timers and disks: more than there are cores.
if (wants('unit')) await tests('unit', mocha('unit', 3));
await Promise.all([
  wants('webview') && tests('webview', mocha('webview', 2)),
  wants('model') && tests('model', mocha('model')),
  wants('supply') && tests('supply', mocha('supply')),
]);
if (wants('host')) await host();
if (wants('faults')) await faults();

if (failures.length > 0) say(`\nFailed:\n${failures.map((failure) => `  ${failure}`).join('\n')}`);
if (unsteady.length > 0)
  say(`\nPassed only when run once more:\n${unsteady.map((one) => `  ${one}`).join('\n')}`);
say(`\n${passed} passed, ${failures.length} failed`);
// A pipe takes long output later than `process.exit` would end the process.
process.stdout.write('', () => process.exit(failures.length === 0 ? 0 : 1));
