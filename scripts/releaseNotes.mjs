/**
 * `node scripts/releaseNotes.mjs v1.2.3`: prints the section of a version in CHANGELOG.md. It fails unless
 * the tag equals the version in package.json and the section has a date.
 */
import fs from 'node:fs';
import path from 'node:path';
import { root } from './lib/paths.mjs';
import { giveUp, say } from './lib/say.mjs';

const read = (file) => fs.readFileSync(path.join(root, file), 'utf8');
const [tag] = process.argv.slice(2);
const { version } = JSON.parse(read('package.json'));

if (tag !== `v${version}`) {
  giveUp(
    `The tag is ${tag}, and package.json has the version ${version}. Tag v${version}, or change the version.`,
  );
}
const [heading = '', ...lines] =
  read('CHANGELOG.md')
    .split(/^## /m)
    .find((section) => section.split(/\s/)[0] === version)
    ?.split('\n') ?? [];
if (!/\b\d{4}-\d{2}-\d{2}$/.test(heading)) {
  giveUp(`CHANGELOG.md has no section "## ${version} – YYYY-MM-DD". Write one, with the day of the release.`);
}
say(lines.join('\n').trim());
