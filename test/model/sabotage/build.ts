/** Bundles the model-based test with a patched product. The source on the disk stays unchanged. */
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { build, type Plugin } from 'esbuild';
import type { Replacement } from './patch';

const root = join(import.meta.dirname, '../../..');
const source = join(root, 'src');

/** @throws if a replacement does not match exactly once */
function patched(text: string, { file, from, to }: Replacement): string {
  const count = [...text.matchAll(new RegExp(from, `${from.flags.replace('g', '')}g`))].length;
  if (count !== 1) throw new Error(`${from} matches ${count} times in src/${file}`);
  return text.replace(from, to);
}

export async function patchedFile(file: string, replacements: readonly Replacement[]): Promise<string> {
  const text = await readFile(join(source, file), 'utf8');
  return replacements.filter((one) => one.file === file).reduce(patched, text);
}

/** @returns the path of a program that accepts the arguments of `npm run test:model` */
export async function buildWith(replacements: readonly Replacement[]): Promise<string> {
  const used = new Set<string>();
  const patching: Plugin = {
    name: 'patch',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path }) => {
        const file = relative(source, path).split(sep).join('/');
        if (!replacements.some((one) => one.file === file)) return undefined;
        used.add(file);
        return { contents: await patchedFile(file, replacements), loader: 'ts' };
      });
    },
  };
  const outfile = join(await mkdtemp(join(tmpdir(), 'model-')), 'cli.cjs');
  await build({
    entryPoints: [join(root, 'test/model/cli.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['esbuild'],
    logLevel: 'error',
    logOverride: { 'empty-import-meta': 'silent' },
    plugins: [patching],
  });
  const unused = replacements.filter(({ file }) => !used.has(file));
  if (unused.length > 0)
    throw new Error(`not part of the test: ${unused.map(({ file }) => file).join(', ')}`);
  return outfile;
}
