/** Checks that every install gets the same packages and runs no install scripts. */
import fs from 'node:fs';
import path from 'node:path';
import { root } from './lib/paths.mjs';
import { giveUp, say } from './lib/say.mjs';

const read = (file) => JSON.parse(fs.readFileSync(path.join(root, file), 'utf8'));
const manifest = read('package.json');
const lock = read('package-lock.json').packages;
const locked = Object.entries(lock).filter(([at]) => at !== '');
const problems = [];

for (const kind of ['dependencies', 'devDependencies']) {
  for (const [name, version] of Object.entries(manifest[kind])) {
    if (!/^\d+\.\d+\.\d+(-[\w.-]+)?$/.test(version)) problems.push(`${name} is not exact: ${version}`);
    if (lock[''][kind][name] !== version) problems.push(`${name} is another in the lockfile's ${kind}`);
    if (lock[`node_modules/${name}`]?.version !== version) problems.push(`${name} ${version} is not locked`);
  }
}
for (const [at, entry] of locked) {
  if (!entry.integrity?.startsWith('sha512-')) problems.push(`${at} has no hash in the lockfile`);
  // npm would use such an address in place of the configured registry.
  if (entry.resolved !== undefined) problems.push(`${at} names where it comes from: ${entry.resolved}`);
  if (!entry.dev && entry.hasInstallScript) problems.push(`${at} has an install script`);
}
if (!/^ignore-scripts=true$/m.test(fs.readFileSync(path.join(root, '.npmrc'), 'utf8'))) {
  problems.push('.npmrc lets packages run install scripts');
}
for (const [at, entry] of Object.entries(read('node_modules/.package-lock.json').packages)) {
  if (lock[at] !== undefined && lock[at].integrity !== entry.integrity) {
    problems.push(
      `${at} is installed as ${entry.version} and locked as ${lock[at].version}: run npm install`,
    );
  }
}

if (problems.length > 0) giveUp(problems.join('\n'));
const shipped = locked.filter(([, entry]) => !entry.dev).length;
say(`  ${locked.length} packages are locked, ${shipped} of them for what is shipped`);
