/**
 * `npm run l10n`: writes the strings of the code to l10n/bundle.l10n.json, and lists missing and superfluous
 * translations. `npm run l10n -- --pseudo FOLDER` adds a pseudo-language (qps-ploc) to an unpacked extension,
 * which shows untranslated strings on screen.
 */
import fs from 'node:fs';
import path from 'node:path';
import { say } from './lib/say.mjs';
import { bundleFile, languages, manifestFile, read, stringsOfCode, toPseudo } from './lib/strings.mjs';

const write = (file, texts) => fs.writeFileSync(file, `${JSON.stringify(texts, null, 2)}\n`);
const strings = stringsOfCode();
const at = process.argv.indexOf('--pseudo');
if (at > 0) {
  const folder = path.resolve(process.argv[at + 1]);
  const pseudo = (texts) =>
    Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, toPseudo(text)]));
  write(
    path.join(folder, 'l10n/bundle.l10n.qps-ploc.json'),
    pseudo(Object.fromEntries(strings.map((s) => [s, s]))),
  );
  write(path.join(folder, 'package.nls.qps-ploc.json'), pseudo(read(manifestFile())));
  say(`A pseudo-language is in ${folder}`);
} else {
  write(bundleFile(), Object.fromEntries(strings.map((text) => [text, text])));
  say(`l10n/bundle.l10n.json: ${strings.length} strings`);
  for (const language of languages) {
    for (const [file, wanted] of [
      [bundleFile(language), strings],
      [manifestFile(language), Object.keys(read(manifestFile()))],
    ]) {
      const there = fs.existsSync(file) ? Object.keys(read(file)) : [];
      const missing = wanted.filter((key) => !there.includes(key));
      const extra = there.filter((key) => !wanted.includes(key));
      say(`${path.basename(file)}: ${missing.length} missing, ${extra.length} too many`);
      for (const key of missing) say(`  - ${key}`);
      for (const key of extra) say(`  + ${key}`);
    }
  }
}
