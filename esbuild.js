// Builds every bundle: `node esbuild.js [--production] [--watch]`.
const fs = require('node:fs');
const path = require('node:path');
const esbuild = require('esbuild');

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/**
 * Lets a bundle load another one on demand: a dynamic import of `from` becomes a `require` of that bundle's
 * file.
 */
const ownBundle = (from, file) => ({
  name: `own-bundle ${from}`,
  setup(build) {
    build.onResolve({ filter: new RegExp(`(^|/)${from}$`) }, (args) =>
      args.kind === 'dynamic-import' ? { path: file, external: true } : undefined,
    );
  },
});

/**
 * Imports VS Code's API once in each bundle; otherwise esbuild would copy the whole API for each importing
 * file.
 */
const oneVsCode = {
  name: 'one-vscode',
  setup(build) {
    build.onResolve({ filter: /^vscode$/ }, ({ namespace }) =>
      namespace === 'once' ? { path: 'vscode', external: true } : { path: 'vscode', namespace: 'once' },
    );
    build.onLoad({ filter: /^vscode$/, namespace: 'once' }, () => ({ contents: "export * from 'vscode';" }));
  },
};

/** Loads a style sheet as text, which the panel's page adopts without a request. */
const styleAsText = {
  name: 'style-as-text',
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path: file }) => {
      const { outputFiles, metafile } = await esbuild.build({
        entryPoints: [file],
        bundle: true,
        minify: production,
        write: false,
        metafile: true,
        logLevel: 'silent',
      });
      return {
        contents: outputFiles[0].text,
        loader: 'text',
        watchFiles: Object.keys(metafile.inputs).map((input) => path.resolve(input)),
      };
    });
  },
};

// The background problem matcher of .vscode/tasks.json waits for these two lines.
const report = {
  name: 'report',
  setup(build) {
    build.onStart(() => console.log('[build] started'));
    build.onEnd((result) => {
      for (const { text, location } of result.errors) {
        console.error(`error: ${text}`);
        if (location) console.error(`    ${location.file}:${location.line}:${location.column}:`);
      }
      console.log('[build] finished');
    });
  },
};

const common = {
  bundle: true,
  logLevel: 'silent',
  minify: production,
  sourcemap: production ? false : 'linked',
  sourcesContent: false,
  // dist/THIRD_PARTY_NOTICES contains the licences.
  legalComments: 'none',
  metafile: true,
};

const host = (entry, file, plugins = []) => ({
  ...common,
  entryPoints: { [file]: entry },
  outdir: 'dist',
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // `import()` would make Node look for the format and the exports of a bundle, which takes as long as to load it.
  supported: { 'dynamic-import': false },
  // ofetch's entry for Node contains a polyfill of 111 kB, but VS Code has fetch.
  conditions: ['edge-light'],
  // The UMD build of jsonc-parser cannot be bundled.
  mainFields: ['module', 'main'],
  plugins: [oneVsCode, ...plugins, report],
});

/** The parts are loaded by the main bundle on demand, and share its modules. */
const parts = {
  accountDialogues: 'src/commands/signIn/accountDialogues.ts',
  onDemand: 'src/commands/onDemand.ts',
  panels: 'src/panel/panels.ts',
  exports: 'src/exports/exports.ts',
  changes: 'src/changes/ui/changes.ts',
  fromFile: 'src/changes/fromFile/fromFile.ts',
  assistants: 'src/assistants/assistants.ts',
  sandbox: 'src/sandbox/sandbox.ts',
  telephones: 'src/telephones/telephones.ts',
};
const ownBundles = Object.keys(parts).map((name) => ownBundle(name, `./${name}.js`));

/** Returns the modules of `src` that a bundle contains. */
async function modulesOf(entry) {
  const { metafile } = await esbuild.build({
    ...host(entry, 'graph', ownBundles),
    plugins: [...host(entry, 'graph', ownBundles).plugins.filter((plugin) => plugin !== report)],
    write: false,
    minify: true,
  });
  const [{ inputs }] = Object.values(metafile.outputs).filter(({ entryPoint }) => entryPoint !== undefined);
  return Object.keys(inputs).filter((input) => input.startsWith('src/') && inputs[input].bytesInOutput > 0);
}

