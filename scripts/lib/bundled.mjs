/**
 * Lists the bundled packages from esbuild's metafile. Packages that are installed but not bundled are
 * missing.
 */
import fs from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';

export const metaFile = path.join(root, 'dist/meta.json');
export const noticesFile = path.join(root, 'dist/THIRD_PARTY_NOTICES');

/**
 * @param outputs the outputs in esbuild's metafile
 * @returns name, version, licence, address, folder, licence texts and used files of each package, sorted by
 * name
 */
export function bundledPackages(outputs) {
  const packages = new Map();
  for (const { inputs } of Object.values(outputs)) {
    for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
      if (bytesInOutput === 0 || !input.includes('node_modules/')) continue;
      const file = path.resolve(root, input);
      const folder = packageOf(file);
      if (!packages.has(folder)) packages.set(folder, { ...describe(folder), files: new Set() });
      packages.get(folder).files.add(path.basename(file));
    }
  }
  return [...packages.values()]
    .map(({ files, ...rest }) => ({ ...rest, files: [...files].sort() }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Finds the folder whose package.json has a version. Some packages contain others, which only set a type. */
function packageOf(file) {
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    const manifest = path.join(folder, 'package.json');
    if (fs.existsSync(manifest) && read(manifest).version !== undefined) return folder;
    if (folder === path.dirname(folder)) throw new Error(`${file} belongs to no package`);
  }
}

function describe(folder) {
  const { name, version, license, homepage, repository } = read(path.join(folder, 'package.json'));
  const texts = fs
    .readdirSync(folder)
    .filter((file) => /^(licen[cs]e|copying|notice)(\.(md|txt|apache))?$/i.test(file))
    .sort()
    .map((file) => fs.readFileSync(path.join(folder, file), 'utf8').replace(/\r\n/g, '\n').trim());
  const address = homepage ?? toUrl(repository?.url ?? repository ?? '');
  return { name, version, licence: license, address, folder, texts };
}

/** Accepts a repository such as `git+https://….git` or `owner/name`. */
function toUrl(repository) {
  const plain = repository.replace(/^git\+/, '').replace(/\.git$/, '');
  return /^[\w.-]+\/[\w.-]+$/.test(plain) ? `https://github.com/${plain}` : plain;
}

const read = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));
