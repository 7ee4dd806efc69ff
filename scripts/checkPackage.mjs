/** Checks the size of the package, and the licences of the bundled packages. */
import fs from 'node:fs';
import path from 'node:path';
import { bundledPackages, metaFile } from './lib/bundled.mjs';
import { parseNotices } from './lib/notices.mjs';
import { root, vsix } from './lib/paths.mjs';
import { giveUp, say } from './lib/say.mjs';
import { readZip } from './lib/zip.mjs';

/** Limits in bytes; kB are thousands. */
const limits = [
  { what: 'what activation loads', files: ['dist/extension.js'], limit: 10_000 },
  { what: 'the host', files: ['dist/extension.js', 'dist/app.js'], limit: 260_000 },
  // These bundles are loaded on demand.
  { what: 'what the panel adds to it', files: ['dist/panels.js'], limit: 70_000 },
  { what: 'what commands that ask, copy or export add to it', files: ['dist/onDemand.js'], limit: 50_000 },
  { what: 'what sample data adds to it', files: ['dist/sandbox.js'], limit: 80_000 },
  { what: 'what signing in and switching add to it', files: ['dist/accountDialogues.js'], limit: 25_000 },
  { what: 'what exports add to it', files: ['dist/exports.js'], limit: 100_000 },
  { what: 'what changing many contacts adds to it', files: ['dist/changes.js'], limit: 150_000 },
  { what: 'what updating from a file adds to it', files: ['dist/fromFile.js'], limit: 75_000 },
  { what: 'what tools for assistants add to it', files: ['dist/assistants.js'], limit: 60_000 },
  { what: 'what telephone numbers add to it', files: ['dist/telephones.js'], limit: 130_000 },
  { what: 'the webview', files: ['dist/webview/panel.js'], limit: 100_000 },
  { what: 'the page of a review', files: ['dist/webview/review.js'], limit: 30_000 },
];
// MPL-2.0 requires unchanged source and its address, which the notices contain.
const licences = ['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'CC-BY-4.0', 'MPL-2.0'];

const problems = [];
const kB = (bytes) => (bytes / 1000).toFixed(1);
const read = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));

const sizeOf = (files) => files.reduce((sum, file) => sum + fs.statSync(path.join(root, file)).size, 0);
const pictures = [...readZip(vsix).keys()]
  .filter((name) => /^extension\/.*\.png$/.test(name))
  .map((name) => name.slice('extension/'.length));
const sizes = [
  ...limits.map(({ files, ...rest }) => ({ ...rest, size: sizeOf(files) })),
  // Pictures are compressed already, so that they have the same size inside the package.
  { what: 'the package without pictures', size: fs.statSync(vsix).size - sizeOf(pictures), limit: 500_000 },
];
for (const { what, size, limit } of sizes) {
  say(`  ${what}: ${kB(size)} of ${kB(limit)} kB`);
  if (size > limit) problems.push(`${what}: ${kB(size)} kB, more than ${kB(limit)} kB`);
}

/**
 * Modules that may be in more than one bundle, as they keep no state. A part of the main bundle takes every other
 * module from it: what is then left of the module is one short line.
 */
const repeatable = [
  'src/base/codePages.ts',
  'src/base/concurrency.ts',
  'src/base/spreadsheetText.ts',
  'src/base/text.ts',
  'src/base/timestamp.ts',
  'src/changes/text/escape.ts',
  'src/commands/common/pickOrganisations.ts',
  'src/commands/common/pickScope.ts',
  'src/commands/common/readWhole.ts',
  'src/contacts/saving/typeInto.ts',
  'src/manifest.ts',
  'src/platform/pages/html.ts',
  'src/platform/pages/pageScript.ts',
  'src/platform/pages/showPage.ts',
  'src/panel/state/',
  'src/platform/dialogs/quickPicks.ts',
  'src/platform/dialogs/searchBox.ts',
  'src/platform/dialogs/steps.ts',
  'src/platform/dialogs/defaultFolder.ts',
  'src/platform/userSetting.ts',
  'src/platform/storage/profileKeys.ts',
  'src/platform/storage/wholeFile.ts',
  'src/protocol/',
  'src/session/environment.ts',
  'src/session/secretKey.ts',
  'src/webview/shared/',
];
const oneLine = 130;
const holders = new Map();
for (const [output, { inputs }] of Object.entries(read(metaFile))) {
  for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
    if (input.startsWith('src/') && bytesInOutput > oneLine)
      holders.set(input, [...(holders.get(input) ?? []), output]);
  }
}
for (const [input, outputs] of holders) {
  if (outputs.length > 1 && !repeatable.some((allowed) => input.startsWith(allowed)))
    problems.push(`${input} is in ${outputs.join(' and ')}: state would be there twice`);
}

const lock = read(path.join(root, 'package-lock.json')).packages;
const bundled = bundledPackages(read(metaFile));
for (const { name, version, licence, texts, folder } of bundled) {
  const entry = lock[`node_modules/${name}`];
  const { scripts = {} } = read(path.join(folder, 'package.json'));
  const runs = ['preinstall', 'install', 'postinstall'].filter((script) => script in scripts);
  say(`  bundled: ${name} ${version}, ${licence}`);
  if (!licences.includes(licence)) problems.push(`${name} has a licence that is not on the list: ${licence}`);
  if (texts.length === 0) problems.push(`${name} brings no text of its licence`);
  if (entry?.version !== version) problems.push(`${name} ${version} is bundled, not what is locked`);
  if (entry?.dev) problems.push(`${name} is bundled: it belongs into "dependencies"`);
  if (runs.length > 0 || fs.existsSync(path.join(folder, 'binding.gyp')))
    problems.push(`${name} has an install script`);
}

const notices = readZip(vsix).get('extension/dist/THIRD_PARTY_NOTICES') ?? '';
const told = parseNotices(notices).join(', ');
const inside = bundled.map(({ name, version }) => `${name} ${version}`).join(', ');
if (told !== inside) problems.push(`THIRD_PARTY_NOTICES tells of ${told || 'nothing'}; bundled is ${inside}`);
for (const { name, texts } of bundled) {
  if (!texts.every((text) => notices.includes(text))) problems.push(`${name}'s licence is not told in full`);
}

if (problems.length > 0) giveUp(problems.join('\n'));