const zod = 'zod/mini';

/**
 * Returns the names of zod that modules of `src` use, which are few: all of zod would make the main bundle larger.
 * Names in capitals are types.
 */
function zodNames(modules) {
  const names = modules
    .map((module) => fs.readFileSync(module, 'utf8'))
    .filter((text) => text.includes(`from '${zod}'`))
    .flatMap((text) => [...text.matchAll(/\bz\.([a-z]\w*)/g)].map(([, name]) => name));
  return [...new Set(names)].sort();
}

/** Makes the main bundle export these modules, and these names of zod, to its parts. */
const handOut = (modules, names) => ({
  name: 'hand-out',
  setup(build) {
    build.onResolve({ filter: /^main$/ }, () => ({ path: 'main', namespace: 'main' }));
    build.onLoad({ filter: /.*/, namespace: 'main' }, () => ({
      resolveDir: __dirname,
      contents: [
        "export { createApp } from './src/app.ts';",
        ...modules.map((module, n) => `import * as m${n} from './${module}';`),
        `import * as z from '${zod}';`,
        `const zod = { ${names.map((name) => `'${name}': z.${name}`).join(', ')} };`,
        `export const modules = { ${[...modules.map((module, n) => `'${module}': m${n}`), `'${zod}': zod`].join(', ')} };`,
      ].join('\n'),
    }));
  },
});

/** Imports these modules from the main bundle, so that no state exists twice. */
const takeFromMain = (modules) => ({
  name: 'take-from-main',
  setup(build) {
    const taken = (module) => ({
      contents: `module.exports = require('./app.js').modules['${module}'];`,
      loader: 'js',
    });
    build.onResolve({ filter: /^\.\/app\.js$/ }, () => ({ path: './app.js', external: true }));
    build.onResolve({ filter: /^zod\/mini$/ }, () => ({ path: zod, namespace: 'taken' }));
    build.onLoad({ filter: /.*/, namespace: 'taken' }, ({ path: module }) => ({
      ...taken(module),
      resolveDir: __dirname,
    }));
    build.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, ({ path: file }) => {
      const module = path.relative(__dirname, file).replaceAll(path.sep, '/');
      if (!modules.includes(module)) return undefined;
      return taken(module);
    });
  },
});

async function mainAndParts() {
  const [main, ...others] = await Promise.all(['src/app.ts', ...Object.values(parts)].map(modulesOf));
  const shared = main.filter((module) => others.some((other) => other.includes(module)));
  const names = zodNames(others.flat().filter((module) => !shared.includes(module)));
  return [
    host('main', 'app', [handOut(shared, names), ...ownBundles]),
    ...Object.entries(parts).map(([name, entry]) => host(entry, name, [takeFromMain(shared), ...ownBundles])),
  ];
}

const standalone = [
  host('src/extension.ts', 'extension', [ownBundle('app', './app.js')]),
  {
    ...common,
    entryPoints: { panel: 'src/webview/main.tsx', review: 'src/webview/review/main.tsx' },
    outdir: 'dist/webview',
    platform: 'browser',
    target: 'chrome128',
    format: 'iife',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.svg': 'text' },
    plugins: [styleAsText, report],
  },
];

async function main() {
  const bundles = [...(await mainAndParts()), ...standalone];
  const contexts = await Promise.all(bundles.map((options) => esbuild.context(options)));
  if (watch) {
    await Promise.all(contexts.map((context) => context.watch()));
    return;
  }
  const results = await Promise.all(contexts.map((context) => context.rebuild()));
  await Promise.all(contexts.map((context) => context.dispose()));
  await writeNotices(Object.assign({}, ...results.map(({ metafile }) => metafile.outputs)));
}

async function writeNotices(outputs) {
  const { bundledPackages, metaFile, noticesFile } = await import('./scripts/lib/bundled.mjs');
  const { toNotices } = await import('./scripts/lib/notices.mjs');
  fs.writeFileSync(metaFile, JSON.stringify(outputs));
  fs.writeFileSync(noticesFile, toNotices(bundledPackages(outputs)));
}

main().catch((error) => {
  // esbuild has already reported build errors.
  if (!error.errors) console.error(error);
  process.exit(1);
});
