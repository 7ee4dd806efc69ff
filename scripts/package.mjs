/** `npm run package`: makes a production build in dist/ctrl-hub-contacts.vsix. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { ensurePackages } from './lib/packages.mjs';
import { root, vsix } from './lib/paths.mjs';
import { giveUp, say } from './lib/say.mjs';

ensurePackages();
fs.rmSync(path.join(root, 'dist'), { recursive: true, force: true });
execFileSync(process.execPath, ['esbuild.js', '--production'], { cwd: root, stdio: 'inherit' });

const { createVSIX, listFiles, PackageManager } = await import('@vscode/vsce');
const { repack } = await import('./lib/zip.mjs');
const { withoutPictures } = await import('./lib/readme.mjs');
const warnings = [];
console.warn = (...words) => warnings.push(words.join(' '));
await createVSIX({
  cwd: root,
  dependencies: false,
  packagePath: vsix,
  allowMissingRepository: true,
  rewriteRelativeLinks: false,
});
if (warnings.length > 0) giveUp(`The package is not clean:\n${warnings.join('\n')}`);
repack(vsix, (name, bytes) =>
  /^extension\/readme\.md$/i.test(name) ? Buffer.from(withoutPictures(Buffer.from(bytes).toString())) : bytes,
);
const files = await listFiles({ cwd: root, packageManager: PackageManager.None });
const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
for (const file of files) say(`  ${file} ${kB(fs.statSync(path.join(root, file)).size)}`);
say(`${path.relative(root, vsix)}: ${files.length} files, ${kB(fs.statSync(vsix).size)}`);
